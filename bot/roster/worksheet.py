"""Reads the sheets of a workbook row by row: every mistake with its cell."""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from bot.roster.cells import clean, read
from bot.roster.column import Column
from bot.roster.columns import OPTIONAL_SHEETS, SHEETS
from bot.roster.values import RosterErrors, RosterMistake

#: A file larger than this, or one that unpacks to more, is no roster of an office: one of 30,000 people unpacks to
#: some 30 MB. A few bytes may as well name a cell in the last row or column there can be.
MAX_BYTES, MAX_UNPACKED = 20_000_000, 300_000_000
MAX_ROWS, MAX_COLUMNS = 200_000, 100


@dataclass(frozen=True, slots=True)
class WorksheetRow:
    """A parsed row: `number` as the spreadsheet counts it, values by column key."""

    number: int
    values: Mapping[str, Any]

    def text(self, key: str) -> str:
        """A text value."""
        return str(self.values[key])


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A parsed sheet: its good rows, and what is wrong with the others."""

    name: str
    columns: Sequence[Column]
    places: Mapping[str, int]  # of the columns that are there, counted from 0
    rows: Sequence[WorksheetRow] = ()
    mistakes: Sequence[RosterMistake] = ()

    def mistake(self, row: WorksheetRow, key: str, expected: str) -> RosterMistake:
        """A mistake in that column of the row."""
        column = next(column for column in self.columns if column.key == key)
        return RosterMistake(_cell(self.name, self.places[key], row.number), column.title, expected)


@contextmanager
def workbook_of(file: Path | bytes) -> Iterator[Workbook]:
    """The workbook, read row by row. Raises RosterErrors when the file cannot be read as one, also on the way.

    `file`: where it is, or what it holds.
    """
    name = "" if isinstance(file, bytes) else file.name
    try:
        _refuse_huge(file, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, of what else an office suite keeps in a file
            workbook = load_workbook(_source(file), read_only=True, data_only=False)
            try:
                yield workbook
            finally:
                workbook.close()
    except FileNotFoundError:
        raise RosterErrors((RosterMistake(name, "", "không tìm thấy tệp"),)) from None
    except (zipfile.error, InvalidFileException, LookupError, ValueError, OSError, EOFError, SyntaxError, TypeError):
        # openpyxl lets whatever its parts raise through; all of it means the same to a clerk
        expected = "không đọc được; cần một tệp Excel .xlsx (tạo mẫu bằng: tusoi roster template)"
        raise RosterErrors((RosterMistake(name, "", expected),)) from None


def read_sheet(workbook: Workbook, name: str) -> Worksheet:
    """The sheet of that name. Empty rows are passed over."""
    columns = SHEETS[name]
    if name not in workbook.sheetnames:
        missing = () if name in OPTIONAL_SHEETS else (RosterMistake(f"trang “{name}”", "", "thiếu trang này"),)
        return Worksheet(name, columns, {}, (), missing)
    sheet = workbook[name]
    if not hasattr(sheet, "iter_rows"):
        return Worksheet(name, columns, {}, (), (RosterMistake(f"trang “{name}”", "", "cần một trang tính có bảng"),))
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()  # what some programs write there is wrong
    rows = enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), start=1)
    _, header = next(rows, (1, ()))
    places = _places(header, columns)
    missing_columns = tuple(
        RosterMistake(f"trang “{name}”", "", f"thiếu cột “{column.title}” ở dòng 1")
        for column in columns
        if column.since_first and column.key not in places
    )
    if missing_columns:
        return Worksheet(name, columns, places, (), missing_columns)
    return _sheet(name, columns, places, rows)


def _source(file: Path | bytes) -> Path | BinaryIO:
    return io.BytesIO(file) if isinstance(file, bytes) else file


def _refuse_huge(file: Path | bytes, name: str) -> None:
    size = len(file) if isinstance(file, bytes) else file.stat().st_size
    if size > MAX_BYTES:
        raise RosterErrors((RosterMistake(name, "", "tệp quá lớn (tối đa 20 MB)"),))
    with zipfile.ZipFile(_source(file)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
            raise RosterErrors((RosterMistake(name, "", "tệp quá lớn khi mở ra"),))


def _places(header: Sequence[object], columns: Sequence[Column]) -> dict[str, int]:
    """Where each column stands; an unknown one is passed over."""
    titles = {clean(cell).casefold(): place for place, cell in enumerate(header)}
    return {column.key: titles[column.title.casefold()] for column in columns if column.title.casefold() in titles}


def _sheet(
    name: str, columns: Sequence[Column], places: Mapping[str, int], rows: Iterator[tuple[int, Sequence[object]]]
) -> Worksheet:
    absent = {column.key: column.otherwise for column in columns if column.key not in places}
    present = [(column, places[column.key]) for column in columns if column.key in places]
    good: list[WorksheetRow] = []
    mistakes: list[RosterMistake] = []
    for number, cells in rows:
        if number > MAX_ROWS:
            raise RosterErrors((RosterMistake(f"{name}!A{number}", "", f"quá nhiều dòng (tối đa {MAX_ROWS})"),))
        if not any(cell is not None and clean(cell) for cell in cells):
            continue
        values, wrong = _row(name, number, cells, present)
        mistakes += wrong
        if not wrong:
            good.append(WorksheetRow(number, values | absent))
    return Worksheet(name, columns, places, good, mistakes)


def _row(
    name: str, number: int, cells: Sequence[object], present: Sequence[tuple[Column, int]]
) -> tuple[dict[str, Any], list[RosterMistake]]:
    values: dict[str, Any] = {}
    mistakes = []
    for column, place in present:
        try:
            values[column.key] = read(cells[place] if place < len(cells) else None, column)
        except ValueError as error:
            mistakes.append(RosterMistake(_cell(name, place, number), column.title, str(error)))
    return values, mistakes


def _cell(sheet: str, place: int, number: int) -> str:
    return f"{sheet}!{get_column_letter(place + 1)}{number}"
