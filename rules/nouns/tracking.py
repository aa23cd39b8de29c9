"""Kết quả theo dõi, đánh giá: a person's score of a month or quarter, and how it stands."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from rules.nouns.values import Rating


class Standing(StrEnum):
    """How the score of a month or quarter stands. Of the last three only the year's form knows."""

    CONFIRMED = "confirmed"  # its sheet was agreed to (Nghị định 335/2025/NĐ-CP, Điều 17 khoản 2)
    SENT = "sent"  # its sheet was handed in; nobody has confirmed it yet
    OWED = "owed"  # nothing was handed in
    OUTSIDE = "outside"  # the body before sent it, with a paper (Điều 19 khoản 1)
    NOT_OWED = "not_owed"  # not in service, or away all of it (Điều 11 khoản 2)
    DECLARED = "declared"  # no sheet: the person wrote it into the year's form
    PROVISIONAL = "provisional"  # of the last month, before it is over
    UNSETTLED = "unsettled"  # of the last month: the desk has not chosen how it counts


#: What the person wrote into the year's form; all else is held by the office and is not typed over.
TYPED = frozenset({Standing.DECLARED, Standing.PROVISIONAL})
#: The score counts in the mean of the year.
COUNTS = frozenset({Standing.CONFIRMED, Standing.OUTSIDE, *TYPED})


@dataclass(frozen=True, slots=True)
class PeriodScore:
    """The score of one period (a name of `rules.nouns.periods`, with its `year`).

    `score`: 0 to 100, None where there is none. `review`, `version`: the sheet it comes from and which version of it; `of`: the quarter
    whose score it is, where the month has no sheet of its own. `rating`: of a sheet that is rated. `body`: who has it or sent it, where that is the
    body before; `paper`: the number of what it sent. `because`: of NOT_OWED, the kind of leave, `before` or `after` their service.
    `needed`: whether they were at work all of it, so that the year is no year without it; None: the roster does not say. `typed`: what the
    person had written, where that is something else.
    """

    year: int
    period: str
    standing: Standing
    score: float | None = None
    review: int = 0
    version: int = 0
    of: str = ""
    rating: Rating | None = None
    body: str = ""
    paper: str = ""
    because: str = ""
    needed: bool | None = None
    typed: float | None = None

    @property
    def held(self) -> bool:
        """Whether the office holds it, or waits for it, so that nobody types it."""
        return self.standing not in {Standing.OWED, *TYPED} or bool(self.body)

    @property
    def waited_for(self) -> bool:
        """Whether it may still come to count, whatever is known by now."""
        return self.held and self.standing in {Standing.SENT, Standing.UNSETTLED, Standing.OWED}


@dataclass(frozen=True, slots=True)
class OutsideScore:
    """The score of a period that the body before sent, as the desk recorded it. Only ever added: of several for one period the last counts."""

    person: int
    year: int
    period: str
    score: float
    body: str
    paper: str


@dataclass(frozen=True, slots=True)
class Redoing:
    """A confirmed sheet that somebody asks to do anew (Nghị định 335/2025/NĐ-CP, Điều 4 khoản 4), and the answer: `agreed` None
    while there is none. `version`: that which was confirmed; it stays as it is.
    """

    id: int
    review: int
    version: int
    reason: str
    asked_by: int
    asked_by_name: str
    asked_at: dt.datetime
    agreed: bool | None = None
    by: int | None = None
    by_name: str = ""
    by_position: str = ""
    at: dt.datetime | None = None
    answer: str = ""


class LastMonthChoice(StrEnum):
    """How the last month of a year counts, which is not over when the year is to be rated (Điều 17 khoản 3 and Điều 19 khoản 2)."""

    PROVISIONAL = "provisional"  # by the score of so far, compared once it is confirmed
    LATER = "later"  # the year is finished when the month is confirmed, where the superior allows


@dataclass(frozen=True, slots=True)
class LastMonth:
    """What the desk chose, once, for a campaign of the year. `allowed_by`, `paper`: of LATER, who allowed it and by which paper."""

    choice: LastMonthChoice
    allowed_by: str = ""
    paper: str = ""
