"""Opinions as a PDF, with the same words as the Word file."""

from collections.abc import Sequence
from dataclasses import asdict

from templates.documents.inquiries.page import InquiryPage
from templates.documents.typeset import data, pdf_of


def inquiry_pdf(pages: Sequence[InquiryPage]) -> bytes:
    """One PDF, in which each opinion begins on a new page."""
    return pdf_of("inquiries/inquiry.typ", {"pages": data([asdict(one) for one in pages])})
