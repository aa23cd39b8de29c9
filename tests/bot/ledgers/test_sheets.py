"""The spreadsheets of the ledger: the template, what is read of it, every mistake by its cell."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from bot.ledgers.columns import EXAMPLE, PRODUCTS_SHEET, WORK_SHEET
from bot.ledgers.read import assigned, read_catalogue, read_work
from bot.ledgers.template import catalogue_workbook, work_workbook
from rules.ledger.assigned import Assigned
from rules.ledger.catalogue import Catalogue, Product
from rules.nouns.errors import RosterErrors
from templates.errors import lines

REPORT = Product("BC", "Báo cáo", "2", 2.5, "báo cáo")
LETTER = Product("CV", "Công văn", "1", 0.5)
CATALOGUE = Catalogue(1, (REPORT, LETTER))
NAMES = {"CB-1": "Nguyễn Thị An", "CB-2": "Trần Văn Bình"}


def file_of(sheet: str, *rows: list[object]) -> bytes:
    workbook = Workbook()
    workbook.worksheets[0].title = sheet
    for row in rows:
        workbook.worksheets[0].append(row)
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def catalogue_of(*rows: list[object]) -> bytes:
    return file_of(PRODUCTS_SHEET, ["Mã", "Sản phẩm, công việc", "Nhóm", "Đơn vị tính", "Hệ số quy đổi"], *rows)


def work_of(*rows: list[object]) -> bytes:
    return file_of(WORK_SHEET, ["Mã số", "Họ và tên", "Kỳ", "Mã sản phẩm", "Số lượng", "Nội dung", "Phát sinh"], *rows)


def told(read) -> list[str]:
    with pytest.raises(RosterErrors) as raised:
        read()
    return lines(raised.value.mistakes)


def test_the_template_has_one_example_marked_as_such_which_counts_for_nothing():
    sheet = load_workbook(io.BytesIO(catalogue_workbook()))[PRODUCTS_SHEET]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [EXAMPLE]
    assert "dòng mẫu" in sheet["B2"].value
    assert told(lambda: read_catalogue(catalogue_workbook())) == ["trang “Danh mục”: chưa có sản phẩm nào"]


def test_what_is_kept_is_read_again_as_it_was():
    assert read_catalogue(catalogue_workbook(CATALOGUE.products)) == CATALOGUE.products


def test_coefficients_as_they_are_written():
    products = read_catalogue(catalogue_of(["BC", "Báo cáo", 2, "bản", "2,5"], ["CV", "Công văn", "1", None, 0.5]))
    assert [(one.group, one.coefficient) for one in products] == [("2", 2.5), ("1", 0.5)]


def test_all_mistakes_of_a_catalogue_in_one_round():
    rows = [["BC", "Báo cáo", "1", "", 0], ["bc", "báo cáo", "2", "", "nhiều"], ["T", "Tờ trình", "3", "", -1]]
    rows += [[f"X{n}", f"Việc {n}", str(n), "", 1] for n in (4, 5, 6)] + [["Y", "Việc Y", None, "", 1]]
    assert told(lambda: read_catalogue(catalogue_of(*rows))) == [
        "Danh mục!E2: Hệ số quy đổi: “0” không đúng; cần số lớn hơn 0, không quá 1000, ví dụ 2,5",
        "Danh mục!A3: Mã: mã “bc” đã có ở dòng 2",
        "Danh mục!B3: Sản phẩm, công việc: “báo cáo” đã có ở dòng 2; mỗi sản phẩm, công việc một dòng",
        "Danh mục!E3: Hệ số quy đổi: “nhiều” không đúng; cần số lớn hơn 0, không quá 1000, ví dụ 2,5",
        "Danh mục!E4: Hệ số quy đổi: “-1” không đúng; cần số lớn hơn 0, không quá 1000, ví dụ 2,5",
        "Danh mục!C7: Nhóm: có 6 nhóm (1, 2, 3, 4, 5, 6); tối đa 5 nhóm",
        "Danh mục!C8: Nhóm: không được để trống",
    ]


def test_the_work_of_the_office():
    rows = [
        ["CB-1", "nguyễn thị an", "tháng 9/2026", "bc", 3, "tiến độ", None],
        ["cb-2", None, "Quý III/2026", "CV", "10", None, "có"],
    ]
    found = assigned(read_work(work_of(*rows)), CATALOGUE, NAMES)
    assert found == (
        Assigned("CB-1", 2026, "m09", REPORT, 3, "tiến độ"),
        Assigned("CB-2", 2026, "q3", LETTER, 10, "", extra=True),
    )


def test_all_mistakes_of_the_work_in_one_round():
    rows = [
        ["CB-9", None, "tháng 13/2026", "XX", 0, None, None],
        ["CB-1", "Trần Văn Bình", "tháng 9/2026", "BC", "1,5", None, "ừ"],
    ]
    assert told(lambda: assigned(read_work(work_of(*rows)), CATALOGUE, NAMES)) == [
        "Việc được giao!A2: Mã số: không có ai mang mã số “CB-9” trong danh sách nhân sự của cơ quan",
        "Việc được giao!C2: Kỳ: “tháng 13/2026” không đúng; cần tháng hoặc quý, ví dụ “tháng 9/2026” hoặc “quý 3/2026”",
        "Việc được giao!D2: Mã sản phẩm: danh mục của cơ quan không có mã “XX”",
        "Việc được giao!E2: Số lượng: “0” không đúng; cần số nguyên từ 1 đến 1000",
        "Việc được giao!B3: Họ và tên: mã số “CB-1” là của Nguyễn Thị An",
        "Việc được giao!E3: Số lượng: “1,5” không đúng; cần số nguyên từ 1 đến 1000",
        "Việc được giao!G3: Phát sinh: “ừ” không đúng; cần một trong: có, không",
    ]


def test_without_a_catalogue_nothing_is_assigned():
    said = told(lambda: assigned(read_work(work_workbook()), None, NAMES))
    assert said[0].endswith("hãy nạp danh mục trước")


def test_the_work_template_shows_the_codes_and_counts_for_nothing():
    made = work_workbook(CATALOGUE, [("CB-1", "Nguyễn Thị An", "Phòng 1")])
    book = load_workbook(io.BytesIO(made))
    assert [cell.value for cell in book["Mã sản phẩm"][2]] == ["BC", "Báo cáo", "2", "báo cáo", 2.5]
    assert [cell.value for cell in book["Mã số cán bộ"][2]] == ["CB-1", "Nguyễn Thị An", "Phòng 1"]
    assert told(lambda: assigned(read_work(made), CATALOGUE, NAMES)) == ["trang “Việc được giao”: chưa có việc nào"]
