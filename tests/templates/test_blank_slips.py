"""Blank slips of a ballot: what is printed, in Word and as a PDF, whatever stands in the names."""

import io

import pytest
from docx import Document
from pypdf import PdfReader

from rules.balloting.slips import OPTIONS
from rules.book.ballots import Choices
from templates.documents.blanks.page import blank_slip
from templates.documents.blanks.pdf import blank_pdf
from templates.documents.blanks.word import blank_docx

LINES = ("Đỗ Tuấn Dung", "=1+1 <b>Tập thể</b> #strong[x]", "Nguyễn Thị Hương Giang " * 6)


@pytest.mark.parametrize("choices", list(Choices))
def test_a_slip_names_every_line_and_option_and_says_that_it_is_ours(choices: Choices) -> None:
    slip = blank_slip("Cơ sở Nậm Hoa", "Phòng Y tế", "Lần 1 — biểu quyết xếp loại đảng viên", LINES, OPTIONS[choices])
    document = Document(io.BytesIO(blank_docx(slip)))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["Nội dung", *slip.options]
    assert [row[0] for row in rows[1:]] == [f"{place}. {one}" for place, one in enumerate(LINES, 1)]
    assert {cell for row in rows[1:] for cell in row[1:]} == {"☐"}
    assert document.paragraphs[-1].text == "Quy định không in kèm mẫu phiếu; mẫu này của Tự Soi."
    printed = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(blank_pdf(slip))).pages).split())
    assert "PHIẾU BIỂU QUYẾT" in printed
    assert "1. Đỗ Tuấn Dung" in printed
    assert "<b>Tập thể</b> #strong[x]" in printed
    assert "mẫu này của Tự Soi" in printed


def test_two_hundred_lines_are_printed_with_the_heading_on_every_page() -> None:
    slip = blank_slip("Cơ sở", "Cơ sở", "Bỏ phiếu", [f"Người {place}" for place in range(200)], OPTIONS[Choices.AGREE])
    pages = PdfReader(io.BytesIO(blank_pdf(slip))).pages
    assert len(pages) > 1
    assert all("Không đồng ý" in page.extract_text() for page in pages)
    assert slip.unit == ""
