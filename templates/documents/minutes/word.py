"""The minutes as a Word file, to be checked and signed."""

import io
from typing import TYPE_CHECKING, Any

from templates.documents.minutes.page import Kind, Line, MinutesPage, Signer
from templates.documents.word.lines import (
    CENTRE,
    JUSTIFIED,
    RIGHT,
    halves,
    heading_of,
    line,
    numbered,
    page_of,
    run,
    without_first,
)

if TYPE_CHECKING:  # only needed for writing one
    from docx.document import Document

#: Number of paragraphs kept on one page with the signatures: the last line and an empty one.
_BEFORE = 2


def minutes_docx(page: MinutesPage) -> bytes:
    """One file."""
    from docx import Document  # noqa: PLC0415 - see the top

    document = Document()
    page_of(document)
    numbered(document)
    about = document.core_properties
    about.author, about.comments, about.title = "", "", page.title
    if page.mark:
        line(document, page.mark, align=RIGHT, bold=True, size=12)
    heading_of(document, page.heading, page.number, page.date)
    line(document, page.title, align=CENTRE, bold=True, before=14)
    line(document, page.about, align=CENTRE, bold=True)
    line(document, "_______________", align=CENTRE, size=8, after=6)
    for one in page.lines:
        _line(document, one)
    _signatures(document, page)
    if page.note:
        line(document, page.note, italic=True, size=9, before=10)
    _together(document)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _together(document: "Document") -> None:
    """Keep the last line, the signatures and the recipients on one page."""
    from docx.table import Table  # noqa: PLC0415 - see the top

    parts = [*document.iter_inner_content()]
    (place,) = [at for at, one in enumerate(parts) if isinstance(one, Table)][-1:]
    for one in parts[place - _BEFORE : -1]:
        cells = [cell for row in one.rows for cell in row.cells] if isinstance(one, Table) else [one]
        for paragraph in [each for cell in cells for each in getattr(cell, "paragraphs", [cell])]:
            paragraph.paragraph_format.keep_with_next = True


def _line(document: "Document", one: Line) -> None:
    if one.kind is Kind.HEAD:
        line(document, one.text, bold=True, indent=True, before=6, after=4).paragraph_format.keep_with_next = True
        return
    if one.kind is Kind.ITEM:
        line(document, one.text, bold=True, indent=True, before=4, after=3).paragraph_format.keep_with_next = True
        return
    paragraph = line(document, one.lead, align=JUSTIFIED, bold=one.kind is Kind.TEXT, indent=True, after=3)
    if one.kind is Kind.POINT and one.lead:
        paragraph.runs[0].italic = True
    if not one.text:
        paragraph.paragraph_format.keep_with_next = True
    run(paragraph, f" {one.text}" if one.lead and one.text else one.text)


def _signatures(document: "Document", page: MinutesPage) -> None:
    line(document, "")
    left, right = halves(document)
    for cell, signer in ((left, page.writes), (right, page.chairs)):
        _signature(cell, signer)
        without_first(cell)
    line(document, page.called, bold=True, italic=True, size=12, before=8)
    for one in page.recipients:
        line(document, f"- {one};", size=11)


def _signature(cell: Any, signer: Signer) -> None:
    line(cell, signer.title, align=CENTRE, bold=True)
    for _ in range(4):
        line(cell, "", align=CENTRE)
    line(cell, signer.name, align=CENTRE, bold=True)
