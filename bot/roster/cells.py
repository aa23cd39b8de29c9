"""One cell: what is read from it, and what is written into it. Nothing is guessed, no formula is believed."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import pairwise

from pydantic_core import PydanticCustomError

from bot.roster.column import LEAVE_KINDS, MAX_CHARS, RATINGS, CellKind, Column
from rules.nouns.service import Leave, LeaveKind
from rules.nouns.values import Rating
from rules.reading.schema_errors import refuse

#: A day outside of these years is a slip of the pen.
_YEARS = range(1900, 2101)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_LEAVE = re.compile(r"(?P<kind>\D+?)\s+(?P<since>[\d/]+)\s*[-–]\s*(?P<until>[\d/]*)")
_RATING = re.compile(r"(?P<year>\d{4})\s*:\s*(?P<word>.+)")
_LONGEST = {CellKind.LEAVES: 2000, CellKind.RATINGS: 2000}


def clean(raw: object) -> str:
    """A cell as clean text: NFC, single blanks, no control characters, no “.0” behind a whole number."""
    if raw is None:
        return ""
    text = str(int(raw) if isinstance(raw, float) and raw.is_integer() else raw)
    if not text.isprintable():
        visible = "".join(" " if unicodedata.category(char) in {"Cc", "Zs"} else char for char in text)
        text = "".join(char for char in visible if unicodedata.category(char) != "Cf")
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain(raw: object) -> str | dt.date:
    """What stands in a cell: a day that is one, or clean text; "" when nothing does."""
    return raw if isinstance(raw, dt.date) else clean(raw)


def read(written: object, column: Column) -> object:
    """The value of a cell that is not empty (`plain`). Raises what `refuse` makes: the name of what was expected."""
    if isinstance(written, dt.date):
        if column.kind is CellKind.DAY:
            return _sane(written.date() if isinstance(written, dt.datetime) else written)
        raise _wrong("cell_is_day", column)
    text = str(written)
    if text.startswith("="):
        raise refuse("cell_formula")
    most = _LONGEST.get(column.kind, MAX_CHARS)
    if len(text) > most:
        raise refuse("cell_long", limit=most)
    return _READ[column.kind](text, column)


def written(value: object, column: Column) -> str | dt.date | None:
    """What stands in the cell for that value."""
    match value:
        case dt.date():
            return value
        case None:
            return None
        case tuple():
            return "; ".join(map(_leave_text, value))
        case Mapping():
            return "; ".join(f"{year}: {_RATING_WORDS[value[year]]}" for year in sorted(value, reverse=True))
    if column.words:
        return next(word for word, meant in column.words.items() if meant == value)
    return str(value) or None


def _wrong(name: str, column: Column, **values: str) -> PydanticCustomError:
    """A mistake that says, besides, what the column takes."""
    kind, wanted = column.wanted
    return refuse(name, kind=kind, **wanted, **values)


def _text(text: str, column: Column) -> str:  # noqa: ARG001 - all readers look alike
    return text


def _word(text: str, column: Column) -> object:
    word = text.casefold()
    if word not in column.words:
        raise _wrong("cell", column, given=text[:40])
    return column.words[word]


def _day(text: str, column: Column) -> dt.date:
    found = _DAY.fullmatch(text)
    if found is None:
        raise _wrong("cell", column, given=text[:40])
    day, month, year = map(int, found.groups())
    try:
        real = dt.date(year, month, day)
    except ValueError:
        raise _wrong("real_day", column, given=text) from None
    return _sane(real)


def _sane(day: dt.date) -> dt.date:
    if day.year not in _YEARS:
        raise refuse("day_year", year=day.year, first=_YEARS[0], last=_YEARS[-1])
    return day


def _leaves(text: str, column: Column) -> tuple[Leave, ...]:
    """The times away, in the order of their days; no two on one day, so that no day is counted twice. Who is suspended
    from the party's activity works on: that is beside the others.
    """
    leaves = sorted((_leave(part, column) for part in _parts(text)), key=lambda leave: leave.since)
    for earlier, later in pairwise(one for one in leaves if one.kind is not LeaveKind.PARTY_SUSPENDED):
        if earlier.until is None or later.since <= earlier.until:
            raise refuse("leaves_apart", earlier=_leave_text(earlier), later=_leave_text(later))
    return tuple(leaves)


def _leave(part: str, column: Column) -> Leave:
    found = _LEAVE.fullmatch(part)
    kind = LEAVE_KINDS.get(found["kind"].casefold().removeprefix("nghỉ ")) if found else None
    if found is None or kind is None:
        raise _wrong("cell", column, given=part[:60])
    since = _day(found["since"], column)
    until = _day(found["until"], column) if found["until"] else None
    if until is not None and until < since:
        raise refuse("leave_days", leave=part)
    return Leave(kind, since, until)


def _ratings(text: str, column: Column) -> dict[int, Rating]:
    ratings: dict[int, Rating] = {}
    for part in _parts(text):
        found = _RATING.fullmatch(part)
        rating = RATINGS.get(found["word"].casefold().removesuffix(" nhiệm vụ")) if found else None
        if found is None or rating is None or int(found["year"]) not in _YEARS:
            raise _wrong("cell", column, given=part[:60])
        if ratings.setdefault(int(found["year"]), rating) is not rating:
            raise refuse("ratings_once", year=found["year"])
    return ratings


def _parts(text: str) -> list[str]:
    return [part for part in (one.strip() for one in text.split(";")) if part]


_READ: Mapping[CellKind, Callable[[str, Column], object]] = {
    CellKind.TEXT: _text,
    CellKind.WORD: _word,
    CellKind.DAY: _day,
    CellKind.LEAVES: _leaves,
    CellKind.RATINGS: _ratings,
}
_LEAVE_WORDS: Mapping[LeaveKind, str] = {kind: word for word, kind in LEAVE_KINDS.items()}
_RATING_WORDS: Mapping[Rating, str] = {rating: word for word, rating in RATINGS.items()}


def _leave_text(leave: Leave) -> str:
    until = f"{leave.until:%d/%m/%Y}" if leave.until else ""
    return f"{_LEAVE_WORDS[leave.kind]} {leave.since:%d/%m/%Y}-{until}"
