"""Minutes on paper: who had the chair and why, and what of the layout a reader with a pen needs."""

import io

from docx import Document

from rules.meeting.minutes import Around, content
from rules.meeting.nouns.meeting import Meeting
from templates.documents.minutes.page import minutes_page
from templates.documents.minutes.word import minutes_docx

SINCE = "2023-11-24T14:10:00+07:00"


def _kept(*chairs: dict[str, str]) -> dict:
    kept = content(Meeting(1, 1, 1, "Phòng Tổng hợp", "Văn phòng"), Around())
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
