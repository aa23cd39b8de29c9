"""Minutes on paper: who had the chair and why, and what of the layout a reader with a pen needs."""

import io
from dataclasses import replace

from docx import Document
from pypdf import PdfReader

from rules.meeting.minutes import MinutesAround, content
from rules.meeting.nouns.meeting import Meeting
from templates.documents.minutes.page import Kind, Line, MinutesPage, minutes_page
from templates.documents.minutes.pdf import minutes_pdf
from templates.documents.minutes.word import minutes_docx

SINCE = "2023-11-24T14:10:00+07:00"


def _kept(*chairs: dict[str, str]) -> dict:
    kept = content(Meeting(1, 1, 1, "Phòng Tổng hợp", "Văn phòng"), MinutesAround())
    first = {"name": "Lê Hà", "position": "Trưởng phòng", "since": SINCE, "line": ""}
    kept["chairs"] = [first, *({**first, **one} for one in chairs)]
    return kept


def test_who_has_the_chair_is_told_with_the_clause_or_the_line_by_which_it_came() -> None:
    own = {"name": "Đỗ Long", "position": "Phó Trưởng phòng", "why": "own", "cite": "Kế hoạch, II.2.c"}
    back = {"why": "back", "cite": ""}
    typed = {"name": "Đỗ Long", "position": "Phó Trưởng phòng", "line": "Đi họp ở tỉnh"}
    told = [line.text for line in minutes_page(_kept(own, {**own, "cite": ""}, back, typed)).lines]
    begins = "Từ 14 giờ 10 ngày 24/11/2023,"
    assert [line for line in told if line.startswith(begins)] == [
        f"{begins} Đỗ Long, Phó Trưởng phòng, chủ trì để xem xét nội dung về người đang chủ trì (Kế hoạch, II.2.c).",
        f"{begins} Đỗ Long, Phó Trưởng phòng, chủ trì để xem xét nội dung về người đang chủ trì.",
        f"{begins} Lê Hà, Trưởng phòng, chủ trì trở lại.",
        f"{begins} Đỗ Long, Phó Trưởng phòng chủ trì (Đi họp ở tỉnh).",
    ]


def test_pages_but_the_first_are_numbered_and_signatures_stand_with_the_last_line() -> None:
    document = Document(io.BytesIO(minutes_docx(minutes_page(_kept(), version=1, mark="0" * 64))))
    (section,) = document.sections
    assert section.different_first_page_header_footer
    assert 'w:instr="PAGE"' in section.header.paragraphs[0]._p.xml
    signatures = document.tables[-1]
    together = [each for cell in signatures.rows[0].cells for each in cell.paragraphs]
    assert all(one.paragraph_format.keep_with_next for one in (*together, document.paragraphs[-2]))
    assert not document.paragraphs[-1].paragraph_format.keep_with_next


def _ended(**more: object) -> dict:
    return {**_kept(), "sessions": [{"since": SINCE, "until": "2023-11-24T16:03:00+07:00", "why": ""}], **more}


def test_minutes_have_no_day_above_them_and_end_with_the_hour_and_the_sign_of_the_end() -> None:
    page = minutes_page(_ended())
    assert page.date == ""  # Nghị định 30/2020, Mẫu 1.9: the number alone
    assert page.lines[-1].text == "Cuộc họp kết thúc vào 16 giờ 03, ngày 24 tháng 11 năm 2023./."


def test_a_cell_of_the_party_writes_its_minutes_as_the_party_does() -> None:
    page = minutes_page(_ended(party=True, unit="Chi bộ Văn phòng", signed_at="Cao Mây"))
    assert (page.heading.first, page.heading.second) == ("ĐẢNG CỘNG SẢN VIỆT NAM", "")
    assert page.heading.office == "CHI BỘ VĂN PHÒNG"
    assert page.heading.superior.startswith("ĐẢNG BỘ")
    assert page.date == "Cao Mây, ngày 24 tháng 11 năm 2023"
    assert page.number.startswith("Số .")
    assert page.lines[-1].text.endswith("năm 2023.")
    written = Document(io.BytesIO(minutes_docx(page))).tables[0]
    assert "CỘNG HÒA" not in "".join(cell.text for cell in written.rows[0].cells)
    assert pdf_text(page, 0).count("ĐẢNG CỘNG SẢN VIỆT NAM") == 1


def test_a_long_name_above_is_broken_evenly() -> None:
    page = minutes_page(_ended(office="Văn phòng UBND tỉnh Cao Mây"))
    assert page.heading.superior == "VĂN PHÒNG UBND\nTỈNH CAO MÂY"
    assert "VĂN PHÒNG UBND\nTỈNH CAO MÂY" in pdf_text(page, 0)


def test_who_gets_the_paper_stands_on_the_page_of_the_signatures() -> None:
    page = minutes_page(_ended(), version=1, mark="0" * 64)
    for more in range(30):
        longer = replace(page, lines=(*page.lines[:-1], *[Line(Kind.TEXT, "Một dòng.")] * more, page.lines[-1]))
        last = pdf_text(longer, -1)
        assert all(words in last for words in ("kết thúc vào", "CHỦ TRÌ", "Nơi nhận:", "Mã nội dung")), more


def pdf_text(page: MinutesPage, number: int) -> str:
    """What stands on a page of the PDF."""
    return PdfReader(io.BytesIO(minutes_pdf(page))).pages[number].extract_text()
