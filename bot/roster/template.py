"""The empty roster for a clerk to fill: headings, hints, lists to choose from."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.roster.columns import GUIDE_SHEET, PEOPLE_SHEET, SHEETS, UNITS_SHEET, Column
from bot.roster.values import Roster
from rules.values import Subject

_ROWS = 500  # rows that offer the lists to choose from
_WORDS_OF = {Subject.OFFICIAL: "công chức", Subject.EMPLOYEE: "viên chức", Subject.WORKER: "người lao động"}
_ROLE_WORDS = {"head": "người đứng đầu", "deputy": "cấp phó", "": ""}


def write_template(path: Path) -> None:
    """Write the empty template with a sheet that explains every column."""
    workbook = _workbook(dict.fromkeys(SHEETS, ()))
    guide = workbook.create_sheet(GUIDE_SHEET)
    guide.append(["Trang", "Cột", "Ghi gì", "Ví dụ"])
    for sheet, columns in SHEETS.items():
        for column in columns:
            guide.append([sheet, column.title, column.hint, column.example])
    _dress(guide, [18, 26, 70, 34])
    workbook.save(path)


def write_roster(path: Path, roster: Roster) -> None:
    """Write a filled roster, as the template has it."""
    units = ([unit.name, unit.parent, _yes_no(unit.desk), unit.above] for unit in roster.units)
    people = (
        [
            person.key,
            person.name,
            person.position,
            person.unit,
            _WORDS_OF[person.subject],
            _yes_no(person.leader),
            _ROLE_WORDS[person.role],
            _yes_no(person.party_member),
            _yes_no(person.serves_public),
        ]
        for person in roster.people
    )
    _workbook({UNITS_SHEET: units, PEOPLE_SHEET: people}).save(path)


def _workbook(rows: dict[str, Iterable[Sequence[str]]]) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, columns in SHEETS.items():
        sheet = workbook.create_sheet(name)
        sheet.append([column.title for column in columns])
        for row in rows[name]:
            sheet.append(list(row))
        _offer_lists(sheet, columns)
        _dress(sheet, [34 if column.key in {"name", "unit", "parent", "position"} else 20 for column in columns])
    return workbook


def _offer_lists(sheet: Worksheet, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet[f"{letter}1"].comment = Comment(column.hint, "Tự Soi")
        if column.words:
            words = ",".join(word for word in column.words if word)
            choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True)
            choice.add(f"{letter}2:{letter}{_ROWS}")
            sheet.add_data_validation(choice)
    if sheet.title == PEOPLE_SHEET:
        units = DataValidation(type="list", formula1=f"'{UNITS_SHEET}'!$A$2:$A${_ROWS}", allow_blank=True)
        units.add(f"D2:D{_ROWS}")
        sheet.add_data_validation(units)


def _dress(sheet: Worksheet, widths: Sequence[int]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        head = sheet.cell(row=1, column=number)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="8A1C1C")
        head.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = "A2"


def _yes_no(value: bool) -> str:  # noqa: FBT001 - a cell's value
    return "có" if value else "không"
