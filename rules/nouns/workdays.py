"""Working days in Vietnam.

Public holidays come from the `holidays` library; days swapped by a yearly decision come also from `workdays.toml`
beside this file and from what the installation adds.
"""

import datetime as dt
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import holidays


@dataclass(frozen=True, slots=True)
class SwappedDay:
    """A decision that makes a working day free, has a day off worked instead, or both."""

    decision: str
    free: dt.date | None = None
    worked: dt.date | None = None


@cache
def shipped() -> tuple[SwappedDay, ...]:
    """The swapped days that come with the program."""
    return swapped_days((files("rules.nouns") / "workdays.toml").read_text(encoding="utf-8"))


def swapped_days(text: str) -> tuple[SwappedDay, ...]:
    """The swapped days in the text of a `workdays.toml`. Raises ValueError for invalid TOML, an invalid day, or a
    missing decision or day.
    """
    document = tomllib.loads(text)
    if set(document) - {"day"} or not isinstance(document.get("day", []), list):
        raise ValueError("[[day]]")
    return tuple(_swapped(row) for row in document.get("day", []))


def _swapped(row: object) -> SwappedDay:
    if not isinstance(row, dict) or not {"decision"} < set(row) <= {"decision", "free", "worked"}:
        raise ValueError("[[day]]: decision, free, worked")
    days = {name: row[name] for name in ("free", "worked") if name in row}
    wrong = [name for name, day in days.items() if type(day) is not dt.date]  # a datetime is a date, too
    if wrong or not isinstance(row["decision"], str) or not row["decision"].strip():
        raise ValueError(f"[[day]]: {wrong[0] if wrong else 'decision'}")
    return SwappedDay(row["decision"], days.get("free"), days.get("worked"))


#: The swapped days added by the installation: set once when the process starts, and the same for all its offices.
_added: tuple[SwappedDay, ...] = ()


def add(days: Iterable[SwappedDay]) -> None:
    """Use these swapped days in addition to the shipped ones, in place of any added before."""
    global _added  # noqa: PLW0603 - one calendar a process; every caller asks about a day, none about an installation
    _added = tuple(days)
    _swaps.cache_clear()


def known_until() -> int:
    """The last year whose decision on swapped days is known. Later years have only the holidays set by law."""
    return max(day.year for one in (*shipped(), *_added) for day in (one.free, one.worked) if day)


@cache
def _swaps() -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """The days made free, and the days worked instead. The installation's own entries take precedence."""
    free, worked = set[dt.date](), set[dt.date]()
    for one in (*shipped(), *_added):
        if one.free:
            free.add(one.free)
            worked.discard(one.free)
        if one.worked:
            worked.add(one.worked)
            free.discard(one.worked)
    return frozenset(free), frozenset(worked)


@lru_cache(maxsize=16)
def _of_law(year: int) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """What the library knows of a year: its days off, and the days off that are worked."""
    known = holidays.country_holidays("VN", years=[year])
    return frozenset(known), frozenset(known.weekend_workdays)


def is_workday(day: dt.date) -> bool:
    """Whether people work that day: Monday to Friday except holidays and days made free, and days off that are worked
    instead.
    """
    free, worked = _swaps()
    if day in free or day in worked:
        return day in worked
    off, worked = _of_law(day.year)
    return day in worked or (day.weekday() < 5 and day not in off)


def workday_on_or_before(day: dt.date) -> dt.date:
    """The day itself, or the last working day before it."""
    while not is_workday(day):
        day -= dt.timedelta(days=1)
    return day


def workdays_after(day: dt.date, count: int) -> dt.date:
    """The `count`th working day after `day`; `day` itself is not counted."""
    while count:
        day += dt.timedelta(days=1)
        count -= is_workday(day)
    return day


def workdays_before(day: dt.date, count: int) -> dt.date:
    """The `count`th working day before `day`; with 0, `day` itself or the last working day before it."""
    day = workday_on_or_before(day)
    while count:
        day = workday_on_or_before(day - dt.timedelta(days=1))
        count -= 1
    return day


def workdays_between(day: dt.date, until: dt.date) -> int:
    """The number of working days after `day` up to and including `until`; negative when it has passed."""
    first, last, sign = (day, until, 1) if day <= until else (until, day, -1)
    days = (first + dt.timedelta(days=one) for one in range(1, (last - first).days + 1))
    return sign * sum(is_workday(one) for one in days)


def is_first_of_week(day: dt.date) -> bool:
    """Whether it is the first working day of its week: Monday, or the next working day when Monday is a holiday."""
    earlier = (day - dt.timedelta(days=back) for back in range(1, day.weekday() + 1))
    return is_workday(day) and not any(is_workday(one) for one in earlier)
