"""Opinions as a PDF, the same words as in the Word file."""

from collections.abc import Sequence
from dataclasses import asdict

from templates.documents.inquiries.page import InquiryPage
from templates.documents.typeset import data, pdf_of


def inquiry_pdf(pages: Sequence[InquiryPage]) -> bytes:
    """One file; each begins on a page of its own."""
    return pdf_of("inquiries/inquiry.typ", {"pages": data([asdict(one) for one in pages])})
