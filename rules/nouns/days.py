"""A day as people in Vietnam type and write it: day, month, year."""

import datetime as dt
import re
import unicodedata

from rules.nouns.text import clean, without_diacritics

_TYPED = re.compile(r"(?P<day>[0-9]{1,2})(?P<sign>[/.-])(?P<month>[0-9]{1,2})(?:(?P=sign)(?P<year>[0-9]{4}))?")
#: No day is written longer.
_LONGEST = 60


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


#: 5/3/1980, 05 - 03 - 1980, 5.3.1980, 5 3 1980, (sinh) ngày 5 tháng 3 năm 1980, 5 tháng 3, 1980; with any number of digits for the year.
#: `mùng 5` is no such day: it is one of the moon's calendar.
_WRITTEN = re.compile(
    r"(?:sinh )?(?:ngay )?(?P<day>[0-9]{1,2})(?: ?(?P<sign>[/.-]) ?(?P<month>[0-9]{1,2}) ?(?P=sign) ?| (?P<blank>[0-9]{1,2}) "
    r"| thang (?P<named>[0-9]{1,2})(?:,? nam |, ?| ))(?P<year>[0-9]+)\.?"
)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_date(text: str) -> dt.date | None:
    """The one day a text can mean, whatever day it is today: `5/3/1980`, `05-03-1980`, `ngày 5 tháng 3 năm 1980`, or
    an ISO date. None where it means none or more than one: a year that is missing or not of four digits, the month
    before the day, a day the calendar does not have.
    """
    plain = _plain(text)
    if _ISO.fullmatch(plain):
        return read_iso(plain)
    written = _WRITTEN.fullmatch(plain)
    if written is None or len(written["year"]) != 4:
        return None
    month = written["month"] or written["blank"] or written["named"]
    return _day(int(written["year"]), int(month), int(written["day"]))


def read_iso(value: object) -> dt.date | None:
    """The day of an ISO date, as answers keep days; None for anything else."""
    return _day(*(int(part) for part in value.split("-"))) if isinstance(value, str) and _ISO.fullmatch(value) else None


def digits_of_year(text: str) -> int:
    """How many digits the year has where a text is day, month and year in this order, else 0. `5/3/80` has two and may be
    of either century; `31/2/1980` has four and is still no day.
    """
    written = _WRITTEN.fullmatch(_plain(text))
    return len(written["year"]) if written else 0


def as_written(day: dt.date) -> str:
    """`05/3/1980`: days below 10 and the first two months with a nought, as Nghị định 30/2020/NĐ-CP writes them."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def _plain(text: str) -> str:
    """In small letters without diacritics, one blank between words, full-width digits as plain ones."""
    return " ".join(without_diacritics(unicodedata.normalize("NFKC", clean(text[:_LONGEST])).casefold()).split())


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
