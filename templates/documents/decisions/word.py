"""Decisions and extracts as a Word file, to be looked over, numbered and signed by the office."""

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from templates.documents.decisions.page import Copy, DecisionPage
from templates.documents.summaries.pdf import cell_text
from templates.documents.words import section

if TYPE_CHECKING:  # only who writes one loads it
    from docx.document import Document

#: Millimetres between the margins, and of the two halves of the heading and the signature.
_ACROSS, _LEFT = 160, 66
#: What XML cannot hold, whoever wrote it.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CENTRE, _JUSTIFIED = 1, 3


def decision_docx(pages: Sequence[DecisionPage]) -> bytes:
    """One after the other, each on pages of its own, with its list behind it."""
    from docx import Document  # noqa: PLC0415 - see the top

    document = Document()
    _page_of(document)
    about = document.core_properties
    about.author, about.comments, about.title = "", "", pages[0].title if pages else ""
    for number, page in enumerate(pages):
        if number:
            _new_page(document)
        _draw(document, page)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _page_of(document: "Document") -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - see the top
    from docx.shared import Mm, Pt  # noqa: PLC0415 - see the top

    one = document.sections[0]
    one.page_width, one.page_height = Mm(210), Mm(297)
    one.top_margin = one.bottom_margin = one.right_margin = Mm(20)
    one.left_margin = Mm(30)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    style.paragraph_format.space_after = Pt(0)


def _draw(document: "Document", page: DecisionPage) -> None:
    _heading(document, page)
    _line(document, page.title, align=_CENTRE, bold=True, before=14)
    _line(document, page.about, align=_CENTRE, bold=True)
    _line(document, "_______________", align=_CENTRE, size=8)
    _line(document, page.issuer, align=_CENTRE, bold=True, before=6, after=6)
    for ground in page.grounds:
        _line(document, ground, align=_JUSTIFIED, italic=True, indent=True, after=4)
    _line(document, page.decides, align=_CENTRE, bold=True, before=6, after=6)
    for number, one in enumerate(page.articles, start=1):
        paragraph = _line(document, one.label, align=_JUSTIFIED, bold=True, indent=True, after=4)
        end = f" {section('decision')['end']}" if number == len(page.articles) else ""
        _run(paragraph, f" {one.text}{end}")
    _signature(document, page)
    _line(document, page.note, italic=True, size=9, before=10)
    if page.copy:
        _copy(document, page.copy)
    if page.listed:
        _list(document, page)


def _heading(document: "Document", page: DecisionPage) -> None:
    left, right = _halves(document)
    if page.heading.superior:
        _line(left, page.heading.superior, align=_CENTRE, size=12)
    _line(left, page.heading.office, align=_CENTRE, bold=True, size=12)
    _line(left, "________", align=_CENTRE, size=8, after=4)
    _line(left, page.number, align=_CENTRE, size=13)
    _line(right, page.heading.first, align=_CENTRE, bold=True, size=12)
    _line(right, page.heading.second, align=_CENTRE, bold=True, size=13)
    _line(right, "______________________", align=_CENTRE, size=8, after=4)
    _line(right, page.date, align=_CENTRE, italic=True, size=13)
    for cell in (left, right):
        _without_first(cell)


def _signature(document: "Document", page: DecisionPage) -> None:
    _line(document, "")
    left, right = _halves(document)
    _line(left, page.called, bold=True, italic=True, size=12)
    for one in page.recipients:
        _line(left, f"- {one};", size=11)
    _line(right, page.signer, align=_CENTRE, bold=True)
    for _ in range(4):
        _line(right, "", align=_CENTRE)
    _line(right, page.name, align=_CENTRE, bold=True)
    for cell in (left, right):
        _without_first(cell)


def _copy(document: "Document", copy: Copy) -> None:
    """Below a line across the page: of whom the copy is, and who signs it."""
    _ruled(_line(document, "", size=6, before=6, after=6))
    left, right = _halves(document)
    _line(left, copy.office, align=_CENTRE, bold=True, size=12)
    _line(left, copy.number, align=_CENTRE, size=13)
    _line(right, copy.kind, align=_CENTRE, bold=True, size=13)
    _line(right, copy.date, align=_CENTRE, italic=True, size=13)
    for cell in (left, right):
        _without_first(cell)
    _line(document, "", size=6)
    left, right = _halves(document)
    _line(left, section("decision")["recipients"], bold=True, italic=True, size=12)
    for one in copy.recipients:
        _line(left, f"- {one};", size=11)
    _line(right, copy.signer, align=_CENTRE, bold=True)
    for _ in range(2):
        _line(right, "", align=_CENTRE)
    for cell in (left, right):
        _without_first(cell)


def _ruled(paragraph: Any) -> None:
    """With a line below it, from margin to margin."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - see the top
    from docx.oxml.ns import qn  # noqa: PLC0415 - see the top

    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - the library has no other way


def _narrow_cells(table: Any) -> None:
    """A millimetre beside the words of a cell: what Word leaves by itself breaks the narrowest headings."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - see the top
    from docx.oxml.ns import qn  # noqa: PLC0415 - see the top

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        width = OxmlElement(f"w:{side}")
        width.set(qn("w:w"), "57")
        width.set(qn("w:type"), "dxa")
        margins.append(width)
    known = table._tbl.tblPr  # noqa: SLF001 - python-docx has no other way to the margins of cells
    look = known.find(qn("w:tblLook"))
    (known.append if look is None else look.addprevious)(margins)


def _list(document: "Document", page: DecisionPage) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - see the top
    from docx.shared import Mm  # noqa: PLC0415 - see the top

    assert page.listed is not None, "asked before"
    _new_page(document)
    _line(document, page.list_title, align=_CENTRE, bold=True)
    _line(document, page.attached, align=_CENTRE, italic=True, after=6)
    heads = page.listed.heads
    table: Any = document.add_table(rows=1, cols=len(heads))
    table.style, table.autofit = "Table Grid", False
    _narrow_cells(table)
    asked = sum(head.width for head in heads)
    for column, head in zip(table.columns, heads, strict=True):
        column.width = Mm(head.width * _ACROSS / asked)
    rows = [[head.title for head in heads], *([cell_text(cell) for cell in row] for row in page.listed.rows)]
    for number, row in enumerate(rows):
        cells = table.rows[0].cells if not number else table.add_row().cells
        for cell, text, head in zip(cells, row, heads, strict=True):
            cell.width = Mm(head.width * _ACROSS / asked)
            centred = not number or head.align == "center"
            _line(cell, text, align=_CENTRE if centred else None, bold=not number, size=12)
            _without_first(cell)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - the library has no other way
    for below in page.listed.below:
        _line(document, below, bold=True, size=12, before=4)
    _line(document, page.moment, italic=True, size=10, before=4)


def _new_page(document: "Document") -> None:
    from docx.enum.text import WD_BREAK  # noqa: PLC0415 - see the top

    _line(document, "").add_run().add_break(WD_BREAK.PAGE)


def _halves(document: "Document") -> tuple[Any, Any]:
    from docx.shared import Mm  # noqa: PLC0415 - see the top

    table: Any = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    for place, width in enumerate((_LEFT, _ACROSS - _LEFT)):
        table.columns[place].width = table.rows[0].cells[place].width = Mm(width)
    return left, right


def _without_first(cell: Any) -> None:
    """A cell begins with a paragraph of its own."""
    first = cell.paragraphs[0]._p  # noqa: SLF001 - the library has no other way
    first.getparent().remove(first)


def _line(
    where: Any,
    text: str,
    *,
    align: int | None = None,
    bold: bool = False,
    italic: bool = False,
    size: int = 0,
    indent: bool = False,
    before: int = 0,
    after: int = 0,
) -> Any:
    from docx.shared import Mm, Pt  # noqa: PLC0415 - see the top

    paragraph = where.add_paragraph()
    paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    if indent:
        shape.first_line_indent = Mm(10)
    run = _run(paragraph, text)
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)
    return paragraph


def _run(paragraph: Any, text: str) -> Any:
    return paragraph.add_run(_NOT_XML.sub("", text))
