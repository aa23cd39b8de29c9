"""Opinions as Word files."""

import io
from typing import TYPE_CHECKING

from templates.documents.inquiries.page import InquiryPage, InquiryPart
from templates.documents.word.lines import CENTRE, JUSTIFIED, RIGHT, halves, line, page_of, run, without_first

if TYPE_CHECKING:  # only needed for writing one
    from docx.document import Document

#: The dots of a line to be filled in by hand.
_DOTS = "." * 118


def inquiry_docx(page: InquiryPage) -> bytes:
    """A Word file with the opinion."""
    from docx import Document  # noqa: PLC0415 - only who writes one loads it

    document = Document()
    page_of(document)
    about = document.core_properties
    about.author, about.comments, about.title = "", "", page.title
    if page.mark:
        line(document, page.mark, align=RIGHT, bold=True, size=12)
    _heading(document, page)
    line(document, page.title, align=CENTRE, bold=True, before=14)
    if page.form:
        line(document, page.form, align=CENTRE, italic=True, size=13)
    line(document, "_______________", align=CENTRE, size=8, after=6)
    for label, value in page.facts:
        run(line(document, f"{label} ", after=3), value).bold = True
    for place, part in enumerate(page.parts, start=1):
        _part(document, place, part)
    if page.signs:
        _signature(document, page)
    for small in filter(None, (page.note, page.ours)):
        line(document, small, italic=True, size=9, before=6)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _heading(document: "Document", page: InquiryPage) -> None:
    left, right = halves(document)
    line(left, page.heading.office, align=CENTRE, bold=True, size=13)
    if page.heading.first:
        line(left, "*", align=CENTRE, size=13)
        line(right, page.heading.first, align=CENTRE, bold=True, size=14)
        line(right, "_______________________", align=CENTRE, size=8, after=4)
        line(right, page.date, align=CENTRE, italic=True, size=13)
    else:
        line(right, "")
    for cell in (left, right):
        without_first(cell)


def _part(document: "Document", place: int, part: InquiryPart) -> None:
    line(document, f"{place}. {part.label}", bold=True, before=6, after=3).paragraph_format.keep_with_next = True
    for text in part.lines:
        line(document, text, align=JUSTIFIED, indent=True, after=3)
    for label, marked in part.boxes:
        line(document, f"{'☒' if marked else '☐'} {label}", indent=True, after=3)
    for _ in range(part.dotted):
        line(document, _DOTS, size=12, before=6)


def _signature(document: "Document", page: InquiryPage) -> None:
    line(document, "")
    left, right = halves(document)
    line(left, "")
    line(right, page.signs, align=CENTRE, bold=True)
    line(right, page.sign_note, align=CENTRE, italic=True, size=12)
    for _ in range(4):
        line(right, "", align=CENTRE)
    line(right, page.signer, align=CENTRE, bold=True)
    for cell in (left, right):
        without_first(cell)
