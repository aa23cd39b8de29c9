"""Periods (kỳ đánh giá): the span of time that a review covers, and the day whose rules judge it."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

#: The day (month, day) on which a calendar year's ratings are decided unless the desk sets another: before 15 December
#: (Nghị định 90/2020/NĐ-CP, Điều 20; Nghị định 335/2025/NĐ-CP, Điều 19 khoản 2).
RATING_DAY = (12, 15)
#: A school year is named by the year it ends in: twelve months from September. No text we have seen gives its days, nor the day
#: on which its ratings are decided (the Ministry does: Nghị định 233/2026/NĐ-CP, Điều 15 khoản 1 điểm b), so the desk may name them.
_SCHOOL_BEGINS, _SCHOOL_RATED = 9, (6, 30)

QUARTERS = ("q1", "q2", "q3", "q4")
MONTHS = tuple(f"m{number:02}" for number in range(1, 13))
#: Period name → its first and last month.
_SPANS: Mapping[str, tuple[int, int]] = {
    "year": (1, 12),
    **{f"h{number}": (6 * number - 5, 6 * number) for number in (1, 2)},
    **{f"q{number}": (3 * number - 2, 3 * number) for number in (1, 2, 3, 4)},
    **{name: (number, number) for number, name in enumerate(MONTHS, 1)},
}
#: The names a period may have, the longest period first.
NAMES = ("year", "school", *(name for name in _SPANS if name != "year"))


@dataclass(frozen=True, slots=True)
class Period:
    """A period from its `first` to its `last` day, both included."""

    name: str
    #: The year that names the period.
    year: int
    first: dt.date
    last: dt.date
    #: The day of reference, on which the ratings are decided: it settles which rules are in force and who is suspended
    #: or has left.
    as_of: dt.date

    @property
    def whole(self) -> bool:
        """Whether it is a full calendar or school year, to which the rules about months "in the year" apply."""
        return self.name in {"year", "school"}

    @property
    def months(self) -> tuple[str, ...]:
        """The names of the months in it, in order."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return tuple(MONTHS[(self.first.month - 1 + number) % 12] for number in range(count))


@dataclass(frozen=True, slots=True)
class PeriodDays:
    """The days of a period that the desk chose itself; None keeps the usual day."""

    first: dt.date | None = None
    last: dt.date | None = None
    as_of: dt.date | None = None


USUAL = PeriodDays()


@lru_cache(maxsize=1024)
def period(year: int, name: str = "year", days: PeriodDays = USUAL) -> Period:
    """The period of that name (one of NAMES). Raises KeyError for any other.

    When a last day is given without a day of reference and the usual one lies outside the period, the last day is used
    for both.
    """
    usual = _school(year) if name == "school" else _calendar(year, name)
    first, last = days.first or usual.first, days.last or usual.last
    return replace(usual, first=first, last=last, as_of=days.as_of or usual.as_of)


def _calendar(year: int, name: str) -> Period:
    begins, ends = _SPANS[name]
    last = dt.date(year, ends, calendar.monthrange(year, ends)[1])
    return Period(name, year, dt.date(year, begins, 1), last, dt.date(year, *RATING_DAY) if name == "year" else last)


def _school(year: int) -> Period:
    first = dt.date(year - 1, _SCHOOL_BEGINS, 1)
    last = dt.date(year, _SCHOOL_BEGINS, 1) - dt.timedelta(days=1)
    return Period("school", year, first, last, dt.date(year, *_SCHOOL_RATED))


#: `tháng 9/2026`, `T9/2026`, `09-2026`; `quý 3/2026`, `quý III năm 2026`.
_TRACKED = re.compile(
    r"(?P<kind>tháng|thang|t|quý|quy|q)?[ .]*(?P<number>\d{1,2}|i{1,3}|iv)\s*(?:[/-]|năm|nam| )\s*(?:năm|nam)?\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def read_tracked(text: str) -> tuple[int, str] | None:
    """The year and name of the month or quarter that somebody typed, or None. A number without "tháng" or "quý" is a
    month.
    """
    found = _TRACKED.fullmatch(text.strip().casefold())
    if found is None:
        return None
    quarter = (found["kind"] or "").startswith("q")
    number = _ROMAN.get(found["number"]) or int(found["number"]) if found["number"].isdecimal() or quarter else 0
    if not 0 < number <= (4 if quarter else 12):
        return None
    return int(found["year"]), f"q{number}" if quarter else f"m{number:02}"


def is_tracked(name: str) -> bool:
    """Whether it is a month or a quarter, which is tracked rather than rated (Nghị định 335/2025/NĐ-CP, Điều 3 khoản
    4).
    """
    return name in MONTHS or name.startswith("q")
