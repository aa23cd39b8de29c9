"""A list as clerks keep it: heads and feet, merged cells, titles written otherwise, codes and days as they are shown."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.formula import ArrayFormula

from bot.campaign.roster.exporting import workbook
from bot.demo.office import DEMO_ROSTER, OFFICE, STAFF
from bot.roster.columns import GUIDE_SHEET, PEOPLE_SHEET, POSTS_SHEET, SHEETS, UNITS_SHEET
from bot.roster.read import read_roster
from bot.roster.template import write_template
from rules.nouns.errors import RosterErrors
from rules.roster.people import Roster, RosterPost
from templates.errors import lines

POSTED = Roster(DEMO_ROSTER.units, DEMO_ROSTER.people, (RosterPost("AP-004", OFFICE, "Thư ký"),))
PEOPLE = len(DEMO_ROSTER.people)
LAST = PEOPLE + 1  # the row of the last person
BELOW = LAST + 1


def changed(change: Callable[[Workbook], object], roster: Roster = DEMO_ROSTER) -> bytes:
    """The demo's list after somebody changed it."""
    book = load_workbook(io.BytesIO(workbook(roster)))
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def put(book: Workbook, sheet: str, **cells: object) -> None:
    for name, value in cells.items():
        book[sheet][name] = value


def told(content: bytes) -> list[str]:
    with pytest.raises(RosterErrors) as caught:
        read_roster(content)
    return lines(caught.value.mistakes)


# ── what is read ───────────────────────────────────────────────────────────────────────────────


def closed(book: Workbook) -> None:
    put(
        book,
        PEOPLE_SHEET,
        **{
            f"A{BELOW}": "Tổng cộng: 12 người",
            f"B{BELOW + 2}": "An Phú, ngày 28 tháng 11 năm 2026",
            f"B{BELOW + 3}": "Người lập biểu",
            f"D{BELOW + 3}": "Chánh Văn phòng",
            f"B{BELOW + 6}": "Trần Thị Hoa Mai",
            f"D{BELOW + 6}": "Hoàng Sơn Lâm",
        },
    )
    put(book, UNITS_SHEET, A5="Cộng", B5="3 đơn vị")


def headed(book: Workbook) -> None:
    for sheet in (UNITS_SHEET, PEOPLE_SHEET):
        book[sheet].insert_rows(1, 3)
        put(
            book,
            sheet,
            A1="VĂN PHÒNG UBND TỈNH AN PHÚ",
            E1="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            A2="DANH SÁCH NĂM 2026",
        )


def divided(book: Workbook) -> None:
    book[PEOPLE_SHEET].insert_rows(4)
    put(book, PEOPLE_SHEET, A4="I. PHÒNG HÀNH CHÍNH - TỔ CHỨC")
    book[PEOPLE_SHEET].merge_cells("A4:V4")


def numbered(book: Workbook) -> None:
    book[PEOPLE_SHEET].insert_rows(2)
    put(book, PEOPLE_SHEET, A2="(1)", B2="(2)", C2="(3)", D2="(4)")


def repeated(book: Workbook) -> None:
    book[PEOPLE_SHEET].insert_rows(6)
    for cell in book[PEOPLE_SHEET][1]:
        book[PEOPLE_SHEET].cell(6, cell.column, cell.value)


def written_otherwise(book: Workbook) -> None:
    put(
        book,
        PEOPLE_SHEET,
        A1="MÃ SỐ (*)",
        B1="Họ và tên\n",
        C1="Chức vụ – chức danh",
        D1="  đơn  vị *",
        E1="Đối tượng (công chức, viên chức…)",
    )


def titles_of_two_rows(book: Workbook) -> None:
    sheet = book[PEOPLE_SHEET]
    sheet.insert_rows(2)
    sheet.insert_cols(3)
    for row in range(3, sheet.max_row + 1):
        whole = str(sheet[f"B{row}"].value)
        sheet[f"B{row}"], sheet[f"C{row}"] = whole.rsplit(" ", 1)
    put(book, PEOPLE_SHEET, B2="Họ và tên đệm", C2="Tên")
    for column in (1, *range(4, sheet.max_column + 1)):
        sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    sheet.merge_cells("B1:C1")


def units_otherwise(book: Workbook) -> None:
    sheet = book[PEOPLE_SHEET]
    for row in range(2, sheet.max_row + 1):
        sheet[f"D{row}"] = str(sheet[f"D{row}"].value).upper().replace(" - ", "–")
    put(book, UNITS_SHEET, B3=f" {OFFICE.lower()} ")


def keys_otherwise(book: Workbook) -> None:
    put(book, POSTS_SHEET, A2="ap–004")


@pytest.mark.parametrize(
    "change",
    [
        closed,
        headed,
        divided,
        numbered,
        repeated,
        written_otherwise,
        titles_of_two_rows,
        units_otherwise,
        keys_otherwise,
    ],
)
def test_what_stands_around_a_list_and_how_its_words_are_written_changes_nothing(change) -> None:
    assert read_roster(changed(change, POSTED)) == POSTED


@pytest.mark.parametrize(
    ("value", "shown", "key"),
    [
        (7, "000", "007"),
        (1.0, "General", "1"),
        (12, '"AP-"000', "AP-012"),
        (4, "0", "4"),
        ("007", "@", "007"),
    ],
)
def test_a_code_is_what_the_cell_shows(value, shown, key) -> None:
    def change(book: Workbook) -> None:
        put(book, PEOPLE_SHEET, **{f"A{LAST}": value})
        book[PEOPLE_SHEET][f"A{LAST}"].number_format = shown

    assert read_roster(changed(change)).people[-1].key == key


@pytest.mark.parametrize(
    "day",
    [
        "01.03.2015",
        "1-3-2015",
        "01/03/2015 00:00:00",
        "1 / 3 / 2015",
        dt.datetime(2015, 3, 1, 17, 45),  # noqa: DTZ001 - spreadsheets know no zone
    ],
)
def test_a_day_with_dots_dashes_or_a_time_of_day_is_that_day(day) -> None:
    joined = [column.key for column in SHEETS[PEOPLE_SHEET]].index("joined")

    def change(book: Workbook) -> None:
        book[PEOPLE_SHEET].cell(2, joined + 1, day)

    assert read_roster(changed(change)).people[0].service.joined == dt.date(2015, 3, 1)


@pytest.mark.parametrize("yes", ["x", "X", "✓", "✔", "☑", "TRUE", True])
def test_ticks_and_true_are_yes(yes) -> None:
    assert read_roster(changed(lambda book: put(book, PEOPLE_SHEET, K6=yes))).people[4].desk is True


@pytest.mark.parametrize("no", ["☐", "false", False, "không"])
def test_an_empty_box_and_false_are_no(no) -> None:
    assert read_roster(changed(lambda book: put(book, PEOPLE_SHEET, H6=no))).people[4].party_member is False


def test_the_template_filled_with_its_own_examples_is_read_without_a_mistake(tmp_path) -> None:
    write_template(tmp_path / "mau.xlsx")
    book = load_workbook(tmp_path / "mau.xlsx")
    titles = {
        (sheet, column.title): f"{column.title} *" if column.required else column.title
        for sheet, columns in SHEETS.items()
        for column in columns
    }
    for (sheet, _), title in titles.items():
        assert title in [cell.value for cell in book[sheet][1]]
    assert [cell.value for cell in book[GUIDE_SHEET][book[GUIDE_SHEET].max_row][1:3]] == [
        "*",
        "Cột bắt buộc: dòng nào cũng phải ghi",
    ]
    book[UNITS_SHEET].append(["Văn phòng tỉnh An Phú", None, None, "UBND tỉnh An Phú"])
    book[UNITS_SHEET].append(["Phòng Hành chính - Tổ chức", "Văn phòng tỉnh An Phú", "có"])
    book[PEOPLE_SHEET].append([column.example or None for column in SHEETS[PEOPLE_SHEET]])
    book.save(tmp_path / "mau.xlsx")
    (person,) = read_roster(tmp_path / "mau.xlsx").people
    assert (person.key, person.name, person.unit) == ("AP-001", "Trần Thị Hoa Mai", "Phòng Hành chính - Tổ chức")


# ── what is not, with its cell ─────────────────────────────────────────────────────────────────


def test_a_column_without_a_title_is_not_passed_over() -> None:
    def change(book: Workbook) -> None:
        book[PEOPLE_SHEET].insert_cols(3)
        put(book, PEOPLE_SHEET, C5="Khởi", C7="Mây")

    assert told(changed(change)) == [
        "Danh sách!C5: cột này có nội dung nhưng không có tiêu đề ở dòng 1; hãy ghi tiêu đề hoặc xóa cột"
    ]


def test_a_title_over_three_columns_or_over_two_of_another_kind_is_not_guessed() -> None:
    def change(book: Workbook) -> None:
        book[PEOPLE_SHEET].insert_cols(3, 2)
        book[PEOPLE_SHEET].merge_cells("B1:D1")
        book[UNITS_SHEET].insert_cols(2)
        book[UNITS_SHEET].merge_cells("A1:B1")

    assert told(changed(change)) == [
        "Đơn vị!A1: Tên đơn vị: tiêu đề gộp nhiều cột nên không rõ cột nào là “Tên đơn vị”; hãy bỏ gộp, mỗi cột một tiêu đề",
        "Danh sách!B1: Họ và tên: tiêu đề gộp nhiều cột nên không rõ cột nào là “Họ và tên”; hãy bỏ gộp, mỗi cột một tiêu đề",
    ]


def test_a_name_whose_first_part_is_empty_is_no_name() -> None:
    def change(book: Workbook) -> None:
        book[PEOPLE_SHEET].insert_cols(3)
        book[PEOPLE_SHEET].merge_cells("B1:C1")
        put(book, PEOPLE_SHEET, B2=None, C2="Lâm")

    assert told(changed(change)) == ["Danh sách!B2: Họ và tên: thiếu họ và tên đệm ở ô này (tiêu đề gộp hai cột)"]


def test_a_title_twice_names_both_cells() -> None:
    def change(book: Workbook) -> None:
        book[PEOPLE_SHEET]["W1"] = "Đơn vị"

    assert told(changed(change)) == ["Danh sách!W1: Đơn vị: tiêu đề này đã có ở ô D1; mỗi cột chỉ ghi một lần"]


def test_a_title_that_is_nearly_one_of_ours_is_not_passed_over() -> None:
    def change(book: Workbook) -> None:
        put(book, PEOPLE_SHEET, B1="Ho va ten", U1="Ngày vào Đảngg")

    assert told(changed(change)) == [
        "Danh sách!B1: không có cột “Ho va ten”; nếu là cột “Họ và tên” thì hãy ghi đúng tên",
        "Danh sách!U1: không có cột “Ngày vào Đảngg”; nếu là cột “Ngày vào Đảng” thì hãy ghi đúng tên",
    ]


def test_a_key_merged_over_two_people_and_cells_merged_across_are_told() -> None:
    def change(book: Workbook) -> None:
        sheet = book[PEOPLE_SHEET]
        sheet.merge_cells("A4:A5")
        sheet.merge_cells("C6:D6")

    assert told(changed(change)) == [
        "Danh sách!A4: Mã số: các ô A4:A5 gộp làm một; cột này cần ghi riêng cho từng dòng",
        "Danh sách!A5: Mã số: không được để trống",
        "Danh sách!C6: Chức vụ, chức danh: các ô C6:D6 gộp làm một nên không rõ thuộc cột nào; hãy bỏ gộp",
        "Danh sách!D6: Đơn vị: không được để trống",
    ]


def test_a_person_above_the_titles_is_not_passed_over() -> None:
    def change(book: Workbook) -> None:
        sheet = book[PEOPLE_SHEET]
        sheet.insert_rows(1, 2)
        for cell in sheet[4]:
            sheet.cell(2, cell.column, cell.value)
        sheet["A2"] = "AP-999"

    assert told(changed(change)) == [
        "Danh sách!A2: dòng này có nội dung như một dòng danh sách nhưng đứng trên dòng tiêu đề (dòng 3)"
    ]


def test_a_person_below_what_closes_the_list_is_read_as_one() -> None:
    def change(book: Workbook) -> None:
        put(book, PEOPLE_SHEET, **{f"A{BELOW}": "Tổng cộng", f"A{BELOW + 1}": "AP-099", f"B{BELOW + 1}": "Lò Thị Mây"})

    assert [line.split(": ")[0] for line in told(changed(change))] == [
        f"Danh sách!{column}{BELOW + 1}" for column in ("C", "D", "E")
    ]


def test_a_unit_is_no_foot_of_the_list_whatever_it_is_called_and_wherever_it_stands() -> None:
    def change(book: Workbook) -> None:
        put(book, UNITS_SHEET, A5="Cộng tác viên", B5=OFFICE, A6="Tổng cộng", A7="KT-HT", B7=OFFICE)

    assert [unit.name for unit in read_roster(changed(change)).units][3:] == ["Cộng tác viên", "KT-HT"]


def test_a_unit_or_key_that_is_there_already_is_told_in_whatever_letters() -> None:
    def change(book: Workbook) -> None:
        put(book, UNITS_SHEET, A5=STAFF.upper().replace(" - ", " – "), B5=OFFICE)
        put(book, PEOPLE_SHEET, A5="ap-001")

    assert told(changed(change)) == [
        f"Đơn vị!A5: Tên đơn vị: “{STAFF.upper().replace(' - ', ' – ')}” đã có ở dòng 3",
        "Danh sách!A5: Mã số: “ap-001” đã có ở dòng 2",
    ]


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("B5", True, "Họ và tên: “TRUE” là giá trị đúng/sai của bảng tính; cột này cần chữ"),
        ("A5", 123456789012345678, "Mã số: số quá dài, bảng tính đã làm tròn; hãy định dạng ô là Văn bản rồi gõ lại"),
        ("A5", "1.23457E+17", "Mã số: số quá dài, bảng tính đã làm tròn; hãy định dạng ô là Văn bản rồi gõ lại"),
        ("J5", "#DIV/0!", "Nhóm: “#DIV/0!” là lỗi của bảng tính; hãy sửa hoặc xóa ô này"),
        ("H5", "✗", "Đảng viên: “✗” không đúng; cần một trong: có, không"),
        ("L5", "01/03/15", "Ngày vào cơ quan: “01/03/15” không đúng; cần ngày dạng dd/mm/yyyy, ví dụ 01/09/2020"),
    ],
)
def test_what_may_mean_several_things_or_nothing_is_not_taken(cell, value, said) -> None:
    assert told(changed(lambda book: put(book, PEOPLE_SHEET, **{cell: value}))) == [f"Danh sách!{cell}: {said}"]


def test_an_array_formula_is_a_formula() -> None:
    content = changed(lambda book: put(book, PEOPLE_SHEET, B5=ArrayFormula("B5", '="Đỗ"&" Anh"')))
    assert told(content) == ["Danh sách!B5: Họ và tên: là công thức; hãy dán giá trị (Dán đặc biệt → Giá trị)"]


def test_two_sheets_of_one_name_and_one_that_is_nearly_called_so_are_told() -> None:
    def change(book: Workbook) -> None:
        del book[PEOPLE_SHEET]
        book.create_sheet("Danh sách (1)")
        book.create_sheet("DANH SÁCH 2")
        book[POSTS_SHEET].title = "Kiem nhiem"

    assert told(changed(change, POSTED)) == [
        "trang “Danh sách”: có nhiều trang cùng tên này (“Danh sách (1)”, “DANH SÁCH 2”); hãy giữ một trang",
        "trang “Kiêm nhiệm”: thiếu trang này (tệp đang có: “Đơn vị”, “Kiem nhiem”, “Chi bộ”, “Danh sách (1)”, “DANH SÁCH 2”)",
    ]


def test_mistakes_of_sheets_columns_rows_and_between_them_come_in_one_round_by_their_cells() -> None:
    def change(book: Workbook) -> None:
        put(book, UNITS_SHEET, B4="Phòng Không Có")
        put(book, PEOPLE_SHEET, E1="Loại", D9="Phòng Lạ", L4="hôm qua", A6="AP-001")
        put(book, POSTS_SHEET, A2="AP-777")

    assert [line.split(": ")[0] for line in told(changed(change, POSTED))] == [
        "Đơn vị!B4",
        "trang “Danh sách”",  # thiếu cột “Đối tượng” ở dòng 1
        "Danh sách!L4",
        "Danh sách!A6",
        "Danh sách!D9",
    ]


def test_two_offices_are_named_by_their_rows() -> None:
    assert told(changed(lambda book: put(book, UNITS_SHEET, B4=None))) == [
        "trang “Đơn vị”: Thuộc đơn vị: cần đúng một dòng là cơ quan (để trống cột này); đang có 2 dòng (2, 4)"
    ]
