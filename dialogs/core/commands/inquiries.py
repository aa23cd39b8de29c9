"""Commands about inquiries: opinions asked of bodies outside the office."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskOutside:
    """Ask a body outside for its opinion on each of these people, by a link."""

    campaign: int
    rulebook: str
    key: str
    #: Each person, with the number of links there were before.
    people: tuple[tuple[int, int], ...]
    #: The last day on which the link works.
    last_day: dt.date
    #: The start of the link's address; "" when the page has no address.
    leads: str
    #: The code in the link, for one person; several people each get one of their own.
    code: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawLink:
    """Make the link of an inquiry stop working."""

    inquiry: int


@dataclass(frozen=True, slots=True)
class ReceiveOutside:
    """Confirm that an answer came from the body it names. A scan is filed at its `place` in the dossier ("": the text
    has none).
    """

    answer: int
    place: str


InquiryCommand = AskOutside | WithdrawLink | ReceiveOutside
