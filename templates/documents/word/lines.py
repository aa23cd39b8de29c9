"""Building blocks for Word files drawn without a template: A4 pages as in Nghị định 30/2020/NĐ-CP, Phụ lục I."""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from templates.documents.blocks import Heading

if TYPE_CHECKING:  # only needed for writing one
    from docx.document import Document

#: In millimetres: the width between the margins, and the two halves of heading and signature.
ACROSS, LEFT = 160, 66
#: Characters that XML cannot contain.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CENTRE, RIGHT, JUSTIFIED = 1, 2, 3


def page_of(document: "Document") -> None:
    """Set up A4 with the margins and font of Nghị định 30/2020/NĐ-CP."""
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


def numbered(document: "Document") -> None:
    """Number all pages but the first, centred at the top."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - see the top
    from docx.oxml.ns import qn  # noqa: PLC0415 - see the top

    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(paragraph.add_run("2")._r)  # noqa: SLF001 - the library has no fields
    paragraph._p.append(field)  # noqa: SLF001 - as above


def new_page(document: "Document") -> None:
    """Start a new page."""
    from docx.enum.text import WD_BREAK  # noqa: PLC0415 - see the top

    line(document, "").add_run().add_break(WD_BREAK.PAGE)


def halves(document: "Document") -> tuple[Any, Any]:
    """Two columns: the left and right half of a heading or a signature."""
    from docx.shared import Mm  # noqa: PLC0415 - see the top

    table: Any = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    for place, width in enumerate((LEFT, ACROSS - LEFT)):
        table.columns[place].width = table.rows[0].cells[place].width = Mm(width)
    return left, right


def without_first(cell: Any) -> None:
    """Remove the empty paragraph with which every cell begins."""
    first = cell.paragraphs[0]._p  # noqa: SLF001 - the library has no other way
    first.getparent().remove(first)


def line(
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
    """A paragraph in the document or in a cell."""
    from docx.oxml.parser import parse_xml  # noqa: PLC0415 - see the top

    paragraph = where.add_paragraph()
    drawn = parse_xml(_drawn(align, bold, italic, size, indent, before, after))
    paragraph._p.extend(list(drawn))  # noqa: SLF001 - as below
    paragraph.runs[0].text = _clean(text)
    return paragraph


@cache
def _drawn(align: int | None, bold: bool, italic: bool, size: int, indent: bool, before: int, after: int) -> bytes:  # noqa: FBT001 - as `line` is told
    """An empty paragraph with this formatting as XML. Parsing it for each line costs a fraction of building it with
    python-docx.
    """
    from docx.oxml.parser import OxmlElement  # noqa: PLC0415 - see the top
    from docx.shared import Mm, Pt  # noqa: PLC0415 - see the top
    from docx.text.paragraph import Paragraph  # noqa: PLC0415 - see the top
    from lxml import etree  # type: ignore[import-untyped] # noqa: PLC0415 - see the top; it has no types

    paragraph = Paragraph(OxmlElement("w:p"), None)  # type: ignore[arg-type]  # in no document
    paragraph.alignment = align  # type: ignore[assignment]  # its number
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    if indent:
        shape.first_line_indent = Mm(10)
    words = paragraph.add_run()
    words.bold, words.italic = bold, italic
    if size:
        words.font.size = Pt(size)
    kept: bytes = etree.tostring(paragraph._p)  # noqa: SLF001 - as below
    return kept


def run(paragraph: Any, text: str) -> Any:
    """Append text to the paragraph; characters that XML cannot contain are left out."""
    return paragraph.add_run(_clean(text))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def heading_of(document: "Document", heading: Heading, number: str, date: str) -> None:
    """The heading in the two columns of Nghị định 30/2020: issuing body, number and date."""
    left, right = halves(document)
    if heading.superior:
        line(left, heading.superior, align=CENTRE, size=12)
    line(left, heading.office, align=CENTRE, bold=True, size=12)
    line(left, "________", align=CENTRE, size=8, after=4)
    line(left, number, align=CENTRE, size=13)
    line(right, heading.first, align=CENTRE, bold=True, size=12)
    if heading.second:
        line(right, heading.second, align=CENTRE, bold=True, size=13)
    line(right, "______________________", align=CENTRE, size=8, after=4)
    if date:
        line(right, date, align=CENTRE, italic=True, size=13)
    for cell in (left, right):
        without_first(cell)
