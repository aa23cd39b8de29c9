"""The minutes as a PDF, with the same words as the Word file."""

from dataclasses import asdict

from templates.documents.minutes.page import MinutesPage
from templates.documents.typeset import data, pdf_of


def minutes_pdf(page: MinutesPage) -> bytes:
    """One file."""
    return pdf_of("minutes/minutes.typ", {"page": data(asdict(page))})
