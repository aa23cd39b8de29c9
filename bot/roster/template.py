"""Writes the empty roster for a clerk (headings, hints, drop-down lists), or one filled with the present data."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_FORMULA, TYPE_STRING
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.roster.column import CellKind, Column, written
from bot.roster.columns import (
    BODIES_SHEET,
    GUIDE_SHEET,
    PEOPLE_SHEET,
    POSTS_SHEET,
    SERVICE_FIELDS,
    SHEETS,
    UNITS_SHEET,
)
from rules.nouns.text import folded
from rules.roster.people import Roster, RosterBody, RosterPerson, RosterPost, RosterUnit

RosterRow = RosterUnit | RosterPerson | RosterPost | RosterBody

_ROWS = 500  # rows that offer the lists to choose from
_DAY_FORMAT = "DD/MM/YYYY"
_WIDE = frozenset({"name", "unit", "parent", "position", "leaves", "ratings", "what"})


def write_template(file: Path | BinaryIO) -> None:
    """Write the empty template with a sheet that explains every column."""
    workbook = _workbook({})
    add_guide(workbook, SHEETS)
    workbook.save(file)


def write_roster(file: Path | BinaryIO, roster: Roster) -> None:
    """Write a filled roster in the form of the template."""
    rows: dict[str, Iterable[RosterRow]] = {
        UNITS_SHEET: roster.units,
        PEOPLE_SHEET: roster.people,
        POSTS_SHEET: roster.posts,
        BODIES_SHEET: _bodies(roster),
    }
    _workbook(rows).save(file)


def _bodies(roster: Roster) -> tuple[RosterBody, ...]:
    """The stored party bodies, and the cells that people name and that are not described yet, with rows to fill in."""
    kept = roster.bodies or ()
    known = {folded(body.name) for body in kept}
    cells = {folded(name): name for one in roster.people if (name := one.service.party_cell)}
    return (*kept, *(RosterBody(name) for cell, name in cells.items() if cell not in known))


def _workbook(rows: Mapping[str, Iterable[RosterRow]]) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, columns in SHEETS.items():
        values = ([written(_field(row, column.key), column) for column in columns] for row in rows.get(name, ()))
        add_sheet(workbook, name, columns, values)
    return workbook


def add_sheet(workbook: Workbook, name: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> None:
    """Add a sheet with the titles, hints and drop-down lists of these columns, and rows of cells."""
    sheet = workbook.create_sheet(name)
    sheet.append([f"{column.title} *" if column.required else column.title for column in columns])
    for row in rows:
        sheet.append(list(row))
    _offer_lists(sheet, columns)
    _show_days(sheet, columns)
    dress(sheet, [34 if column.key in _WIDE else 20 for column in columns])


def add_guide(workbook: Workbook, sheets: Mapping[str, Sequence[Column]], *also: Sequence[str]) -> None:
    """Add the sheet that explains every column, with additional rows."""
    guide = workbook.create_sheet(GUIDE_SHEET)
    guide.append(["Trang", "Cột", "Ghi gì", "Ví dụ"])
    for sheet, columns in sheets.items():
        for column in columns:
            title = f"{column.title} *" if column.required else column.title
            guide.append([sheet, title, column.hint, column.example])
    guide.append(["", "*", "Cột bắt buộc: dòng nào cũng phải ghi", ""])
    for row in also:
        guide.append(list(row))
    dress(guide, [18, 26, 70, 34])


def _field(row: RosterRow, key: str) -> object:
    if isinstance(row, RosterPerson) and key in SERVICE_FIELDS:
        return getattr(row.service, key)
    return getattr(row, key)


def _offer_lists(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet[f"{letter}1"].comment = Comment(column.hint, "Tự Soi")
        if column.words:
            words = ",".join(word for word in column.words if word)
            _offer(sheet, letter, f'"{words}"')
        elif column.key in {"unit", "parent"}:
            _offer(sheet, letter, f"'{UNITS_SHEET}'!$A$2:$A${_ROWS}")


def _offer(sheet: Worksheet, letter: str, formula: str) -> None:
    choice = DataValidation(type="list", formula1=formula, allow_blank=True)
    choice.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(choice)


def _show_days(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """Format a column of dates as day, month, year."""
    for number, column in enumerate(columns, start=1):
        if column.kind is not CellKind.DAY:
            continue
        sheet.column_dimensions[get_column_letter(number)].number_format = _DAY_FORMAT
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, number).number_format = _DAY_FORMAT


def dress(sheet: Worksheet, widths: Sequence[int]) -> None:
    """Set widths, and freeze and format the titles. Text from people stays text, so nothing is evaluated as a formula."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        head = sheet.cell(row=1, column=number)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="8A1C1C")
        head.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = "A2"
    for cell in (cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.data_type == TYPE_FORMULA):
        cell.data_type = TYPE_STRING
        cell.quotePrefix = True
