"""The columns of service, of who is in charge and of second posts: what is read, and what each mistake is told."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bot.demo.office import CENTRE, DEMO_ROSTER, OFFICE
from bot.roster.column import LEAVE_KINDS, LEAVINGS
from bot.roster.columns import OPTIONAL_SHEETS, PEOPLE_SHEET, POSTS_SHEET, SHEETS, TITLES, UNITS_SHEET
from bot.roster.read import read_roster
from bot.roster.template import write_roster
from rules.nouns.errors import RosterErrors
from rules.nouns.people import Gender
from rules.nouns.service import Leave, LeaveKind, Leaving, Service
from rules.nouns.values import Rating, Subject
from rules.roster.people import Roster, RosterBody, RosterPerson, RosterPost
from templates import errors
from templates.wording import environment, label

WHOLE = Service(
    joined=dt.date(2015, 3, 1),
    left=dt.date(2021, 1, 31),
    moved_on=dt.date(2020, 8, 1),
    moved_from="Sở Nội vụ tỉnh An Phú",
    there_since=dt.date(2018, 1, 1),
    party_since=dt.date(2012, 5, 19),
    party_cell="Chi bộ 1",
    temporary_cell="Chi bộ 2",
    absent_with_cause=True,
    leaves=(
        Leave(LeaveKind.SICK, dt.date(2020, 3, 5), dt.date(2020, 6, 20)),
        Leave(LeaveKind.MATERNITY, dt.date(2020, 9, 1)),
    ),
    ratings={2019: Rating.GOOD, 2018: Rating.NOT_COMPLETED},
)


def place(sheet: str, key: str) -> str:
    """The letter of the column."""
    return get_column_letter([column.key for column in SHEETS[sheet]].index(key) + 1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "danh-sach.xlsx"
    write_roster(path, DEMO_ROSTER)
    return path


def put(file: Path, sheet: str, key: str, value: object, row: int = 2) -> str:
    """Write into the column; the cell's name."""
    workbook = load_workbook(file)
    workbook[sheet][f"{place(sheet, key)}{row}"] = value
    workbook.save(file)
    return f"{sheet}!{place(sheet, key)}{row}"


def person(file: Path) -> RosterPerson:
    return read_roster(file).people[0]


def lines(file: Path) -> list[str]:
    with pytest.raises(RosterErrors) as caught:
        read_roster(file)
    return errors.lines(caught.value.mistakes)


def test_everything_that_was_written_is_read_again(tmp_path):
    whole = replace(
        DEMO_ROSTER,
        units=(*DEMO_ROSTER.units[:2], replace(DEMO_ROSTER.units[2], in_charge="AP-002", authority="AP-001")),
        people=(replace(DEMO_ROSTER.people[0], service=WHOLE, group="Lãnh đạo", desk=True), *DEMO_ROSTER.people[1:]),
        posts=(RosterPost("AP-004", CENTRE, "Phó Giám đốc", leader=True, role="deputy"),),
        bodies=(RosterBody("Chi bộ 1"),),
    )
    write_roster(tmp_path / "du.xlsx", whole)
    assert read_roster(tmp_path / "du.xlsx") == whole


def test_a_file_of_before_without_the_new_columns_and_sheet_still_reads(file):
    workbook = load_workbook(file)
    for name, columns in SHEETS.items():
        first = next((at for at, column in enumerate(columns, 1) if not column.since_first), len(columns) + 1)
        workbook[name].delete_cols(first, len(columns))
    for name in OPTIONAL_SHEETS:
        del workbook[name]
    workbook.save(file)
    assert read_roster(file) == DEMO_ROSTER


def test_columns_may_stand_in_any_order(file):
    workbook = load_workbook(file)
    sheet = workbook[PEOPLE_SHEET]
    sheet.move_range(f"A1:A{sheet.max_row}", cols=len(SHEETS[PEOPLE_SHEET]) + 1)
    workbook.save(file)
    assert read_roster(file) == DEMO_ROSTER


@pytest.mark.parametrize("day", [dt.date(2015, 3, 1), dt.datetime(2015, 3, 1, 8, 30), "01/03/2015", " 1/3/2015 "])  # noqa: DTZ001 - spreadsheets know no zone
def test_a_day_may_be_one_or_be_written_as_text(file, day):
    put(file, PEOPLE_SHEET, "joined", day)
    assert person(file).service.joined == dt.date(2015, 3, 1)


@pytest.mark.parametrize(
    ("written", "read"),
    [("Nam", Gender.MALE), (" NỮ ", Gender.FEMALE), ("nữ", Gender.FEMALE), ("", None)],
)
def test_how_people_are_addressed_is_read_and_written_again(file, written, read, tmp_path):
    put(file, PEOPLE_SHEET, "gender", written)
    assert person(file).gender is read
    write_roster(tmp_path / "lai.xlsx", read_roster(file))
    assert person(tmp_path / "lai.xlsx").gender is read


_DAY = "cần ngày dạng dd/mm/yyyy, ví dụ 01/09/2020"


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("joined", "2015-03-01", f"Ngày vào cơ quan: “2015-03-01” không đúng; {_DAY}"),
        ("joined", "31/02/2015", f"Ngày vào cơ quan: “31/02/2015” không phải là một ngày có thật; {_DAY}"),
        ("joined", "01/03/0215", "Ngày vào cơ quan: năm 215 không đúng; cần một năm từ 1900 đến 2100"),
        ("party_cell", dt.date(2020, 1, 5), "Chi bộ: là một ngày; cần chữ, tối đa 200 ký tự (định dạng ô là Văn bản)"),
        ("joined", "=TODAY()", "Ngày vào cơ quan: là công thức; hãy dán giá trị (Dán đặc biệt → Giá trị)"),
        ("absent_with_cause", "✗", "Vắng có lý do: “✗” không đúng; cần một trong: có, không"),
        ("group", "x" * 201, "Nhóm: quá dài; tối đa 200 ký tự"),
        ("leaves", "ốm 05/03/2020-01/03/2020", "Nghỉ: “ốm 05/03/2020-01/03/2020”: ngày cuối trước ngày đầu"),
        (
            "leaves",
            "ốm 05/03/2020-; khác 01/06/2020-02/06/2020",
            "Nghỉ: “ốm 05/03/2020-” và “khác 01/06/2020-02/06/2020” trùng ngày nhau",
        ),
        ("ratings", "2019: hoàn thành; 2019: hoàn thành tốt", "Kết quả năm trước: năm 2019 ghi hai mức khác nhau"),
        ("gender", "Bà", "Giới tính: “Bà” không đúng; cần một trong: nam, nữ"),
        ("moved_from", "Sở Nội vụ", "Chuyển từ: đã ghi nơi cũ thì cần ghi “Chuyển đến ngày”"),
    ],
)
def test_what_is_wrong_in_a_cell_is_told_with_what_was_expected(file, key, value, expected):
    cell = put(file, PEOPLE_SHEET, key, value)
    assert lines(file) == [f"{cell}: {expected}"]


def test_a_number_that_is_not_shown_as_a_day_is_none(file):
    workbook = load_workbook(file)
    cell = workbook[PEOPLE_SHEET][f"{place(PEOPLE_SHEET, 'joined')}2"]
    cell.value, cell.number_format = 42064, "General"
    workbook.save(file)
    assert lines(file)[0].endswith(f"Ngày vào cơ quan: “42064” không đúng; {_DAY}")


@pytest.mark.parametrize("text", ["ốm tháng 3", "đi chơi 05/03/2020-06/03/2020", "ốm", "ốm 05/03/2020", "05/03/2020-"])
def test_a_time_away_that_is_not_understood_shows_how_to_write_one(file, text):
    cell = put(file, PEOPLE_SHEET, "leaves", text)
    assert lines(file) == [
        (
            f"{cell}: Nghỉ: “{text}” không đúng; cần dạng “ốm 05/03/2020-20/06/2020; thai sản 01/09/2020-”, loại là một "
            "trong: ốm, thai sản, không hưởng lương, đình chỉ, đi học, biệt phái, đình chỉ sinh hoạt đảng, "
            "đình chỉ sinh hoạt cấp ủy, miễn sinh hoạt đảng, khác; còn đang nghỉ thì để trống ngày cuối"
        )
    ]


@pytest.mark.parametrize("text", ["2019 hoàn thành", "19: hoàn thành", "2019: tốt", "hoàn thành tốt"])
def test_an_earlier_result_that_is_not_understood_shows_how_to_write_one(file, text):
    put(file, PEOPLE_SHEET, "ratings", text)
    assert "cần dạng “2019: hoàn thành tốt; 2018: không hoàn thành”" in lines(file)[0]


def test_times_away_and_results_may_be_written_loosely(file):
    put(file, PEOPLE_SHEET, "leaves", "Thai sản 01/09/2020 – ;nghỉ ốm 5/3/2020-20/6/2020;")
    put(file, PEOPLE_SHEET, "ratings", "2018 : Không hoàn thành nhiệm vụ; 2019: Hoàn thành tốt nhiệm vụ")
    assert (person(file).service.leaves, person(file).service.ratings) == (WHOLE.leaves, WHOLE.ratings)


def test_every_kind_of_time_away_can_be_written_and_read_again(file):
    put(
        file,
        PEOPLE_SHEET,
        "leaves",
        "; ".join(f"{word} {n:02}/03/2020-{n:02}/03/2020" for n, word in enumerate(LEAVE_KINDS, 1)),
    )
    assert [leave.kind for leave in person(file).service.leaves] == list(LEAVE_KINDS.values())
    assert set(LEAVE_KINDS.values()) == set(LeaveKind)


def test_who_is_suspended_from_the_party_s_activity_may_be_away_as_well(file):
    put(file, PEOPLE_SHEET, "leaves", "đình chỉ sinh hoạt đảng 01/03/2020-; ốm 05/03/2020-06/03/2020")
    assert [leave.kind for leave in person(file).service.leaves] == [LeaveKind.PARTY_SUSPENDED, LeaveKind.SICK]


def test_days_the_wrong_way_round_are_told(file):
    for key, day in {"joined": "01/03/2020", "left": "01/02/2020", "moved_on": "01/01/2018"}.items():
        put(file, PEOPLE_SHEET, key, day)
    put(file, PEOPLE_SHEET, "there_since", "01/01/2018")
    assert [line.split(": ", 2)[2] for line in lines(file)] == [
        "trước “Ngày vào cơ quan” (ô L2)",
        "trước “Ngày vào cơ quan” (ô L2)",
        "phải sau “Ở nơi cũ từ ngày” (ô T2)",
    ]


def test_what_two_cells_say_and_not_alike_names_both(file):
    row = {"moved_from": OFFICE, "moved_on": "01/08/2020", "left": "01/07/2020", "leaves": "ốm 05/07/2020-06/07/2020"}
    for key, said in {**row, "party_member": "không", "party_cell": "Chi bộ 1"}.items():
        put(file, PEOPLE_SHEET, key, said)
    assert [line.removeprefix(PEOPLE_SHEET) for line in lines(file)] == [
        "!P2: Ngày nghỉ, chuyển đi: trước “Chuyển đến ngày” (ô R2)",
        "!S2: Chuyển từ: trùng “Đơn vị” (ô D2): nơi cũ phải khác nơi đang làm việc",
        "!V2: Chi bộ: có ghi, mà “Đảng viên” (ô H2) là không; hãy sửa một trong hai ô",
        "!Y2: Nghỉ: có lần nghỉ bắt đầu sau “Ngày nghỉ, chuyển đi” (ô P2)",
    ]


def test_whose_subject_is_member_of_the_party_is_not_said_to_be_none(file):
    put(file, PEOPLE_SHEET, "subject", "đảng viên")
    put(file, PEOPLE_SHEET, "party_member", "không")
    assert lines(file) == [
        "Danh sách!H2: Đảng viên: ghi “không”, mà “Đối tượng” (ô E2) là đảng viên; hãy sửa một trong hai ô"
    ]


@pytest.mark.parametrize(("word", "why"), LEAVINGS.items())
def test_a_last_day_has_a_reason_and_suspension_is_a_time_away(file, word, why):
    put(file, PEOPLE_SHEET, "left", "30/11/2020")
    put(file, PEOPLE_SHEET, "left_as", word)
    service = person(file).service
    if isinstance(why, Leaving):
        assert (service.left, service.left_as, service.leaves) == (dt.date(2020, 11, 30), why, ())
    else:
        assert (service.left, service.left_as) == (None, None)
        assert service.leaves == (Leave(why, dt.date(2020, 12, 1)),)


def test_a_reason_needs_the_last_day(file):
    put(file, PEOPLE_SHEET, "left_as", "nghỉ hưu")
    assert lines(file) == ["Danh sách!Q2: Lý do nghỉ, chuyển đi: đã ghi lý do thì cần ghi “Ngày nghỉ, chuyển đi”"]


def test_who_leads_a_unit_and_holds_no_leading_post_is_both(file):
    """A head of a group of teachers leads it in the chat; "không" in the cell stands. An empty cell follows the role."""
    put(file, PEOPLE_SHEET, "role", "người đứng đầu")
    put(file, PEOPLE_SHEET, "leader", "không")
    assert (person(file).role, person(file).leader) == ("head", False)
    put(file, PEOPLE_SHEET, "leader", None)
    assert (person(file).role, person(file).leader) == ("head", True)


def test_only_party_members_and_party_bodies_have_a_day_in_the_party(file):
    put(file, PEOPLE_SHEET, "party_since", "19/05/2012")
    put(file, PEOPLE_SHEET, "party_member", "không")
    assert lines(file)[0].endswith("chỉ ghi khi cột “Đảng viên” là có")
    put(file, PEOPLE_SHEET, "subject", "chi bộ")
    assert person(file).subject is Subject.PARTY_CELL


def test_whoever_is_named_for_a_unit_is_on_the_roster_and_not_its_own_head(file):
    first = put(file, UNITS_SHEET, "authority", "AP-999", row=3)
    second = put(file, UNITS_SHEET, "in_charge", "AP-008", row=4)
    assert lines(file) == [
        f"{first}: Người có thẩm quyền: không có mã số “AP-999” trong trang “Danh sách”",
        f"{second}: Lãnh đạo phụ trách: “AP-008” là người đứng đầu của chính đơn vị này; cần lãnh đạo cấp trên",
    ]


def test_second_posts_are_of_people_in_other_units_once(tmp_path):
    posts = (
        RosterPost("AP-999", CENTRE, "Phó Giám đốc"),
        RosterPost("AP-004", "Phòng Lạ", "Phó phòng"),
        RosterPost("AP-009", CENTRE, "Phó Giám đốc"),
        RosterPost("AP-002", CENTRE, "Phó Giám đốc"),
        RosterPost("AP-002", CENTRE, "Cố vấn"),
        RosterPost("AP-002", OFFICE, "Bí thư", role="head"),
    )
    write_roster(tmp_path / "kiem-nhiem.xlsx", Roster(DEMO_ROSTER.units, DEMO_ROSTER.people, posts))
    assert [line.removeprefix(POSTS_SHEET) for line in lines(tmp_path / "kiem-nhiem.xlsx")] == [
        "!A2: Mã số: không có mã số “AP-999” trong trang “Danh sách”",
        "!B3: Đơn vị: không có đơn vị “Phòng Lạ” trong trang “Đơn vị”",
        f"!B4: Đơn vị: “{CENTRE}” đã là đơn vị của người này ở trang “Danh sách”",
        f"!B6: Đơn vị: “AP-002” ở “{CENTRE}” đã có ở dòng 5",
        f"!B7: Đơn vị: “{OFFICE}” đã là đơn vị của người này ở trang “Danh sách”",
        (
            f"!E7: Vai trò trong đơn vị: “{OFFICE}” đã có người đứng đầu ở dòng 2 trang “Danh sách”; "
            "mỗi đơn vị chỉ một người đứng đầu"
        ),
    ]


def test_of_very_many_mistakes_the_first_are_told_and_the_rest_counted(tmp_path):
    people = tuple(
        replace(DEMO_ROSTER.people[3], key=f"X-{number}", unit="Phòng Lạ") for number in range(errors.MOST_TOLD + 7)
    )
    write_roster(tmp_path / "nhieu.xlsx", Roster(DEMO_ROSTER.units, people))
    assert (len(lines(tmp_path / "nhieu.xlsx")), lines(tmp_path / "nhieu.xlsx")[-1]) == (
        errors.MOST_TOLD + 1,
        "… và 7 lỗi nữa",
    )


def test_the_page_about_the_roster_names_every_column_with_its_hint():
    page = (Path(__file__).parents[3] / "docs" / "roster.md").read_text()
    missing = [
        column.title
        for columns in SHEETS.values()
        for column in columns
        if f"| {column.title}{' *' if column.required else ''} | {column.hint} |" not in page
    ]
    assert not missing


@pytest.mark.parametrize("language", ["vi", "en"])
def test_before_an_opening_columns_are_called_as_in_the_file(language) -> None:
    blocks = environment(language).get_template("opening/labels.j2").blocks
    named = {name.removeprefix("column_"): name for name in blocks if name.startswith("column_")}
    titles = {**TITLES, "head": TITLES["role"], "deputy": TITLES["role"]}
    assert {key: label(f"opening/{name}", {}, language) for key, name in named.items()} == {
        key: titles[key] for key in named
    }
