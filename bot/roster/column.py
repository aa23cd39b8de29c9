"""A column of a roster: the words a clerk may choose from, and how its cells are read and written. Nothing is guessed,
and formulas are not trusted.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache, partial
from itertools import pairwise

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from rules.nouns.people import Gender
from rules.nouns.periods import read_tracked
from rules.nouns.service import PARTY_KINDS, Leave, LeaveKind, Leaving
from rules.nouns.values import Rating, Subject
from rules.reading.border import refuse

#: Maximum length of a name, position or unit.
MAX_CHARS = 200
#: Maximum of a coefficient or count.
MOST = 1000

YES_NO = {"có": True, "không": False}
#: How yes and no are written in ticked cells, or as a program's booleans. A cross (✗) may mean either and is not
#: accepted.
_TICKS = {"x": True, "✓": True, "✔": True, "☑": True, "☐": False, "true": True, "false": False}
SUBJECTS = {
    "công chức": Subject.OFFICIAL,
    "viên chức": Subject.EMPLOYEE,
    "người lao động": Subject.WORKER,
    "cán bộ": Subject.CADRE,
    "đảng viên": Subject.PARTY_MEMBER,
    "tập thể": Subject.COLLECTIVE,
    "chi bộ": Subject.PARTY_CELL,
    "tổ đảng": Subject.PARTY_GROUP,
    "tổ chức": Subject.ORGANISATION,
}
GENDERS = {"nam": Gender.MALE, "nữ": Gender.FEMALE}
ROLES = {"người đứng đầu": "head", "cấp phó": "deputy", "": ""}
LEAVE_KINDS = {
    "ốm": LeaveKind.SICK,
    "thai sản": LeaveKind.MATERNITY,
    "không hưởng lương": LeaveKind.UNPAID,
    "đình chỉ": LeaveKind.SUSPENDED,
    "đi học": LeaveKind.STUDY,
    "biệt phái": LeaveKind.SECONDED,
    "đình chỉ sinh hoạt đảng": LeaveKind.PARTY_SUSPENDED,
    "đình chỉ sinh hoạt cấp ủy": LeaveKind.COMMITTEE_SUSPENDED,
    "miễn sinh hoạt đảng": LeaveKind.PARTY_EXEMPT,
    "khác": LeaveKind.OTHER,
}
#: The reasons for a last day. People who are studying, seconded or suspended are away but have not left. The first word
#: of each kind is the one that is written.
LEAVINGS: Mapping[str, Leaving | LeaveKind] = {
    "chuyển công tác": Leaving.TRANSFERRED,
    "nghỉ hưu": Leaving.RETIRED,
    "thôi việc": Leaving.RESIGNED,
    "buộc thôi việc": Leaving.DISMISSED,
    "hết hợp đồng": Leaving.CONTRACT_ENDED,
    "từ trần": Leaving.DIED,
    "đi học": LeaveKind.STUDY,
    "biệt phái": LeaveKind.SECONDED,
    "đình chỉ": LeaveKind.SUSPENDED,
    "về hưu": Leaving.RETIRED,
    "chấm dứt hợp đồng": Leaving.CONTRACT_ENDED,
}
RATINGS = {
    "hoàn thành xuất sắc": Rating.EXCELLENT,
    "hoàn thành tốt": Rating.GOOD,
    "hoàn thành": Rating.COMPLETED,
    "không hoàn thành": Rating.NOT_COMPLETED,
}


class CellKind(StrEnum):
    """What the cells of a column contain."""

    TEXT = "text"
    WORD = "word"  # one of `Column.words`
    DAY = "day"
    LEAVES = "leaves"  # times away, in one text
    RATINGS = "ratings"  # results of earlier years, in one text
    NUMBER = "number"  # above nothing, with at most four decimals
    COUNT = "count"  # from 1
    PERIOD = "period"  # a month or a quarter of a year


#: Kind → the name of the sentence that says what it accepts, and its values.
_WANTED: Mapping[CellKind, tuple[str, Mapping[str, str]]] = {
    CellKind.TEXT: ("cell_text", {"limit": str(MAX_CHARS)}),
    CellKind.DAY: ("cell_day", {}),
    CellKind.NUMBER: ("cell_number", {"limit": str(MOST)}),
    CellKind.COUNT: ("cell_count", {"limit": str(MOST)}),
    CellKind.PERIOD: ("cell_period", {}),
    CellKind.LEAVES: (
        "cell_leaves",
        {"example": "ốm 05/03/2020-20/06/2020; thai sản 01/09/2020-", "expected": ", ".join(LEAVE_KINDS)},
    ),
    CellKind.RATINGS: (
        "cell_ratings",
        {"example": "2019: hoàn thành tốt; 2018: không hoàn thành", "expected": ", ".join(RATINGS)},
    ),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: metadata of a field of a row model (bot/roster/columns.py), from which `key` and `required` come."""

    title: str
    hint: str
    example: str
    kind: CellKind = CellKind.TEXT
    since_first: bool = False
    words: Mapping[str, object] = field(default_factory=dict)
    key: str = ""
    required: bool = False
    alone: bool = False
    parts: bool = False

    @property
    def wanted(self) -> tuple[str, Mapping[str, str]]:
        """The name of the sentence that says what the column accepts, and its values."""
        if self.kind is CellKind.WORD:
            return "one_of", {"expected": ", ".join(word for word in self.words if word)}
        if self.kind is CellKind.TEXT and self.required:
            return "not_empty", {}
        return _WANTED[self.kind]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """As metadata of a field the column parses its cell; pydantic checks the type and whether it may be missing."""
        return core_schema.no_info_before_validator_function(partial(read, column=self), handler(source))


#: Dates outside these years are taken as typing errors.
_YEARS = range(1900, 2101)
_DAY = re.compile(r"(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4})(?: 0?0:00(?::00)?)?")
_LEAVE = re.compile(r"(?P<kind>\D+?)\s+(?P<since>[\d/.]+)\s*[-–]\s*(?P<until>[\d/.]*)")
_RATING = re.compile(r"(?P<year>\d{4})\s*:\s*(?P<word>.+)")
#: What a spreadsheet leaves where a formula failed, even if pasted as text.
_ERROR = re.compile(r"#(?:N/A|VALUE!|REF!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA)|(?:Err|Lỗi):\d{3}")
#: A spreadsheet keeps fifteen digits of a number and shows longer ones like this; the last digits are wrong.
_MOST_DIGITS = 10**15
_ROUNDED = re.compile(r"-?\d(?:[.,]\d+)?[eE]\+\d+")
#: A number format with leading zeros, possibly after fixed text: `000`, `"AP-"000`.
_ZEROS = re.compile(r'((?:"[^"]*"|\\.|[ -])*)(0+)')
_DECIMAL, _WHOLE = re.compile(r"\d{1,6}(?:[.,]\d{1,4})?"), re.compile(r"\d{1,6}")
_LONGEST = {CellKind.LEAVES: 2000, CellKind.RATINGS: 2000}


def clean(raw: object) -> str:
    """A cell as clean text: NFC, single blanks, no control characters, no “.0” after a whole number."""
    if raw is None:
        return ""
    return _cleaned(str(int(raw) if isinstance(raw, float) and raw.is_integer() else raw))


@lru_cache(maxsize=4096)
def _cleaned(text: str) -> str:
    """Cached, because the same words occur in all cells of a column."""
    if not text.isprintable():
        visible = "".join(" " if unicodedata.category(char) in {"Cc", "Zs"} else char for char in text)
        text = "".join(char for char in visible if unicodedata.category(char) != "Cf")
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain(raw: object, shown: str = "General") -> str | dt.date:
    """The content of a cell: a date, or clean text; "" when empty. `shown`: the number format, so that 1 displayed as
    001 is read as 001.
    """
    match raw:
        case dt.date():
            return raw
        case bool():
            return str(raw).upper()
        case None | str():
            return clean(raw)
        case int() | float() if abs(raw) >= _MOST_DIGITS:
            return f"{raw:E}"
        case int() | float() if (zeros := _ZEROS.fullmatch(shown)) and float(raw).is_integer():
            before, digits = (re.sub(r'["\\\\]', "", part) for part in zeros.groups())
            return clean(f"{before}{int(raw):0{len(digits)}}")
        case int() | float() | dt.time() | dt.timedelta():
            return clean(raw)
        case _:
            return "="  # an array formula, a data table


def read(written: object, column: Column) -> object:
    """The value of a non-empty cell (`plain`). Raises the error made by `refuse` with the name of what was expected."""
    if isinstance(written, dt.date):
        if column.kind is CellKind.DAY:
            return _sane(written.date() if isinstance(written, dt.datetime) else written)
        raise refuse("cell_is_day")
    text = str(written)
    if text.startswith("="):
        raise refuse("cell_formula")
    if _ERROR.fullmatch(text):
        raise refuse("cell_error", given=text)
    if _ROUNDED.fullmatch(text):
        raise refuse("cell_rounded")
    if text in {"TRUE", "FALSE"} and column.words is not YES_NO:
        raise refuse("cell_boolean", given=text)
    if len(text) > MAX_CHARS and len(text) > (most := _LONGEST.get(column.kind, MAX_CHARS)):
        raise refuse("cell_long", limit=most)
    return _word(text, column) if column.words else _READ[column.kind](text)


def written(value: object, column: Column) -> str | dt.date | None:
    """The content of the cell for that value."""
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


def _word(text: str, column: Column) -> object:
    word = text.casefold()
    if column.words is YES_NO and word in _TICKS:
        return _TICKS[word]
    if word not in column.words:
        raise refuse("cell", given=text[:40])
    return column.words[word]


def _day(text: str) -> dt.date:
    found = _DAY.fullmatch(text)
    if found is None:
        raise refuse("cell", given=text[:40])
    day, month, year = map(int, (found[1], found[3], found[4]))
    try:
        real = dt.date(year, month, day)
    except ValueError:
        raise refuse("real_day", given=text) from None
    return _sane(real)


def _sane(day: dt.date) -> dt.date:
    if day.year not in _YEARS:
        raise refuse("day_year", year=day.year, first=_YEARS[0], last=_YEARS[-1])
    return day


def _leaves(text: str) -> tuple[Leave, ...]:
    """The absences, sorted by day and without overlaps, so that no day counts twice. People suspended or exempt from
    party activities keep working, so these may overlap the others.
    """
    leaves = sorted((_leave(part) for part in _parts(text)), key=lambda leave: leave.since)
    for earlier, later in pairwise(one for one in leaves if one.kind not in PARTY_KINDS):
        if earlier.until is None or later.since <= earlier.until:
            raise refuse("leaves_apart", earlier=_leave_text(earlier), later=_leave_text(later))
    return tuple(leaves)


def _leave(part: str) -> Leave:
    found = _LEAVE.fullmatch(part)
    kind = LEAVE_KINDS.get(found["kind"].casefold().removeprefix("nghỉ ")) if found else None
    if found is None or kind is None:
        raise refuse("cell", given=part[:60])
    since = _day(found["since"])
    until = _day(found["until"]) if found["until"] else None
    if until is not None and until < since:
        raise refuse("leave_days", leave=part)
    return Leave(kind, since, until)


def _ratings(text: str) -> dict[int, Rating]:
    ratings: dict[int, Rating] = {}
    for part in _parts(text):
        found = _RATING.fullmatch(part)
        rating = RATINGS.get(found["word"].casefold().removesuffix(" nhiệm vụ")) if found else None
        if found is None or rating is None or int(found["year"]) not in _YEARS:
            raise refuse("cell", given=part[:60])
        if ratings.setdefault(int(found["year"]), rating) is not rating:
            raise refuse("ratings_once", year=found["year"])
    return ratings


def _parts(text: str) -> list[str]:
    return [part for part in (one.strip() for one in text.split(";")) if part]


def _number(text: str) -> float:
    if not _DECIMAL.fullmatch(text) or not 0 < (number := float(text.replace(",", "."))) <= MOST:
        raise refuse("cell", given=text[:40])
    return number


def _count(text: str) -> int:
    if not _WHOLE.fullmatch(text) or not 0 < int(text) <= MOST:
        raise refuse("cell", given=text[:40])
    return int(text)


def _period(text: str) -> tuple[int, str]:
    found = read_tracked(text)
    if found is None or found[0] not in _YEARS:
        raise refuse("cell", given=text[:40])
    return found


_READ: Mapping[CellKind, Callable[[str], object]] = {
    CellKind.TEXT: str,
    CellKind.DAY: _day,
    CellKind.LEAVES: _leaves,
    CellKind.RATINGS: _ratings,
    CellKind.NUMBER: _number,
    CellKind.COUNT: _count,
    CellKind.PERIOD: _period,
}
_LEAVE_WORDS: Mapping[LeaveKind, str] = {kind: word for word, kind in LEAVE_KINDS.items()}
_RATING_WORDS: Mapping[Rating, str] = {rating: word for word, rating in RATINGS.items()}


def _leave_text(leave: Leave) -> str:
    until = f"{leave.until:%d/%m/%Y}" if leave.until else ""
    return f"{_LEAVE_WORDS[leave.kind]} {leave.since:%d/%m/%Y}-{until}"
