"""Decisions and extracts as a PDF, the same words as in the Word file."""

from collections.abc import Sequence
from dataclasses import asdict

from templates.documents.decisions.page import DecisionPage
from templates.documents.summaries.cells import cell_text
from templates.documents.typeset import data, pdf_of


def decision_pdf(pages: Sequence[DecisionPage]) -> bytes:
    """One after the other, each on pages of its own, with its list behind it."""
    drawn = []
    for page in pages:
        one = asdict(page)
        if page.listed:
            one["listed"]["rows"] = [[cell_text(cell) for cell in row] for row in page.listed.rows]
        drawn.append(one)
    return pdf_of("decision.typ", {"pages": data(drawn)})
