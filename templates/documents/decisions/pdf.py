"""Decisions and extracts as a PDF, with the same words as the Word file."""

from collections.abc import Sequence
from dataclasses import asdict

from templates.documents.decisions.page import DecisionPage
from templates.documents.summaries.cells import cell_text
from templates.documents.typeset import data, pdf_of


def decision_pdf(pages: Sequence[DecisionPage]) -> bytes:
    """A PDF with the decisions one after the other, each on pages of its own and followed by its list."""
    drawn = []
    for page in pages:
        one = asdict(page)
        if page.listed:
            one["listed"]["rows"] = [[cell_text(cell) for cell in row] for row in page.listed.rows]
        drawn.append(one)
    return pdf_of("decision.typ", {"pages": data(drawn)})
