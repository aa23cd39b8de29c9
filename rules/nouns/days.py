"""Days as people in Vietnam type and write them: day, month, year."""

import datetime as dt
import re
import unicodedata

from rules.nouns.spoken import day_from_today, number, without_courtesy
from rules.nouns.text import clean, without_diacritics

_TYPED = re.compile(r"(?P<day>[0-9]{1,2})(?P<sign>[/.-])(?P<month>[0-9]{1,2})(?:(?P=sign)(?P<year>[0-9]{4}))?")
#: Longer texts are not read as a day.
_LONGEST = 60


def read_day(text: str, today: dt.date) -> dt.date | None:
    """The day typed as `05/12/2026`, `5-12-2026`, `5.12.2026`, or without a year as `5/12`, meaning the next such day
    from `today` on.

    None when the text is not such a day: another order, a two-digit year, or a day that does not exist.
    """
    typed = _TYPED.fullmatch(clean(text))
    if typed is None:
        return None
    day, month = int(typed["day"]), int(typed["month"])
    if typed["year"]:
        return _day(int(typed["year"]), month, day)
    coming = (_day(year, month, day) for year in (today.year, today.year + 1))
    return next((one for one in coming if one and one >= today), None)


#: 5/3/1980, 05 - 03 - 1980, 5.3.1980, 5 3 1980, 5/3 năm 1980, (sinh) ngày 5 tháng 3 năm 1980, 5 tháng 3, 1980, 5 tháng 3/1980; with any
#: number of digits for the year. `mùng 5` is no such day: it may be one of the moon's calendar.
_LEAD = r"(?:sinh )?(?:vao )?(?:ngay |hom )?"
_WRITTEN = re.compile(
    rf"{_LEAD}(?P<day>[0-9]{{1,2}})(?: ?(?P<sign>[/.-]) ?(?P<month>[0-9]{{1,2}}) ?(?P=sign) ?| (?P<blank>[0-9]{{1,2}}) "
    r"| ?[/.-] ?(?P<signed>[0-9]{1,2}),? nam | thang (?P<named>[0-9]{1,2})(?:,? nam |, ?|/| ))(?P<year>[0-9]+)\.?"
)
_OF_NO_YEAR = re.compile(rf"{_LEAD}(?P<day>[0-9]{{1,2}})(?: ?[/.-] ?| thang )(?P<month>[0-9]{{1,2}})")
#: A day and a month in words: ngày mười lăm tháng tư năm 1980.
_IN_WORDS = re.compile(
    rf"{_LEAD}(?P<day>[a-z ]{{2,20}}|[0-9]{{1,2}}) thang (?P<month>[a-z ]{{2,16}}?|[0-9]{{1,2}})(?P<rest>(?:,? nam|,)? [0-9]{{1,4}}|)"
)
#: What says a month or a year and no day, and what of it is missing.
_PART = r"(?:(?:dau|giua|cuoi|trong|khoang) )?"
_NO_DAY = (
    ("day", re.compile(rf"{_PART}(?:thang )?[0-9]{{1,2}}(?: ?[/.-] ?| nam |,? )[0-9]{{4}}")),
    ("day_year", re.compile(rf"{_PART}thang (?:[0-9]{{1,2}}|[a-z]+)(?: nay| truoc| nam nay| nam ngoai)?")),
    ("day_month", re.compile(rf"{_PART}(?:sinh )?(?:nam )?[0-9]{{4}}")),
)
#: The moon's calendar, or either.
_MOON = re.compile(r"(?:^|.* )(?:mung|mong|ram|thang gieng|thang chap|am lich)(?: .*|$)")
_ONE = re.compile(r"[0-9]{1,2}(?: ?[/.-] ?| thang )[0-9]{1,2}")
#: Years between two bounds, of which one may be meant by a day without its year.
_FEW_YEARS = 3
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_date(text: str) -> dt.date | None:
    """The one day that a text can mean whatever day it is today: `5/3/1980`, `05-03-1980`, `ngày 5 tháng 3 năm 1980`,
    or an ISO date.

    None when it means no day or more than one: no four-digit year, the month before the day, or a day that does not
    exist.
    """
    plain = _plain(text)
    if _ISO.fullmatch(plain):
        return read_iso(plain)
    written = _WRITTEN.fullmatch(plain)
    if written is None or len(written["year"]) != 4:
        return None
    month = written["month"] or written["blank"] or written["signed"] or written["named"]
    return _day(int(written["year"]), int(month), int(written["day"]))


def read_answer(text: str, today: dt.date, first: dt.date | None = None, last: dt.date | None = None) -> dt.date | str:
    """The one day meant by an answer given on `today`, or else a word that says why there is none.

    It reads what `read_date` reads, and also days with words of courtesy, days in words, and `hôm qua`. A day without a
    year is accepted when exactly one year puts it between `first` and `last`. The reasons are:

        year, day, day_year, day_month   this part is missing
        two                              two days are named
        moon                             the day may belong to the lunar calendar
        no_such_day, short_year          the day does not exist; the year has too few digits
        words                            anything else
    """
    plain = _in_figures(_plain(without_courtesy(text[:_LONGEST])))
    found = read_date(plain)
    from_today = day_from_today(text[:_LONGEST])
    if found or from_today is not None:
        return found or today + dt.timedelta(days=from_today or 0)
    if _MOON.fullmatch(plain):
        return "moon"
    if written := _WRITTEN.fullmatch(plain):
        return {2: "short_year", 4: "no_such_day"}.get(len(written["year"]), "words")
    if yearless := _OF_NO_YEAR.fullmatch(plain):
        return _of_a_year(int(yearless["day"]), int(yearless["month"]), first, last)
    if len(_ONE.findall(plain)) > 1:
        return "two"
    return next((lacks for lacks, pattern in _NO_DAY if pattern.fullmatch(plain)), "words")


def _of_a_year(day: int, month: int, first: dt.date | None, last: dt.date | None) -> dt.date | str:
    """The day in the only year that puts it between the bounds, or `year` when there is not exactly one."""
    if _day(2000, month, day) is None:  # a year with a 29th of February
        return "no_such_day"
    if first is None or last is None or last.year - first.year > _FEW_YEARS:
        return "year"
    within = [
        one for year in range(first.year, last.year + 1) if (one := _day(year, month, day)) and first <= one <= last
    ]
    return within[0] if len(within) == 1 else "year"


def _in_figures(plain: str) -> str:
    """`ngay muoi lam thang tu nam 1980` → `15 thang 4 nam 1980`; anything else as it is."""
    said = _IN_WORDS.fullmatch(plain)
    read = [number(said[name]) for name in ("day", "month")] if said else []
    if said is None or not all(one and one.is_integer() for one in read):
        return plain
    return f"{read[0]:.0f} thang {read[1]:.0f}{said['rest']}"


def read_iso(value: object) -> dt.date | None:
    """The day of an ISO date, as answers keep days; None for anything else."""
    return _day(*(int(part) for part in value.split("-"))) if isinstance(value, str) and _ISO.fullmatch(value) else None


def as_written(day: dt.date) -> str:
    """The day as Nghị định 30/2020/NĐ-CP writes it, e.g. `05/3/1980`: days below 10 and the months 1 and 2 get a
    leading zero.
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def _plain(text: str) -> str:
    """The text in lower case without diacritics, with single blanks and ordinary digits."""
    return " ".join(without_diacritics(unicodedata.normalize("NFKC", clean(text[:_LONGEST])).casefold()).split())


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
