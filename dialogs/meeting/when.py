"""Reading the time and place of a meeting from one text: `8h30 ngày 05/12/2026, phòng họp tầng 2`."""

import datetime as dt
import re

from rules.nouns.days import read_day
from rules.nouns.text import clean

_TIME = re.compile(r"\b(?P<hour>[0-2]?[0-9]) ?(?:giờ|gio|h|g|:) ?(?P<minute>[0-5][0-9])?\b(?: ?phút)?", re.IGNORECASE)
_DAY = re.compile(r"(?<![0-9])[0-9]{1,2}(?P<sign>[/.-])[0-9]{1,2}(?:(?P=sign)[0-9]{4})?(?![0-9])")
_TODAY = re.compile(r"\bhôm nay\b", re.IGNORECASE)
_LEAD = re.compile(r"^(?:(?:lúc|vào|ngày|tại|ở|,|;|\.|-|–)\s*)+|(?:(?:lúc|vào|ngày|tại|ở|,|;|-|–)\s*)+$", re.IGNORECASE)
_LAST_HOUR = 23

#: The longest place, in characters.
MOST = 200


def read_when(text: str, now: dt.datetime) -> tuple[dt.datetime, str] | None:
    """The time and the place; None: no time or no day can be read from the text."""
    words = clean(text)
    time = _TIME.search(words)
    if time is None or int(time["hour"]) > _LAST_HOUR:
        return None
    rest = words[: time.start()] + " " + words[time.end() :]
    day = _DAY.search(rest) or _TODAY.search(rest)
    if day is None:
        return None
    on = now.date() if day.re is _TODAY else read_day(day[0], now.date())
    if on is None:
        return None
    left, right = rest[: day.start()].strip(), rest[day.end() :].strip()
    parts = (_LEAD.sub("", part).strip() for part in (left, right))
    place = ", ".join(part for part in (_LEAD.sub("", each).strip() for each in parts) if part)
    return dt.datetime(on.year, on.month, on.day, int(time["hour"]), int(time["minute"] or 0), tzinfo=now.tzinfo), place
