"""Papers of inquiries as files: Word and PDF of the same page."""

from collections.abc import Sequence

from templates.documents.inquiries.page import InquiryPage
from templates.documents.inquiries.pdf import inquiry_pdf
from templates.documents.inquiries.word import inquiry_docx


def files_of(page: InquiryPage, kinds: Sequence[str] = ("docx", "pdf")) -> dict[str, bytes]:
    """The paper as files, by kind."""
    return {kind: inquiry_docx(page) if kind == "docx" else inquiry_pdf([page]) for kind in kinds}
