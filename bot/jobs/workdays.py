"""Working days and hours in Vietnam. Public holidays come from the `holidays` library."""

import datetime as dt
from functools import lru_cache

import holidays

MORNING = (dt.time(8, 0), dt.time(11, 30))
AFTERNOON = (dt.time(13, 30), dt.time(17, 0))


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("VN", years=[year]))


def is_workday(day: dt.date) -> bool:
    """Monday to Friday, and no public holiday."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def is_working_hour(moment: dt.datetime) -> bool:
    """Whether a reminder may be sent at this moment (in Asia/Ho_Chi_Minh)."""
    hour = moment.time()
    in_hours = any(begin <= hour < end for begin, end in (MORNING, AFTERNOON))
    return in_hours and is_workday(moment.date())


def next_working_hour(moment: dt.datetime) -> dt.datetime | None:
    """When work goes on that same day: the moment itself within working hours; None when the day is over or free."""
    if is_working_hour(moment) or not is_workday(moment.date()):
        return moment if is_workday(moment.date()) else None
    begins = [
        moment.replace(hour=begin.hour, minute=begin.minute, second=0, microsecond=0)
        for begin, _ in (MORNING, AFTERNOON)
    ]
    return next((begin for begin in begins if begin > moment), None)


def workday_on_or_before(day: dt.date) -> dt.date:
    """The day itself, or the last working day before it."""
    while not is_workday(day):
        day -= dt.timedelta(days=1)
    return day
