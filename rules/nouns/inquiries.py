"""An opinion asked of somebody without an account, by a link: what was asked, what came back, who confirmed that it came."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: Letters of an opinion, and of a name, a post or a body.
MAX_CHARS, MAX_NAME = 8000, 200
#: What a signed paper may come as, where the house takes it at all.
SCAN_KINDS = ("pdf", "jpg", "png", "heic")
#: So many answers, and so many scans, come by one link; who wants more is given a new one.
MOST_ANSWERS, MOST_SCANS = 10, 10
#: So many links are given for one opinion; from then on the desk alone gives another. Each lets files in, which lie on the disk.
MOST_LINKS = 5


class Ended(StrEnum):
    """Why a link opens no longer, before its last day."""

    WITHDRAWN = "withdrawn"
    RENEWED = "renewed"  # another one was given in its place
    RECEIVED = "received"  # the signed paper is here


class Came(StrEnum):
    """What came back."""

    TYPED = "typed"  # written on the page; nobody signed it
    SCAN = "scan"  # of a paper, as it was sent


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What was asked: about whom, in which part of a campaign, by which rule (`key`), until which day. `content`: what is asked,
    about whom and for whom, as it is printed and shown. `by`: who asked.
    """

    id: int
    campaign_id: int
    rulebook: str
    key: str
    person_id: int
    content: Mapping[str, Any]
    last_day: dt.date
    by: int
    by_name: str
    at: dt.datetime
    ended: Ended | None = None
    ended_at: dt.datetime | None = None

    def open(self, today: dt.date) -> bool:
        """Whether its link opens."""
        return self.ended is None and today <= self.last_day

    @property
    def about(self) -> tuple[int, str, str, int]:
        """What is the same of those that replace each other."""
        return self.campaign_id, self.rulebook, self.key, self.person_id


@dataclass(frozen=True, slots=True)
class InquiryAnswer:
    """What came back: a version (`number`, of all that came about that person by that rule), either `content`, as it is printed, with its `fingerprint`, or a
    file. `received_by`: who confirmed that it came from whom it says ("": nobody yet).
    """

    id: int
    inquiry_id: int
    number: int
    came: Came
    content: Mapping[str, Any] | None
    fingerprint: str
    sha256: str
    size: int
    kind: str
    name: str
    at: dt.datetime
    received_by: str = ""


@dataclass(frozen=True, slots=True)
class InquiryCase:
    """All of one opinion: what was asked, oldest first, and what came back, oldest first."""

    inquiries: tuple[Inquiry, ...] = ()
    answers: tuple[InquiryAnswer, ...] = ()

    @property
    def last(self) -> Inquiry | None:
        """What was asked last."""
        return self.inquiries[-1] if self.inquiries else None

    def newest(self, came: Came) -> InquiryAnswer | None:
        """The newest of that kind."""
        return next((one for one in reversed(self.answers) if one.came is came), None)

    def open(self, today: dt.date) -> Inquiry | None:
        """The one whose link opens."""
        return self.last if self.last and self.last.open(today) else None


def cases_of(
    inquiries: Sequence[Inquiry], answers: Sequence[InquiryAnswer]
) -> dict[tuple[int, str, str, int], InquiryCase]:
    """What was asked, and what came back, by what it is about."""
    by_id = {one.id: one.about for one in inquiries}
    found: dict[tuple[int, str, str, int], InquiryCase] = {}
    for about in dict.fromkeys(by_id.values()):
        asked = tuple(one for one in inquiries if one.about == about)
        came = tuple(one for one in answers if by_id.get(one.inquiry_id) == about)
        found[about] = InquiryCase(asked, came)
    return found
