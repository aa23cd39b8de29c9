"""Rosters as offices have them, each made from a public report: what is unambiguous is read, what is not is named with its cell.

The office of all of them: Sở Thử nghiệm tỉnh Lam Giang, with its Văn phòng Sở and Phòng Nghiệp vụ.
"""

import datetime as dt
from pathlib import Path

import pytest

from bot.roster.read import read_roster
from rules.nouns.alphabet import by_name
from rules.nouns.errors import RosterErrors
from rules.nouns.service import Leave, LeaveKind
from rules.roster.compare import changes
from rules.roster.people import KeptRoster, Roster, RosterEntry, RosterPerson
from templates.errors import lines

OUTSIDE = Path(__file__).parent / "outside"
NAMES = ["Phạm Văn Khởi", "Lò Thị Mây", "Vi Văn Sơn", "Đỗ Thị Hòa"]
UNITS = ["Sở Thử nghiệm tỉnh Lam Giang", "Văn phòng Sở", "Phòng Nghiệp vụ", "Phòng Nghiệp vụ"]


def read(name: str) -> Roster:
    return read_roster(OUTSIDE / f"{name}.xlsx")


def told(name: str) -> list[str]:
    with pytest.raises(RosterErrors) as caught:
        read(name)
    return lines(caught.value.mistakes)


def last(name: str) -> RosterPerson:
    return read(name).people[3]


@pytest.mark.parametrize(
    "name",
    [
        "01-title-rows",  # the office, the name of the list and an empty row above the titles, merged over all columns
        "03-split-name",  # “Họ và tên” over two columns: family name and middle name, given name; the parts of one name
        "04c-header-star-as-docs",  # the star of columns that must be filled, as the page about the roster prints it
        "07-x-mark",  # a tick where yes or no is meant
        "08-boolean",  # a program's TRUE and FALSE there
        "14-empty-fill",  # a style that openpyxl does not take; the cells are whole
        "21-sheet-blank",  # a blank behind the name of the sheet
        "21c-sheet-caps",  # the only sheet called so, in capitals, as a numbered copy
    ],
)
def test_what_is_unambiguous_is_read_whole(name) -> None:
    people = read(name).people
    assert [person.name for person in people] == NAMES
    assert [person.unit for person in people] == UNITS
    assert [person.key for person in people] == ["LG-001", "LG-002", "LG-003", "LG-004"]


def test_a_tick_and_true_say_yes_and_false_says_no() -> None:
    assert last("07-x-mark").party_member is True
    assert (last("08-boolean").party_member, last("08-boolean").leader) == (True, False)


def test_what_a_failed_formula_left_is_no_name_position_or_group() -> None:
    assert told("09-error-name") == ["Danh sách!B5: Họ và tên: “#N/A” là lỗi của bảng tính; hãy sửa hoặc xóa ô này"]
    assert told("10-error-group-position") == [
        "Danh sách!C5: Chức vụ, chức danh: “#VALUE!” là lỗi của bảng tính; hãy sửa hoặc xóa ô này",
        "Danh sách!J5: Nhóm: “#REF!” là lỗi của bảng tính; hãy sửa hoặc xóa ô này",
    ]


def test_a_unit_merged_over_three_rows_is_that_of_all_three() -> None:
    # D5:D7 is one cell: LG-004, LG-005 and LG-006 are of “Phòng Nghiệp vụ”
    assert [(person.key, person.unit) for person in read("26-merged-unit").people[3:]] == [
        ("LG-004", "Phòng Nghiệp vụ"),
        ("LG-005", "Phòng Nghiệp vụ"),
        ("LG-006", "Phòng Nghiệp vụ"),
    ]


def test_a_unit_with_another_dash_is_the_unit_of_the_sheet_of_units() -> None:
    # “Phòng Hành chính – Tổ chức” of the people is “Phòng Hành chính - Tổ chức” of the units
    roster = read("28b-unit-dash")
    assert [person.unit for person in roster.people[2:]] == ["Phòng Hành chính - Tổ chức"] * 2
    assert [unit.name for unit in roster.units][2] == "Phòng Hành chính - Tổ chức"


def test_two_of_one_name_in_one_unit_are_two_and_no_key_is_guessed_to_have_changed() -> None:
    # LG-202 became LG-209: two are called so, so that it is not known whose key it was
    before, after = read("23a-twins"), read("23b-twins-key")
    assert [person.key for person in before.people if person.name == "Hoàng Thị Lan"] == ["LG-201", "LG-202"]
    kept = KeptRoster(tuple(RosterEntry(n, one) for n, one in enumerate(before.people, 1)), before.units)
    change = changes(kept, after, dt.date(2026, 11, 28))
    assert [one.person.key for one in change.left] == ["LG-202"]
    assert [one.key for one in change.joined] == ["LG-209"]
    assert not change.renamed


def test_decorative_letters_are_named_with_what_they_would_be() -> None:
    # B5: mathematical bold letters, marks typed apart; each is the plain letter it is drawn after
    (line,) = told("52-fancy")
    assert line.startswith("Danh sách!B5: Họ và tên: chữ trang trí, văn bản không in được; hãy viết: Nguyễn Văn Lục")
    assert line.endswith("(đang ghi: 𝐍𝐠𝐮𝐲𝐞̂̃𝐧 𝐕𝐚̆𝐧 𝐋𝐮̣𝐜)")


def test_names_of_a_roster_stand_by_the_alphabet_in_lists() -> None:
    # by given name: a before ă before â, d before đ, u before ư (worked by hand)
    names = [person.name.split()[-1] for person in sorted(read("48-order").people, key=lambda one: by_name(one.name))]
    right = "An Anh Ân Danh Dũng Đạt Đức Khởi Mây Niê Sơn Uyên Ước"
    assert " ".join(names) == right


def test_study_and_secondment_on_the_office_s_order_are_times_of_their_own_kind() -> None:
    assert last("58d-leave").service.leaves == (Leave(LeaveKind.STUDY, dt.date(2026, 2, 1), dt.date(2026, 12, 31)),)
    assert last("58e-leave").service.leaves == (Leave(LeaveKind.SECONDED, dt.date(2026, 2, 1), dt.date(2026, 12, 31)),)
