"""Blank slips as a PDF, with the same words as the Word file."""

from dataclasses import asdict

from templates.documents.blanks.page import BlankSlip
from templates.documents.typeset import data, pdf_of


def blank_pdf(slip: BlankSlip) -> bytes:
    """A PDF with one slip."""
    return pdf_of("blanks/blank.typ", {"slip": data(asdict(slip))})
