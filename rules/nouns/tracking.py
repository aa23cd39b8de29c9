"""Scores of months and quarters (kết quả theo dõi, đánh giá), and how far each of them is settled."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rules.nouns.values import Rating


class Standing(StrEnum):
    """How far the score of a month or quarter is settled. Only the form of the year uses the last three."""

    CONFIRMED = "confirmed"  # its sheet was agreed to (Nghị định 335/2025/NĐ-CP, Điều 17 khoản 2)
    SENT = "sent"  # its sheet was handed in; nobody has confirmed it yet
    OWED = "owed"  # nothing was handed in
    OUTSIDE = "outside"  # sent by the person's former body, on paper (Điều 19 khoản 1)
    NOT_OWED = "not_owed"  # not in service, or away for the whole period (Điều 11 khoản 2)
    DECLARED = "declared"  # there is no sheet; the person entered it in the year's form
    PROVISIONAL = "provisional"  # the last month, scored before it is over
    UNSETTLED = "unsettled"  # the last month, while the desk has not chosen how it counts


#: Scores that the person enters in the year's form; the office holds all others and they cannot be overwritten.
TYPED = frozenset({Standing.DECLARED, Standing.PROVISIONAL})
#: Scores that count in the mean of the year.
COUNTS = frozenset({Standing.CONFIRMED, Standing.OUTSIDE, *TYPED})


@dataclass(frozen=True, slots=True)
class PeriodScore:
    """The score of one month or quarter."""

    year: int
    #: A name of `rules.nouns.periods`, in `year`.
    period: str
    standing: Standing
    #: 0 to 100; None where there is none.
    score: float | None = None
    #: The sheet from which it comes; `version` is the draft of that sheet.
    review: int = 0
    version: int = 0
    #: The quarter whose score this is, where the month has no sheet of its own.
    of: str = ""
    #: The rating, where the sheet has one.
    rating: Rating | None = None
    #: The former body that has or sent it; `paper` is the number of its document.
    body: str = ""
    paper: str = ""
    #: For NOT_OWED: the kind of leave, or `before` or `after` the person's service.
    because: str = ""
    #: Whether the person was at work for the whole period, so that the year's mean needs it; None: not on the roster.
    needed: bool | None = None
    #: What the person had entered, where it differs.
    typed: float | None = None

    @property
    def held(self) -> bool:
        """Whether the office holds the score or waits for it, so that it is not typed."""
        return self.standing not in {Standing.OWED, *TYPED} or bool(self.body)

    @property
    def waited_for(self) -> bool:
        """Whether it may still come to count."""
        return self.held and self.standing in {Standing.SENT, Standing.UNSETTLED, Standing.OWED}


@dataclass(frozen=True, slots=True)
class OutsideScore:
    """The score of a period sent by a person's former body, as the desk recorded it. Records are only added; the latest
    one counts.
    """

    person: int
    year: int
    period: str
    score: float
    body: str
    paper: str


@dataclass(frozen=True, slots=True)
class Redoing:
    """A request to do a confirmed sheet anew (Nghị định 335/2025/NĐ-CP, Điều 4 khoản 4), and the answer."""

    id: int
    review: int
    #: The confirmed version; it is kept unchanged.
    version: int
    reason: str
    asked_by: int
    asked_by_name: str
    asked_at: dt.datetime
    #: None until answered.
    agreed: bool | None = None
    by: int | None = None
    by_name: str = ""
    by_position: str = ""
    at: dt.datetime | None = None
    answer: str = ""


class LastMonthChoice(StrEnum):
    """How the last month of a year counts although it is not over when the year is rated (Điều 17 khoản 3 and Điều 19
    khoản 2).
    """

    PROVISIONAL = "provisional"  # with its score so far, compared with the confirmed one later
    LATER = "later"  # the year waits until the month is confirmed, if the superior allows


@dataclass(frozen=True, slots=True)
class LastMonth:
    """What the desk chose, once, for a campaign of the year."""

    choice: LastMonthChoice
    #: For LATER: who allowed it; `paper` is the number of the document.
    allowed_by: str = ""
    paper: str = ""
