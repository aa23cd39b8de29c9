"""Inquiries: an opinion asked by link of a body without an account, the answers that came, and who confirmed their
origin.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: The longest text of an opinion, and of a name, post or body, in characters.
MAX_CHARS, MAX_NAME = 8000, 200
#: File types of a signed paper, where the installation accepts them at all.
SCAN_KINDS = ("pdf", "jpg", "png", "heic")
#: How many answers and how many scans one link accepts; more need a new link.
MOST_ANSWERS, MOST_SCANS = 10, 10
#: How many links one opinion may have before only the desk can give another: each link lets files be stored on the disk.
MOST_LINKS = 5


class Ended(StrEnum):
    """Why a link stopped working before its last day."""

    WITHDRAWN = "withdrawn"
    RENEWED = "renewed"  # replaced by another link
    RECEIVED = "received"  # the signed paper has arrived


class Came(StrEnum):
    """How an answer came."""

    TYPED = "typed"  # typed on the page, unsigned
    SCAN = "scan"  # a scan of a signed paper


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An opinion that was asked of a body outside the office, about one person in one part of a campaign."""

    id: int
    campaign_id: int
    rulebook: str
    #: The key of the rule in the rulebook that asks for it.
    key: str
    person_id: int
    #: What is asked, about whom and for whom, exactly as printed and shown.
    content: Mapping[str, Any]
    #: The last day on which the link works.
    last_day: dt.date
    #: The person who asked.
    by: int
    by_name: str
    at: dt.datetime
    ended: Ended | None = None
    ended_at: dt.datetime | None = None

    def open(self, today: dt.date) -> bool:
        """Whether the link still works on that day."""
        return self.ended is None and today <= self.last_day

    @property
    def about(self) -> tuple[int, str, str, int]:
        """What two inquiries have in common when the later one replaces the earlier."""
        return self.campaign_id, self.rulebook, self.key, self.person_id


@dataclass(frozen=True, slots=True)
class InquiryAnswer:
    """One version of an answer to an inquiry: either typed content or a file."""

    id: int
    inquiry_id: int
    #: Counted over all answers about that person by the same rule.
    number: int
    came: Came
    #: The typed answer as it is printed, with its `fingerprint`; None: the answer is a file.
    content: Mapping[str, Any] | None
    fingerprint: str
    sha256: str
    size: int
    kind: str
    name: str
    at: dt.datetime
    #: Who confirmed that it came from the body it names; "" while nobody has.
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class InquiryCase:
    """The whole history of one opinion: all inquiries and all answers, oldest first."""

    inquiries: tuple[Inquiry, ...] = ()
    answers: tuple[InquiryAnswer, ...] = ()

    @property
    def last(self) -> Inquiry | None:
        """The latest inquiry."""
        return self.inquiries[-1] if self.inquiries else None

    def newest(self, came: Came) -> InquiryAnswer | None:
        """The newest answer of that kind."""
        return next((one for one in reversed(self.answers) if one.came is came), None)

    def open(self, today: dt.date) -> Inquiry | None:
        """The inquiry whose link still works."""
        return self.last if self.last and self.last.open(today) else None


def cases_of(
    inquiries: Sequence[Inquiry], answers: Sequence[InquiryAnswer]
) -> dict[tuple[int, str, str, int], InquiryCase]:
    """Inquiries and their answers, grouped by what they are about."""
    by_id = {one.id: one.about for one in inquiries}
    found: dict[tuple[int, str, str, int], InquiryCase] = {}
    for about in dict.fromkeys(by_id.values()):
        asked = tuple(one for one in inquiries if one.about == about)
        came = tuple(one for one in answers if by_id.get(one.inquiry_id) == about)
        found[about] = InquiryCase(asked, came)
    return found
