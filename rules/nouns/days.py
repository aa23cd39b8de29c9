"""A day as people in Vietnam type it: day, month, year."""

import datetime as dt
import re

from rules.nouns.text import clean

_TYPED = re.compile(r"(?P<day>[0-9]{1,2})(?P<sign>[/.-])(?P<month>[0-9]{1,2})(?:(?P=sign)(?P<year>[0-9]{4}))?")


def read_day(text: str, today: dt.date) -> dt.date | None:
    """The day typed as `05/12/2026`, `5-12-2026`, `5.12.2026` or, without a year, `5/12`: the next such day, `today`
    included. None when it is none: another order, a year of two digits, a day the calendar does not have.
    """
    typed = _TYPED.fullmatch(clean(text))
    if typed is None:
        return None
    day, month = int(typed["day"]), int(typed["month"])
    if typed["year"]:
        return _day(int(typed["year"]), month, day)
    coming = (_day(year, month, day) for year in (today.year, today.year + 1))
    return next((one for one in coming if one and one >= today), None)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
