"""Summary tables as a workbook: one worksheet each, A4 landscape, with the heading repeated on every page."""

import datetime as dt
import io
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import TYPE_STRING, Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from templates.documents.summaries.page import Shown, SummaryPage
from templates.documents.texts import number

#: Millimetres: the width of A4 landscape between margins of 30 and 15 mm, and one unit of Excel's column widths.
_ACROSS, _UNIT = 252, 2.0
_FONT = "Times New Roman"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
#: The characters that a worksheet name may not contain, and its maximum length.
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31
#: The height of a line in points, and the width of a letter in millimetres.
_LINE, _LETTER = 16.5, 1.9
_ROOM_TO_SIGN = 4


def workbook(pages: Sequence[tuple[str, SummaryPage | str]]) -> bytes:
    """The tables under these names, in order; a repeated name gets a number. Text instead of a table is put into one
    cell.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, page in pages:
        sheet = book.create_sheet(_sheet_name(name, {one.lower() for one in book.sheetnames}))
        if isinstance(page, str):
            _tell(sheet, page)
        else:
            _draw(sheet, page)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _sheet_name(wanted: str, taken: set[str]) -> str:
    plain = " ".join(_NOT_IN_NAMES.sub(" ", wanted).split()).strip("'") or "-"
    name, place = plain[:_LONGEST], 1
    while name.lower() in taken:
        place += 1
        behind = f" {place}"
        name = plain[: _LONGEST - len(behind)] + behind
    return name


def _tell(sheet: Worksheet, words: str) -> None:
    sheet.column_dimensions["A"].width = _ACROSS / _UNIT
    cell = sheet["A1"]
    cell.value, cell.data_type = words, TYPE_STRING
    cell.font, cell.alignment = Font(name=_FONT, size=12), Alignment(wrap_text=True, vertical="top")


def _draw(sheet: Worksheet, page: SummaryPage) -> None:
    asked = sum(head.width for head in page.heads)
    widths = [head.width * _ACROSS / asked for head in page.heads]
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width / _UNIT
    head_row = _above(sheet, page, widths)
    _row(sheet, head_row, [head.title for head in page.heads], widths, ["center"] * len(widths), bold=True)
    for place, cells in enumerate(page.rows):
        _row(sheet, head_row + 1 + place, cells, widths, [head.align for head in page.heads], bold=place in page.strong)
    last_row = _below(sheet, page, widths, head_row + len(page.rows) + 1)
    _for_paper(sheet, head_row, last_row)


def _above(sheet: Worksheet, page: SummaryPage, widths: Sequence[float]) -> int:
    """Office and nation, title, and subject; returns the row where the table begins."""
    count, left = len(widths), _half(widths)
    bodies = [page.heading.superior, page.heading.office] if page.heading.superior else [page.heading.office, ""]
    for row, (mine, theirs) in enumerate(zip(bodies, (page.heading.first, page.heading.second), strict=True), start=1):
        _across(sheet, row, 1, left, mine, bold=mine == page.heading.office, centred=True)
        _across(sheet, row, left + 1, count, theirs, bold=True, centred=True)
        texts, halves = [mine, theirs], [sum(widths[:left]), sum(widths[left:])]
        sheet.row_dimensions[row].height = _height(texts, halves, 1.1)
    if page.code:
        _across(sheet, 3, 1, count, page.code, bold=True).alignment = Alignment(horizontal="right")
    _across(sheet, 4, 1, count, page.title, bold=True, centred=True, size=14)
    sheet.row_dimensions[4].height = _height([page.title], [sum(widths)], 1.3)
    for row, line in enumerate(page.about, start=5):
        _across(sheet, row, 1, count, line, centred=True)
        sheet.row_dimensions[row].height = _height([line], [sum(widths)])
    return 6 + len(page.about)


def _below(sheet: Worksheet, page: SummaryPage, widths: Sequence[float], row: int) -> int:
    """Totals, sources and signatures; returns the last printed row."""
    count, left = len(widths), _half(widths)
    for text, small in (*((line, False) for line in page.below), *((line, True) for line in page.notes)):
        cell = _across(sheet, row, 1, count, text)
        cell.font = Font(name=_FONT, size=10 if small else 12, italic=small, bold=not small)
        sheet.row_dimensions[row].height = _height([text], [sum(widths)])
        row += 1
    _across(sheet, row + 1, left + 1, count, page.date, centred=True).font = Font(name=_FONT, size=12, italic=True)
    for start, end, title in ((1, left, page.signers[0]), (left + 1, count, page.signers[1])):
        _across(sheet, row + 2, start, end, title, bold=True, centred=True)
        hand = _across(sheet, row + 3, start, end, page.by_hand if title else "", centred=True)
        hand.font = Font(name=_FONT, size=11, italic=True)
    return row + 3 + _ROOM_TO_SIGN


def _half(widths: Sequence[float]) -> int:
    """The number of columns in the left half: as close to the middle as possible. A table has at least two columns."""
    sums = [sum(widths[:number]) for number in range(1, len(widths))]
    return 1 + min(range(len(sums)), key=lambda place: abs(sums[place] - sum(widths) / 2))


def _row(
    sheet: Worksheet, row: int, cells: Sequence[Shown], widths: Sequence[float], aligns: Sequence[str], *, bold: bool
) -> None:
    for place, (value, align) in enumerate(zip(cells, aligns, strict=True), start=1):
        cell = _put(sheet, row, place, value)
        cell.font = Font(name=_FONT, size=11, bold=bold)
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
        cell.border = _BOX
    sheet.row_dimensions[row].height = _height([str(one) for one in cells], widths)


def _height(texts: Sequence[str], widths: Sequence[float], size: float = 1.0) -> float:
    """The row height in points for the text with the most lines."""
    lines = max(
        (-(-len(text) * _LETTER * size // max(width - 3, 1)) for text, width in zip(texts, widths, strict=True)),
        default=1,
    )
    return _LINE * size * max(lines, 1)


def _across(
    sheet: Worksheet,
    row: int,
    start: int,
    end: int,
    text: str,
    *,
    bold: bool = False,
    centred: bool = False,
    size: int = 12,
) -> Cell:
    """A text spanning several columns."""
    cell = _put(sheet, row, min(start, end), text)
    cell.font = Font(name=_FONT, size=size, bold=bold)
    cell.alignment = Alignment(horizontal="center" if centred else "left", vertical="center", wrap_text=True)
    if end > start:
        sheet.merge_cells(start_row=row, start_column=start, end_row=row, end_column=end)
    return cell


def _put(sheet: Worksheet, row: int, column: int, value: Shown) -> Cell:
    """Write a value. Text from people stays text whatever it begins with, so that it is never evaluated as a formula."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell), "nothing is written into a merged cell"
    cell.value = value if value != "" else None
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@"}:
        cell.data_type = TYPE_STRING
        cell.quotePrefix = True
    elif isinstance(value, dt.date):
        cell.number_format = "DD/MM/YYYY"
    elif isinstance(value, float) and number(value).endswith("…"):
        cell.value = number(value)  # what never ends would be shown rounded, as if it reached what it does not reach
    return cell


def _for_paper(sheet: Worksheet, head_row: int, last_row: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 1.18, 0.59, 0.79, 0.79  # inches: 30, 15, 20, 20 mm
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.print_area = f"A1:{get_column_letter(sheet.max_column)}{last_row}"
    footer = sheet.HeaderFooter.oddFooter
    assert footer is not None, "a new sheet has one"
    footer.right.text = "&P/&N"
    sheet.freeze_panes = f"A{head_row + 1}"
