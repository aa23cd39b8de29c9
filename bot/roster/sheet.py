"""Reads a sheet cell by cell: every mistake with its cell, nothing guessed, no formula believed."""

import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.roster.columns import MAX_CHARS, SHEETS, Column
from bot.roster.values import RosterErrors, RosterMistake

#: A file larger than this is no roster of an office.
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A parsed row: `number` as the spreadsheet counts it, values by column key."""

    number: int
    values: Mapping[str, object]

    def text(self, key: str) -> str:
        """A text value."""
        return str(self.values[key])


def open_workbook(path: Path) -> Workbook:
    """The workbook. Raises RosterErrors when the file cannot be read as one."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RosterErrors((RosterMistake(path.name, "", "tệp quá lớn (tối đa 20 MB)"),))
        return load_workbook(path, data_only=False)
    except FileNotFoundError:
        raise RosterErrors((RosterMistake(path.name, "", "không tìm thấy tệp"),)) from None
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError, SyntaxError):
        # openpyxl lets whatever its parts raise through; all of it means the same to a clerk
        expected = "không đọc được; cần một tệp Excel .xlsx (tạo mẫu bằng: tusoi roster template)"
        raise RosterErrors((RosterMistake(path.name, "", expected),)) from None


def read_rows(workbook: Workbook, sheet_name: str) -> tuple[list[Row], list[RosterMistake]]:
    """The rows of a sheet and all its mistakes. Empty rows are passed over."""
    if sheet_name not in workbook.sheetnames:
        return [], [RosterMistake(f"trang “{sheet_name}”", "", "thiếu trang này")]
    sheet = workbook[sheet_name]
    if not isinstance(sheet, Worksheet):
        return [], [RosterMistake(f"trang “{sheet_name}”", "", "cần một trang tính có bảng")]
    columns = SHEETS[sheet_name]
    places, mistakes = _places(sheet, columns)
    rows = []
    for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), start=2):
        if mistakes and not places:
            break
        if any(_text(cell) for cell in cells):
            values, wrong = _row(sheet.title, number, cells, columns, places)
            mistakes += wrong
            if not wrong:
                rows.append(Row(number, values))
    return rows, mistakes


def _places(sheet: Worksheet, columns: Sequence[Column]) -> tuple[dict[str, int], list[RosterMistake]]:
    """Where each column stands; a missing one is a mistake, an unknown one is passed over."""
    header = next(sheet.iter_rows(min_row=1, max_row=1, values_only=True), ())
    titles = {_text(cell).casefold(): place for place, cell in enumerate(header) if _text(cell)}
    places = {column.key: titles[column.title.casefold()] for column in columns if column.title.casefold() in titles}
    missing = [
        RosterMistake(f"trang “{sheet.title}”", "", f"thiếu cột “{column.title}” ở dòng 1")
        for column in columns
        if column.key not in places
    ]
    return ({} if missing else places), missing


def _row(
    sheet: str, number: int, cells: Sequence[object], columns: Sequence[Column], places: Mapping[str, int]
) -> tuple[dict[str, object], list[RosterMistake]]:
    values: dict[str, object] = {}
    mistakes = []
    for column in columns:
        place = places[column.key]
        raw = cells[place] if place < len(cells) else None
        try:
            values[column.key] = _value(raw, column)
        except ValueError as error:
            cell = f"{sheet}!{get_column_letter(place + 1)}{number}"
            mistakes.append(RosterMistake(cell, column.title, str(error)))
    return values, mistakes


def _value(raw: object, column: Column) -> object:
    """The value of a cell. Raises ValueError with what was expected."""
    text = _text(raw)
    if text.startswith("="):
        raise ValueError("là công thức; hãy dán giá trị (Dán đặc biệt → Giá trị)")
    if len(text) > MAX_CHARS:
        raise ValueError(f"quá dài; tối đa {MAX_CHARS} ký tự")
    if not text:
        if column.required:
            raise ValueError(column.expected)
        return column.words.get("", column.otherwise)
    if not column.words:
        return text
    word = text.casefold()
    if word not in column.words:
        raise ValueError(f"“{text[:40]}” không đúng; {column.expected}")
    return column.words[word]


def _text(raw: object) -> str:
    """A cell as clean text: NFC, single blanks, no control characters."""
    text = unicodedata.normalize("NFC", "" if raw is None else str(raw))
    visible = "".join(" " if unicodedata.category(char) in {"Cc", "Zs"} else char for char in text)
    return " ".join("".join(char for char in visible if unicodedata.category(char) != "Cf").split())
