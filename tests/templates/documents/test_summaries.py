"""Summary tables drawn: the same values in the workbook and the PDF, what people wrote is text, long ones repeat their heading."""

import datetime as dt
import io

import openpyxl
import pytest
from pypdf import PdfReader

from bot.clock import ZONE
from rules.book.summaries import Contents, Shows, SummaryColumn, SummaryTable
from rules.campaign.summarising import Group, Summary, SummaryRow, Told
from rules.nouns.values import Rating, Subject
from templates.documents.summaries.page import Made, page_of, shown
from templates.documents.summaries.pdf import summary_pdf
from templates.documents.summaries.workbook import workbook

MADE = Made("Sở Thử nghiệm", "UBND tỉnh An Phú", "An Phú", 2026, "year", dt.datetime(2026, 11, 29, 8, 5, tzinfo=ZONE))
COLUMNS = (
    SummaryColumn(Shows.NUMBER, "TT"),
    SummaryColumn(Shows.NAME, "Họ và tên"),
    SummaryColumn(Shows.SCORE, "Điểm"),
    SummaryColumn(Shows.RATING, "Mức xếp loại"),
)
TABLE = SummaryTable(
    "thu", "Kết quả xếp loại", Contents.RESULTS, COLUMNS, "Kế hoạch, II.4", "lời thử", signed=("Chánh Văn phòng",)
)


def summary(*lines, **more) -> Summary:
    return Summary(TABLE, COLUMNS, "Phòng A", tuple(SummaryRow(cells) for cells in lines), **more)


def drawn(one: Summary):
    page = page_of(one, MADE)
    book = openpyxl.load_workbook(io.BytesIO(workbook([("Kết quả", page)])))
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(summary_pdf([page]))).pages]
    return book.worksheets[0], pages


def test_the_workbook_and_the_pdf_say_the_same() -> None:
    lines = [
        (1, "Lê Văn An", 92.5, Rating.EXCELLENT),
        (2, "Vũ Đạt", 66 + 2 / 3, None),
        (3, "Hồ Ân", None, Told.NOT_RATED),
    ]
    sheet, pages = drawn(summary(*lines, tally={Rating.EXCELLENT: 1, None: 1}, open=1))
    text = " ".join(pages[0].split())
    values = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert 92.5 in values
    for said in (
        *("SỞ THỬ NGHIỆM", "UBND TỈNH AN PHÚ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "KẾT QUẢ XẾP LOẠI", "Năm 2026"),
        *("Đơn vị: Phòng A", "Họ và tên", "Lê Văn An", "Hoàn thành xuất sắc nhiệm vụ", "Không xếp loại", "66,66…"),
        "Tổng số 3: hoàn thành xuất sắc nhiệm vụ: 1; không xếp loại: 1; chưa quyết định: 1.",
        "Căn cứ: Kế hoạch, II.4. Văn bản không in mẫu biểu này; các cột theo lời văn của điều khoản.",
        "Số liệu lúc 08:05 ngày 29/11/2026, theo các bản đã gửi, kết luận của các cuộc họp đã bế mạc và các quyết định đã có đến lúc đó.",
        *("NGƯỜI LẬP BIỂU", "CHÁNH VĂN PHÒNG", "An Phú, ngày ..... tháng ..... năm ....."),
    ):
        assert said in values, said
        assert said in text, said
    assert "92,5" in text


@pytest.mark.parametrize(
    "name", ["=1+1", "+84 90", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "{{ 7*7 }}", "<script>", "#eval(1)"]
)
def test_what_people_wrote_is_text(name: str) -> None:
    sheet, pages = drawn(summary((1, name, None, None)))
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == name]
    assert cell.data_type == "s"
    assert cell.quotePrefix is (name[0] in "=+-@")
    assert name.replace(" ", "") in "".join(pages[0].split())


def test_a_long_table_repeats_its_heading_on_every_page() -> None:
    sheet, pages = drawn(summary(*((number, f"Người {number}", 80.0, Rating.GOOD) for number in range(1, 81))))
    assert len(pages) > 1
    assert all("Họ và tên" in page for page in pages[:-1])
    assert "Số liệu lúc" in pages[-1], "who signs does not stand on a page alone"
    assert "NGƯỜI LẬP BIỂU" in pages[-1]
    head = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "TT")
    assert sheet.print_title_rows == f"${head}:${head}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )
    assert sheet.freeze_panes == f"A{head + 1}"


def test_names_of_sheets_are_short_told_apart_and_allowed() -> None:
    page = page_of(summary(), MADE)
    book = openpyxl.load_workbook(
        io.BytesIO(workbook([("a/b:[c]*?" * 5, page), ("A b c" * 9, page), ("a/b:[c]*?" * 5, page)]))
    )
    assert len({name.lower() for name in book.sheetnames}) == 3
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_groups_and_subjects_have_words() -> None:
    assert shown(Group("Phòng A", "chuyên viên", ("unit", "group"), leader=False)) == (
        "Phòng A, chuyên viên, không giữ chức vụ lãnh đạo, quản lý"
    )
    assert shown(Group(of=())) == "Toàn cơ quan"
    assert shown(Group(of=("group",))) == "Chưa ghi nhóm"
    assert shown((Subject.OFFICIAL, Subject.WORKER)) == "Công chức, người lao động"
