"""Summary tables as Word files with the same values as the PDF: A4 landscape, with the heading repeated on every page."""

import io
from typing import TYPE_CHECKING

from templates.documents.summaries.cells import cell_text
from templates.documents.summaries.page import SummaryPage

if TYPE_CHECKING:  # 5 MB, only needed for printing
    from docx.document import Document
    from docx.table import _Cell

_FONT = "Times New Roman"
_ACROSS = 252


def summary_docx(page: SummaryPage) -> bytes:
    """The table as a Word file."""
    from docx import Document  # noqa: PLC0415 - see the top

    document = Document()
    _for_paper(document)
    _above(document, page)
    _table(document, page)
    _below(document, page)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _for_paper(document: "Document") -> None:
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 - see the top
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    sheet = document.sections[0]
    sheet.orientation = WD_ORIENT.LANDSCAPE
    sheet.page_width, sheet.page_height = Mm(297), Mm(210)
    sheet.left_margin, sheet.right_margin, sheet.top_margin, sheet.bottom_margin = Mm(30), Mm(15), Mm(20), Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(2)


def _above(document: "Document", page: SummaryPage) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # noqa: PLC0415 - see the top
    from docx.shared import Pt  # noqa: PLC0415

    heads = document.add_table(rows=1, cols=2).rows[0].cells
    left = [(page.heading.superior, False), (page.heading.office, True)]
    for cell, lines in zip(heads, (left, [(page.heading.first, True), (page.heading.second, True)]), strict=True):
        _lines(cell, [one for one in lines if one[0]])
    for text, size, bold in ((page.title, 14, True), *((line, 12, False) for line in page.about if line)):
        paragraph = document.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)


def _lines(cell: "_Cell", lines: list[tuple[str, bool]]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # noqa: PLC0415 - see the top

    for place, (text, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        paragraph.add_run(text).bold = bold


def _table(document: "Document", page: SummaryPage) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # noqa: PLC0415 - see the top
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    asked = sum(head.width for head in page.heads)
    table = document.add_table(rows=0, cols=len(page.heads))
    table.style, table.autofit = "Table Grid", False
    for column, head in zip(table.columns, page.heads, strict=True):
        column.width = Mm(head.width * _ACROSS / asked)
    every = [(tuple(head.title for head in page.heads), True), *((row, False) for row in page.rows)]
    for number, (row, heading) in enumerate(every):
        drawn = table.add_row()
        if number == 0:
            drawn._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - python-docx has no word for it
        for cell, head, value in zip(drawn.cells, page.heads, row, strict=True):
            cell.width = Mm(head.width * _ACROSS / asked)
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGN.LEFT if head.align == "left" and not heading else ALIGN.CENTER
            run = paragraph.add_run(cell_text(value))
            run.bold, run.font.size = heading or number - 1 in page.strong, Pt(11)


def _below(document: "Document", page: SummaryPage) -> None:
    from docx.shared import Pt  # noqa: PLC0415 - see the top

    for line in page.below:
        document.add_paragraph().add_run(line).bold = True
    for line in page.notes:
        run = document.add_paragraph().add_run(line)
        run.italic, run.font.size = True, Pt(10)
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    signers = ("", page.date), *((title, page.by_hand if title else "") for title in page.signers)
    _lines(cells[0], [(signers[1][0], True), (signers[1][1], False)] if signers[1][0] else [])
    _lines(cells[1], [(page.date, False), *([(signers[2][0], True), (signers[2][1], False)] if signers[2][0] else [])])
