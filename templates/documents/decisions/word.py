"""Decisions and extracts as a Word file, to be checked, numbered and signed by the office."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from templates.documents.decisions.page import Copy, DecisionPage
from templates.documents.summaries.cells import cell_text
from templates.documents.word.lines import (
    ACROSS,
    CENTRE,
    JUSTIFIED,
    halves,
    heading_of,
    line,
    new_page,
    page_of,
    run,
    without_first,
)
from templates.documents.words import section

if TYPE_CHECKING:  # only needed for writing one
    from docx.document import Document


def decision_docx(pages: Sequence[DecisionPage]) -> bytes:
    """A Word file with the decisions one after the other, each on pages of its own and followed by its list."""
    from docx import Document  # noqa: PLC0415 - see the top

    document = Document()
    page_of(document)
    about = document.core_properties
    about.author, about.comments, about.title = "", "", pages[0].title if pages else ""
    for number, page in enumerate(pages):
        if number:
            new_page(document)
        _draw(document, page)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _draw(document: "Document", page: DecisionPage) -> None:
    heading_of(document, page.heading, page.number, page.date)
    line(document, page.title, align=CENTRE, bold=True, before=14)
    line(document, page.about, align=CENTRE, bold=True)
    line(document, "_______________", align=CENTRE, size=8)
    line(document, page.issuer, align=CENTRE, bold=True, before=6, after=6)
    for ground in page.grounds:
        line(document, ground, align=JUSTIFIED, italic=True, indent=True, after=4)
    line(document, page.decides, align=CENTRE, bold=True, before=6, after=6)
    for number, one in enumerate(page.articles, start=1):
        paragraph = line(document, one.label, align=JUSTIFIED, bold=True, indent=True, after=4)
        end = f" {section('decision')['end']}" if number == len(page.articles) else ""
        run(paragraph, f" {one.text}{end}")
    _signature(document, page)
    line(document, page.note, italic=True, size=9, before=10)
    if page.copy:
        _copy(document, page.copy)
    if page.listed:
        _list(document, page)


def _signature(document: "Document", page: DecisionPage) -> None:
    line(document, "")
    left, right = halves(document)
    line(left, page.called, bold=True, italic=True, size=12)
    for one in page.recipients:
        line(left, f"- {one}", size=11)
    line(right, page.signer, align=CENTRE, bold=True)
    for gap in ("", page.signed, "") if page.signed else ("",) * 4:
        line(right, gap, align=CENTRE, italic=True)
    line(right, page.name, align=CENTRE, bold=True)
    for cell in (left, right):
        without_first(cell)


def _copy(document: "Document", copy: Copy) -> None:
    """Add the certification of an extract below a line across the page."""
    _ruled(line(document, "", size=6, before=6, after=6))
    left, right = halves(document)
    line(left, copy.office, align=CENTRE, bold=True, size=12)
    line(left, copy.number, align=CENTRE, size=13)
    line(right, copy.kind, align=CENTRE, bold=True, size=13)
    line(right, copy.date, align=CENTRE, italic=True, size=13)
    for cell in (left, right):
        without_first(cell)
    line(document, "", size=6)
    left, right = halves(document)
    line(left, section("decision")["recipients"], bold=True, italic=True, size=12)
    for one in copy.recipients:
        line(left, f"- {one}", size=11)
    line(right, copy.signer, align=CENTRE, bold=True)
    for _ in range(2):
        line(right, "", align=CENTRE)
    for cell in (left, right):
        without_first(cell)


def _ruled(paragraph: Any) -> None:
    """Draw a line below the paragraph, from margin to margin."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - see the top
    from docx.oxml.ns import qn  # noqa: PLC0415 - see the top

    borders, border = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        border.set(qn(f"w:{name}"), value)
    borders.append(border)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - the library has no other way


def _narrow_cells(table: Any) -> None:
    """Set cell margins of one millimetre: Word's default would break the narrowest headings."""
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
    new_page(document)
    line(document, page.list_title, align=CENTRE, bold=True)
    line(document, page.attached, align=CENTRE, italic=True, after=6)
    heads = page.listed.heads
    table: Any = document.add_table(rows=1, cols=len(heads))
    table.style, table.autofit = "Table Grid", False
    _narrow_cells(table)
    asked = sum(head.width for head in heads)
    for column, head in zip(table.columns, heads, strict=True):
        column.width = Mm(head.width * ACROSS / asked)
    rows = [[head.title for head in heads], *([cell_text(cell) for cell in row] for row in page.listed.rows)]
    for number, row in enumerate(rows):
        cells = table.rows[0].cells if not number else table.add_row().cells
        for cell, text, head in zip(cells, row, heads, strict=True):
            cell.width = Mm(head.width * ACROSS / asked)
            centred = not number or head.align == "center"
            line(cell, text, align=CENTRE if centred else None, bold=not number, size=12)
            without_first(cell)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - the library has no other way
    for below in page.listed.below:
        line(document, below, bold=True, size=12, before=4)
    line(document, page.moment, italic=True, size=10, before=4)
