"""Inquiries: opinions that are asked of bodies outside."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskOutside:
    """An opinion of a body outside is asked about these people (each with how many links there were), by a link that opens until `last_day`. `code`: the one that the link
    carries, of one person; each of several gets one of their own. `leads`: what links begin with ("": nowhere).
    """

    campaign: int
    rulebook: str
    key: str
    people: tuple[tuple[int, int], ...]
    last_day: dt.date
    leads: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawLink:
    """The link of an opinion that was asked opens no longer."""

    inquiry: int


@dataclass(frozen=True, slots=True)
class ReceiveOutside:
    """What came by a link came from whom it says; a scan lies in the dossier from now on, at its `place` ("": the text has none)."""

    answer: int
    place: str


InquiryCommand = AskOutside | WithdrawLink | ReceiveOutside
