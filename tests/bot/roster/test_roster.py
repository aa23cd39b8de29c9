"""A clerk's spreadsheet: read whole, or every mistake named with its cell."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.demo.office import DEMO_ROSTER
from bot.roster.columns import PEOPLE_SHEET, UNITS_SHEET
from bot.roster.read import read_roster
from bot.roster.template import write_roster, write_template
from rules.nouns.errors import RosterErrors
from rules.nouns.values import Subject
from templates import errors


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "danh-sach.xlsx"
    write_roster(path, DEMO_ROSTER)
    return path


def change(file: Path, sheet: str, cell: str, value: object) -> None:
    workbook = load_workbook(file)
    workbook[sheet][cell] = value
    workbook.save(file)


def lines(file: Path) -> list[str]:
    with pytest.raises(RosterErrors) as caught:
        read_roster(file)
    return errors.lines(caught.value.mistakes)


def test_what_was_written_is_read_again(file):
    assert read_roster(file) == DEMO_ROSTER


def test_the_demo_office_has_12_people_in_3_units_each_with_a_head_and_one_deputy():
    roles = [person.role for person in DEMO_ROSTER.people]
    assert (len(DEMO_ROSTER.people), len(DEMO_ROSTER.units)) == (12, 3)
    assert (roles.count("head"), roles.count("deputy")) == (3, 1)


def test_the_template_names_every_column_and_explains_it(tmp_path):
    write_template(tmp_path / "mau.xlsx")
    workbook = load_workbook(tmp_path / "mau.xlsx")
    assert [cell.value for cell in workbook["Danh sách"][1]] == [
        "Mã số *",
        "Họ và tên *",
        "Chức vụ, chức danh *",
        "Đơn vị *",
        "Đối tượng *",
        "Lãnh đạo, quản lý",
        "Vai trò trong đơn vị",
        "Đảng viên",
        "Tiếp dân, doanh nghiệp",
        "Nhóm",
        "Đầu mối",
        "Ngày vào cơ quan",
        "Ở đơn vị từ ngày",
        "Giữ chức vụ từ ngày",
        "Giữ vai trò từ ngày",
        "Ngày nghỉ, chuyển đi",
        "Lý do nghỉ, chuyển đi",
        "Chuyển đến ngày",
        "Chuyển từ",
        "Ở nơi cũ từ ngày",
        "Ngày vào Đảng",
        "Chi bộ",
        "Sinh hoạt tạm thời tại",
        "Vắng có lý do",
        "Nghỉ",
        "Kết quả năm trước",
        "Giới tính",
    ]
    assert workbook["Hướng dẫn"]["B2"].value == "Tên đơn vị *"


def test_the_template_as_it_is_says_what_is_missing(tmp_path):
    write_template(tmp_path / "mau.xlsx")
    assert lines(tmp_path / "mau.xlsx") == [
        "trang “Đơn vị”: Thuộc đơn vị: cần đúng một dòng là cơ quan (để trống cột này); hiện chưa có dòng nào",
        "trang “Danh sách”: chưa có người nào",
    ]


def test_a_missing_column_is_named(file):
    change(file, PEOPLE_SHEET, "E1", "Loại")
    assert lines(file) == ["trang “Danh sách”: thiếu cột “Đối tượng” ở dòng 1"]


def test_an_unknown_unit_is_named_with_its_cell(file):
    change(file, PEOPLE_SHEET, "D5", "Phòng Lạ")
    assert lines(file) == ["Danh sách!D5: Đơn vị: không có đơn vị “Phòng Lạ” trong trang “Đơn vị”"]


def test_two_heads_of_one_unit_are_refused(file):
    change(file, PEOPLE_SHEET, "G6", "người đứng đầu")
    assert lines(file) == [
        (
            "Danh sách!G6: Vai trò trong đơn vị: “Phòng Hành chính – Tổ chức” đã có người đứng đầu ở dòng 4; "
            "mỗi đơn vị chỉ một người đứng đầu"
        )
    ]


def test_a_formula_is_not_believed(file):
    change(file, PEOPLE_SHEET, "B3", '="Đỗ"&" Anh"')
    assert lines(file) == ["Danh sách!B3: Họ và tên: là công thức; hãy dán giá trị (Dán đặc biệt → Giá trị)"]


def test_a_number_given_twice_names_the_first_row(file):
    change(file, PEOPLE_SHEET, "A4", "AP-001")
    assert lines(file) == ["Danh sách!A4: Mã số: “AP-001” đã có ở dòng 2"]


def test_a_word_that_is_none_of_the_list_says_which_are(file):
    change(file, PEOPLE_SHEET, "E2", "cán sự")
    assert lines(file) == [
        (
            "Danh sách!E2: Đối tượng: “cán sự” không đúng; cần một trong: công chức, viên chức, người lao động, "
            "cán bộ, đảng viên, tập thể, chi bộ, tổ đảng, tổ chức"
        )
    ]


def test_all_mistakes_come_at_once(file):
    change(file, PEOPLE_SHEET, "B2", None)
    change(file, PEOPLE_SHEET, "E3", "x")
    change(file, UNITS_SHEET, "A3", "=1")
    assert len(lines(file)) == 3


def test_units_in_a_circle_are_refused(file):
    change(file, UNITS_SHEET, "B3", "Phòng Hành chính – Tổ chức")
    assert lines(file) == [
        "Đơn vị!B3: Thuộc đơn vị: “Phòng Hành chính – Tổ chức” thuộc chính đơn vị này theo vòng tròn; hãy sửa cột này"
    ]


def test_a_file_that_is_no_spreadsheet_is_refused_kindly(tmp_path):
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a spreadsheet")
    assert lines(broken) == [
        "hong.xlsx: không đọc được: tệp bị hỏng hoặc chưa tải về trọn vẹn; hãy mở lại bằng Excel, lưu lại thành .xlsx rồi gửi lại"
    ]


def test_a_cut_off_file_is_refused_kindly(file):
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert lines(file)[0].startswith("danh-sach.xlsx: không đọc được")


def test_a_missing_file_is_said_so(tmp_path):
    assert lines(tmp_path / "khong-co.xlsx") == ["khong-co.xlsx: không tìm thấy tệp"]


def test_a_sheet_that_is_missing_is_named(tmp_path):
    workbook = Workbook()
    workbook.save(tmp_path / "trong.xlsx")
    assert lines(tmp_path / "trong.xlsx") == [
        "trang “Đơn vị”: thiếu trang này (tệp đang có: “Sheet”)",
        "trang “Danh sách”: thiếu trang này (tệp đang có: “Sheet”)",
    ]


def test_whoever_heads_a_unit_holds_a_leading_post_even_when_the_column_was_left_empty(file):
    change(file, PEOPLE_SHEET, "F4", None)
    head = read_roster(file).people[2]
    assert (head.role, head.leader, head.subject) == ("head", True, Subject.OFFICIAL)


def test_names_are_kept_in_one_normal_form_without_invisible_characters(file):
    change(file, PEOPLE_SHEET, "B5", "  Phan\u200b  Tha\u0309o Vy ")
    assert read_roster(file).people[3].name == "Phan Thảo Vy"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (  # B5 of 52-fancy.xlsx: mathematical letters with marks typed apart
            "𝐍𝐠𝐮𝐲𝐞̂̃𝐧 𝐕𝐚̆𝐧 𝐋𝐮̣𝐜",
            "chữ trang trí, văn bản không in được; hãy viết: Nguyễn Văn Lục",
        ),
        ("Ｌò Văn Ｂình", "chữ trang trí, văn bản không in được; hãy viết: Lò Văn Bình"),
        ("NguyÔn V¨n Lùc", "chữ theo bảng mã cũ (TCVN3); hãy đổi sang Unicode: Nguyễn Văn Lực"),
        ("Nguyeãn Vaên Löïc", "chữ theo bảng mã cũ (VNI); hãy đổi sang Unicode: Nguyễn Văn Lực"),
        ("Lò \ue001 Văn", "có ký tự không đọc được; hãy viết lại"),
        ("Lò \u202enăV", "có ký tự không đọc được; hãy viết lại"),
    ],
)
def test_letters_that_nobody_can_read_or_print_are_told_with_what_they_would_be(file, name, told):
    change(file, PEOPLE_SHEET, "B5", name)
    with pytest.raises(RosterErrors) as error:
        read_roster(file)
    (line,) = [errors.word(mistake) for mistake in error.value.mistakes]
    assert line.startswith(f"Danh sách!B5: Họ và tên: {told}")


def test_signs_and_foreign_names_that_can_be_read_are_kept(file):
    change(file, PEOPLE_SHEET, "B5", "H'Hen Niê Müller-Peña")
    assert read_roster(file).people[3].name == "H'Hen Niê Müller-Peña"


@pytest.mark.parametrize("damage", [b"</row><broken", b"\xff\xfe", b""])
def test_a_sheet_that_breaks_off_in_the_middle_is_refused_kindly(file, tmp_path, damage):
    broken = tmp_path / "do-dang.xlsx"
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(broken, "w") as parts:
        for part in whole.namelist():
            content = whole.read(part)
            parts.writestr(part, content[: len(content) // 2] + damage if part.endswith("sheet2.xml") else content)
    assert lines(broken) == [
        "do-dang.xlsx: không đọc được; cần một tệp Excel .xlsx (tạo mẫu bằng: tusoi roster template)"
    ]


def test_an_authority_outside_is_written_in_a_word(tmp_path) -> None:
    units = (replace(DEMO_ROSTER.units[0], authority="Cấp trên"), *DEMO_ROSTER.units[1:])
    write_roster(tmp_path / "ds.xlsx", replace(DEMO_ROSTER, units=units))
    assert [unit.authority for unit in read_roster(tmp_path / "ds.xlsx").units] == ["cấp trên", "", ""]
