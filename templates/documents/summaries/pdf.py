"""Summary tables as a PDF, with the same values as the workbook."""

from collections.abc import Sequence
from dataclasses import asdict

from templates.documents.summaries.cells import cell_text
from templates.documents.summaries.page import SummaryPage
from templates.documents.typeset import data, pdf_of


def summary_pdf(pages: Sequence[SummaryPage]) -> bytes:
    """A PDF with the tables, each on a page of its own."""
    drawn = [asdict(page) | {"rows": [[cell_text(cell) for cell in row] for row in page.rows]} for page in pages]
    return pdf_of("summary.typ", {"pages": data(drawn)})
