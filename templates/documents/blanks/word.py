"""Blank slips as a Word file, which an office can reword before printing."""

import io
from typing import Any

from templates.documents.blanks.page import BlankSlip
from templates.documents.word.lines import ACROSS, CENTRE, JUSTIFIED, line, page_of, run

#: Width of a column with boxes, in millimetres.
_BOX = 22


def blank_docx(slip: BlankSlip) -> bytes:
    """A Word file with one slip."""
    from docx import Document  # noqa: PLC0415 - only who writes one loads it

    document = Document()
    page_of(document)
    about = document.core_properties
    about.author, about.comments, about.title = "", "", slip.title
    line(document, slip.office, bold=not slip.unit, size=12)
    if slip.unit:
        line(document, slip.unit, bold=True, size=12)
    line(document, slip.word, align=CENTRE, bold=True, before=14)
    line(document, slip.title, align=CENTRE, bold=True, after=6)
    line(document, slip.how, align=JUSTIFIED, italic=True, size=12, after=6)
    _table(document, slip)
    line(document, slip.ours, italic=True, size=9, before=8)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _table(document: Any, slip: BlankSlip) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415 - see above

    table = document.add_table(rows=1 + len(slip.lines), cols=1 + len(slip.options))
    table.style, table.autofit = "Table Grid", False
    widths = [ACROSS - _BOX * len(slip.options), *[_BOX] * len(slip.options)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    texts = [(slip.column, *slip.options)]
    texts += [(f"{number}. {one}", *["☐"] * len(slip.options)) for number, one in enumerate(slip.lines, 1)]
    for place, (row, cells) in enumerate(zip(table.rows, texts, strict=True)):
        for cell, text, width in zip(row.cells, cells, widths, strict=True):
            cell.width = Mm(width)
            words = run(cell.paragraphs[0], text)
            words.bold, words.font.size = not place, Pt(11 if not place else 13)
            cell.paragraphs[0].alignment = CENTRE
        if place:
            row.cells[0].paragraphs[0].alignment = None
