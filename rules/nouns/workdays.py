"""Working days in Vietnam. Public holidays come from the `holidays` library."""

import datetime as dt
from functools import lru_cache

import holidays


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("VN", years=[year]))


def is_workday(day: dt.date) -> bool:
    """Monday to Friday, and no public holiday."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def workday_on_or_before(day: dt.date) -> dt.date:
    """The day itself, or the last working day before it."""
    while not is_workday(day):
        day -= dt.timedelta(days=1)
    return day


def workdays_after(day: dt.date, count: int) -> dt.date:
    """The working day that is the `count`th after `day`: the day itself is not counted."""
    while count:
        day += dt.timedelta(days=1)
        count -= is_workday(day)
    return day


def workdays_before(day: dt.date, count: int) -> dt.date:
    """The working day that is the `count`th before `day`; with 0 the day itself or the last working day before."""
    day = workday_on_or_before(day)
    while count:
        day = workday_on_or_before(day - dt.timedelta(days=1))
        count -= 1
    return day


def workdays_between(day: dt.date, until: dt.date) -> int:
    """How many working days are left after `day` until the end of `until`; below 0 when it has passed."""
    first, last, sign = (day, until, 1) if day <= until else (until, day, -1)
    days = (first + dt.timedelta(days=one) for one in range(1, (last - first).days + 1))
    return sign * sum(is_workday(one) for one in days)


def is_first_of_week(day: dt.date) -> bool:
    """Whether it is the first working day of its week: Monday, or the next when Monday is a holiday."""
    earlier = (day - dt.timedelta(days=back) for back in range(1, day.weekday() + 1))
    return is_workday(day) and not any(is_workday(one) for one in earlier)
