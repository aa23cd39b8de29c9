"""Reads the sheets of a workbook row by row. Every mistake names its cell, and nothing that may be meant is silently
ignored.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from pydantic import ValidationError

from bot.roster.column import MAX_CHARS, clean, plain
from bot.roster.columns import OPTIONAL_SHEETS, SheetLine
from bot.roster.header import ALIKE, WITHIN_ROWS, Header, header_of
from bot.roster.package import Merged, merged_cells
from rules.nouns.errors import Cell, Mistake, RosterErrors
from rules.nouns.letters import letters
from rules.nouns.text import folded, shorten, without_diacritics

#: Maximum length of a cell in Excel; longer content from other programs is cut.
_LONGEST = 32_767
#: A short file can claim cells in the very last row or column, so the extent is limited.
MAX_ROWS, MAX_COLUMNS = 200_000, 100

#: How the rows after a list begin: totals, author, place and date, signatures.
_CLOSING = re.compile(
    r"tổng cộng|tổng số|cộng *(?::|\d|$)|danh sách (?:gồm|này|có)|ấn định|người lập|lập biểu|ghi chú *(?::|$)|nơi nhận"
    r"|xác nhận|thủ trưởng(?: cơ quan| đơn vị)?$|(?:tm|kt) *[./]|ký[ ,]+(?:ghi|tên|họ)|(?:.{1,40} )?ngày .{0,6}tháng .{0,6}năm\b"
)
#: Maximum number of filled cells in a row that closes a list or holds signatures.
_FEW = 2
#: In a table with at most this many columns, two cells may be a complete row.
_NARROW = 10
#: A line of numbers or letters under the titles, as in forms: (1), (2), … or A, B, …
_NUMBERING = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])\)?")
_NUMBERED = 3

RowT = TypeVar("RowT", bound=SheetLine)
#: Column → content; position, from 0 → content.
Written = Mapping[str, object]
Filled = Mapping[int, object]


@dataclass(frozen=True, slots=True)
class Worksheet(Generic[RowT]):
    """A parsed sheet: its good rows, and the mistakes in the others."""

    name: str
    row: type[RowT]
    places: Mapping[str, int]
    rows: Sequence[RowT] = ()
    mistakes: Sequence[Mistake] = ()
    written: Sequence[tuple[int, Written]] = field(default=(), repr=False)
    whole: bool = False

    def mistake(self, row: int, key: str, expected: str, /, **values: object) -> Mistake:
        """A mistake in that column of that row."""
        cell = Cell(self.name, f"{get_column_letter(self.places[key] + 1)}{row}")
        told = {name: str(value) for name, value in values.items()}
        return Mistake("", 0, self.row.columns[key].title, expected, told, cell)

    def tells(self, key: str) -> bool:
        """Whether a column can be relied on: the sheet is complete and none of the column's cells is wrong."""
        if not self.whole or key not in self.places:
            return self.whole
        letter = get_column_letter(self.places[key] + 1)
        return all(not one.cell or one.cell.name.rstrip("0123456789") != letter for one in self.mistakes)

    def against(self, row: SheetLine, key: str, expected: str, other: str, /, **values: object) -> Mistake:
        """A contradiction between two cells of a row; it names both."""
        beside = {
            "column": self.row.columns[other].title,
            "cell": f"{get_column_letter(self.places[other] + 1)}{row.number}",
        }
        return self.mistake(row.number, key, expected, **beside, **values)

    def of_all(self, expected: str, key: str = "", /, **values: str) -> Mistake:
        """A mistake of the whole sheet, or of one of its columns."""
        return Mistake("", 0, self.row.columns[key].title if key else "", expected, values, Cell(self.name))


def read_sheet(workbook: Workbook, name: str, row: type[RowT]) -> Worksheet[RowT]:
    """The sheet of that name, in any spelling (capitals, blanks, dashes, numbered copies). Empty rows, headings above
    the titles, and what follows the list are skipped.
    """
    absent: Worksheet[RowT] = Worksheet(name, row, {})
    named = _named(workbook, name)
    if len(named) != 1:
        return _not_there(absent, workbook, named)
    sheet: Any = workbook[named[0]]
    if not hasattr(sheet, "iter_rows"):
        return replace(absent, mistakes=[absent.of_all("sheet_of_cells")])
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what some programs write there is wrong
    merged = merged_cells(sheet)
    lines = enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1)
    first = list(islice(lines, WITHIN_ROWS))
    columns = tuple(row.columns.values())
    header = header_of(name, [(number, [cell.value for cell in cells]) for number, cells in first], columns, merged)
    whole = all(column.key in header.places for column in columns if column.since_first)
    found = Worksheet(name, row, header.places, mistakes=header.mistakes, whole=whole)
    if not header.places:
        return found
    rest = chain(((number, cells) for number, cells in first if number > header.last), lines)
    return _Table(found, header, merged).read(rest)


def _not_there(absent: Worksheet[RowT], workbook: Workbook, named: Sequence[str]) -> Worksheet[RowT]:
    """The mistake that there is none or more than one of that name; a similar name is suggested."""
    like = difflib.get_close_matches(
        without_diacritics(folded(absent.name)),
        [without_diacritics(folded(one)) for one in workbook.sheetnames],
        1,
        ALIKE,
    )
    if not named and not like and absent.name in OPTIONAL_SHEETS:
        return replace(absent, whole=True)
    found = ", ".join(f"“{one}”" for one in named or workbook.sheetnames)
    return replace(absent, mistakes=[absent.of_all("sheet_twice" if named else "sheet_missing", found=found)])


def _named(workbook: Workbook, name: str) -> list[str]:
    """The sheets that may be meant: those of this name, otherwise numbered copies."""
    wanted = folded(name)
    named = [one for one in workbook.sheetnames if folded(one) == wanted]
    return named or [
        one for one in workbook.sheetnames if re.fullmatch(rf"{re.escape(wanted)} ?\d{{1,2}}", folded(one))
    ]


class _Table(Generic[RowT]):
    """Processes the rows under the titles. A merged cell counts for every row it covers."""

    def __init__(self, sheet: Worksheet[RowT], header: Header, merged: Sequence[Merged]) -> None:
        self.sheet, self.header = sheet, header
        self.columns = sheet.row.columns
        self.untitled = set(header.untitled)
        self.key = next(iter(self.columns))
        self.mistakes: list[Mistake] = list(sheet.mistakes)
        self.below: dict[int, list[Merged]] = {}
        for one in merged:
            if one.first_row > header.last:
                self.below.setdefault(one.first_row, []).append(one)
        self.lasting: dict[int, tuple[int, object]] = {}  # place → until which row its cell is merged, and its text

    def read(self, lines: Iterator[tuple[int, Sequence[Any]]]) -> Worksheet[RowT]:
        """The sheet with its rows."""
        good: list[RowT] = []
        written: list[tuple[int, Written]] = []
        for number, row in self._rows(lines):
            written.append((number, row))
            try:
                good.append(self.sheet.row.model_validate({**row, "number": number}))
            except ValidationError as error:
                self.mistakes += _mistakes(self.sheet, number, error)
        return replace(self.sheet, rows=good, mistakes=self.mistakes, written=written)

    def _rows(self, lines: Iterator[tuple[int, Sequence[Any]]]) -> Iterator[tuple[int, Written]]:
        """The rows of the list, without separators, repeated titles, and what follows the list."""
        closed = False
        for number, cells in lines:
            if number > MAX_ROWS:
                limit = {"limit": str(MAX_ROWS)}
                raise RosterErrors((Mistake("", 0, "", "rows_at_most", limit, Cell(self.sheet.name, f"A{number}")),))
            filled = {
                place: text for place, cell in enumerate(cells) if cell is not EMPTY_CELL and (text := _plain(cell))
            }
            there = self._with_merged(number, filled)
            if not filled or self._is_heading(number, filled) or self._is_numbering(number, filled):
                continue
            row = {key: there[place] for key, place in self.header.places.items() if place in there}
            if self._is_header(row):
                continue
            if self._closes(row, filled, closed=closed):
                closed = True
                continue
            self._look_for_untitled(number, filled)
            self._look_at_letters(number, cells)
            if whole := self._joined(number, row, there):
                yield number, whole

    def _joined(self, number: int, row: dict[str, object], there: Filled) -> dict[str, object]:
        """The combined content of two columns under one title."""
        for key, place in self.header.parts.items():
            if place in there and key not in row:
                self.mistakes.append(self.sheet.mistake(number, key, "first_part"))
            if place in there:
                row[key] = f"{row.get(key, '')} {there[place]}".strip()
        return row

    def _is_header(self, row: Written) -> bool:
        """Whether the row repeats the titles, as on the next page of a printed list."""
        first = next(iter(row.items()), ("", ""))
        return bool(
            first[0]
            and folded(str(first[1])) == folded(self.columns[first[0]].title)
            and all(folded(str(text)) == folded(self.columns[key].title) for key, text in row.items())
        )

    def _with_merged(self, number: int, filled: Filled) -> Filled:
        """The content of the row including merged cells from above; cells that begin here come last."""
        for one in self.below.get(number, ()):
            self._begin(one, filled)
        if not self.lasting:
            return filled
        here = {place: text for place, (until, text) in self.lasting.items() if number <= until}
        self.lasting = {place: kept for place, kept in self.lasting.items() if number < kept[0]}
        return {**filled, **here}

    def _begin(self, one: Merged, filled: Filled) -> None:
        place = one.first_column - 1
        covered = [key for key, at in self.header.places.items() if one.first_column <= at + 1 <= one.last_column]
        if not covered or place not in filled:
            return
        across = one.last_column > one.first_column
        if across and self._is_heading(one.first_row, filled):
            return
        if across or self.columns[covered[0]].alone:
            expected = "merged_across" if across else "merged_down"
            first, last = (f"{get_column_letter(x)}{y}" for x, y in (one[:2], one[2:]))
            self.mistakes.append(self.sheet.mistake(one.first_row, covered[0], expected, range=f"{first}:{last}"))
        else:
            self.lasting[place] = (one.last_row, filled[place])

    def _is_heading(self, number: int, filled: Filled) -> bool:
        """Whether the row is a heading across the table, as above the people of a unit: one merged cell only."""
        wide = {one.first_column - 1 for one in self.below.get(number, ()) if one.last_column > one.first_column}
        return len(filled) == 1 and filled.keys() <= wide

    def _is_numbering(self, number: int, filled: Filled) -> bool:
        texts = list(map(str, filled.values()))
        first = number == self.header.last + 1
        return first and len(texts) >= _NUMBERED and all(map(_NUMBERING.fullmatch, texts))

    def _closes(self, row: Written, filled: Filled, *, closed: bool) -> bool:
        """Whether the row is not part of the list: it closes the list, or is a signature below it. A row with a code
        belongs to the list.
        """
        if len(row) > _FEW:
            return False
        key = str(row.get(self.key, "")).casefold()
        if any(map(str.isdigit, key)) and not _CLOSING.match(key):
            return False
        below = closed and len(row) <= (_FEW if len(self.columns) > _NARROW else 1)
        return below or any(_CLOSING.match(str(text).casefold().lstrip("( -–")) for text in filled.values())

    def _look_for_untitled(self, number: int, filled: Filled) -> None:
        """The first non-empty cell of every column without a title."""
        for place in self.untitled & filled.keys():
            cell = Cell(self.sheet.name, f"{get_column_letter(place + 1)}{number}")
            told = {"row": str(self.header.row)}
            self.mistakes.append(Mistake("", 0, "", "column_untitled", told, cell))
            self.untitled.discard(place)

    def _look_at_letters(self, number: int, cells: Sequence[Any]) -> None:
        """The cells in letters that cannot be read or printed, with the intended text."""
        for key, place in self.header.places.items():
            cell = cells[place].value if place < len(cells) else None
            if not isinstance(cell, str) or cell.isascii() or len(cell) > _LONGEST:
                continue  # too long, which is told
            found, told = letters(cell), {"given": shorten(clean(cell), MAX_CHARS)}
            if found.coding or found.folded:
                told["would_be"] = shorten(clean(found.text), MAX_CHARS)
            if found.coding:
                self.mistakes.append(self.sheet.mistake(number, key, "old_code_table", coding=found.coding, **told))
            elif found.unreadable:
                self.mistakes.append(self.sheet.mistake(number, key, "unreadable_letters", **told))
            elif found.folded:
                self.mistakes.append(self.sheet.mistake(number, key, "decorative_letters", **told))


def _plain(cell: Any) -> object:
    """The content of the cell in plain letters, so that other mistakes in it are reported at the same time."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return plain(letters(value).text if len(value) <= _LONGEST else value[:_LONGEST])
    return plain(value, cell.number_format) if isinstance(value, int | float) else plain(value)


def _mistakes(sheet: Worksheet[RowT], number: int, error: ValidationError) -> Iterator[Mistake]:
    """All mistakes that pydantic found in a row. Our own readers name what was expected; `kind`: what the column
    accepts in general.
    """
    for details in error.errors(include_url=False, include_input=False):
        key = str(details["loc"][0])
        if key not in sheet.places:
            continue  # the whole column is missing, which is told
        column = sheet.row.columns[key]
        kind, wanted = column.wanted
        if details["type"] == "missing":
            yield sheet.mistake(number, key, kind if column.words else "not_empty", **wanted)
        else:
            expected = details["type"]
            yield sheet.mistake(number, key, expected, **{"kind": kind, **wanted, **details.get("ctx", {})})
