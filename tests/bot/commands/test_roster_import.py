"""`tusoi roster import` as a clerk runs it: check, preview, agree, kept."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo.office import DEMO_ROSTER, OFFICE, RULEBOOK
from bot.roster.read import read_roster
from bot.roster.template import write_roster
from rules.roster.people import Roster
from tests.bot.commands.running import Ran, at_terminal, tusoi
from tests.bot.roster.rosters import promoted, without

#: Two people with another position, and no day says since when.
UNDATED = replace(
    DEMO_ROSTER,
    people=tuple(
        replace(one, position="Chuyên viên chính") if one.key in {"AP-005", "AP-006"} else one
        for one in DEMO_ROSTER.people
    ),
)


@pytest.fixture
def folder(tmp_path: Path, data_folder: Path) -> Path:
    return tmp_path


def imported(folder: Path, roster: Roster, *options: str, stdin: str = "") -> Ran:
    file = folder / "danh-sach.xlsx"
    write_roster(file, roster)
    return tusoi("roster", "import", str(file), *options, stdin=stdin)


def test_a_roster_is_shown_agreed_to_and_kept(folder):
    first = imported(folder, DEMO_ROSTER, stdin="y\n")
    assert (first.status, first.err) == (0, "")
    assert first.out.startswith(f"{OFFICE}: cơ quan mới\n  Đơn vị mới: 3\n  Người mới vào: 12\n")
    assert first.out.endswith(f"Đã ghi danh sách của {OFFICE}.\n")
    again = imported(folder, DEMO_ROSTER)
    assert (again.status, again.out) == (0, f"{OFFICE}: danh sách không có gì thay đổi.\n")


def test_who_does_not_agree_keeps_nothing(folder):
    refused = imported(folder, DEMO_ROSTER, stdin="n\n")
    assert (refused.status, refused.out.splitlines()[-1]) == (0, "Ghi những thay đổi này? [y/N]: Chưa ghi gì.")
    assert "cơ quan mới" in imported(folder, DEMO_ROSTER, stdin="n\n").out


def test_one_bad_row_changes_nothing(folder):
    imported(folder, DEMO_ROSTER, "--yes")
    bad = replace(
        without("AP-006"), people=(*without("AP-006").people, replace(DEMO_ROSTER.people[0], key="X", unit="?"))
    )
    ran = imported(folder, bad, "--yes")
    assert (ran.status, ran.out) == (2, "")
    assert "không có đơn vị “?”" in ran.err
    assert "không có gì thay đổi" in imported(folder, DEMO_ROSTER).out


def test_a_roster_that_does_not_follow_from_what_is_kept_says_why(folder):
    imported(folder, DEMO_ROSTER, "--yes")
    ran = imported(folder, Roster(DEMO_ROSTER.units[:2], DEMO_ROSTER.people[:7]), "--yes")
    assert ran.status == 2
    assert ran.err.startswith("Đơn vị “Trung tâm Công báo và Tin học” không còn trong tệp")
    assert ran.err.endswith("\nChưa ghi gì.\n")


def test_every_mistake_of_a_file_is_told_on_a_line_of_its_own(folder):
    people = (replace(DEMO_ROSTER.people[0], unit="?"), replace(DEMO_ROSTER.people[1], key="AP-001"))
    write_roster(folder / "sai.xlsx", replace(DEMO_ROSTER, people=people))
    ran = tusoi("roster", "check", str(folder / "sai.xlsx"))
    assert (ran.status, [line.partition(":")[0] for line in ran.err.splitlines()]) == (
        2,
        ["Danh sách!D2", "Danh sách!A3"],
    )


def test_an_office_is_renamed_when_its_old_name_is_given(folder):
    imported(folder, DEMO_ROSTER, "--yes")
    new = "Văn phòng Đoàn và UBND tỉnh An Phú"
    renamed = Roster(
        tuple(
            replace(unit, name=new if unit.name == OFFICE else unit.name, parent=new if unit.parent else "")
            for unit in DEMO_ROSTER.units
        ),
        tuple(replace(one, unit=new if one.unit == OFFICE else one.unit) for one in DEMO_ROSTER.people),
    )
    ran = imported(folder, renamed, "--yes", "--office", OFFICE)
    assert f"  {OFFICE}: Tên đơn vị: “{OFFICE}” → “{new}”\n" in ran.out
    assert "không có gì thay đổi" in imported(folder, renamed).out


def test_an_open_campaign_follows_the_roster(folder):
    file = folder / "danh-sach.xlsx"
    write_roster(file, DEMO_ROSTER)
    tusoi("campaign", "open", RULEBOOK, "--year", "2020", "--roster", str(file))
    new = replace(DEMO_ROSTER.people[3], key="AP-013", name="Hà Bảo Ngân")
    roster = promoted("AP-005")
    ran = imported(folder, replace(roster, people=(*roster.people, new)), "--yes")
    assert (ran.status, ran.err) == (0, "")
    assert "Hà Bảo Ngân" in tusoi("invite", "list").out


def asked(folder: Path, *typed: str) -> Ran:
    """The import of UNDATED at a terminal, where this is typed."""
    imported(folder, DEMO_ROSTER, "--yes")
    file = folder / "danh-sach.xlsx"
    write_roster(file, UNDATED)
    return at_terminal("roster", "import", str(file), typed="".join(f"{line}\n" for line in typed))


def kept_since(folder: Path) -> dict[str, dt.date | None]:
    """Since when the two hold their position, as the roster is kept."""
    file = folder / "ra.xlsx"
    assert tusoi("roster", "export", str(file)).status == 0
    people = {one.key: one for one in read_roster(file).people}
    assert {people[key].position for key in ("AP-005", "AP-006")} == {"Chuyên viên chính"}
    return {key: people[key].position_since for key in ("AP-005", "AP-006")}


def test_one_day_is_asked_for_all(folder):
    ran = asked(folder, "01/10/2026", "y")
    assert ran.status == 0
    assert "AP-005 Trần Thị Hoa Mai đổi chức vụ" in ran.err
    assert ran.out.endswith(f"Đã ghi danh sách của {OFFICE}.\n")
    assert kept_since(folder) == dict.fromkeys(("AP-005", "AP-006"), dt.date(2026, 10, 1))


def test_the_days_are_asked_one_by_one_and_again_where_they_cannot_be_read(folder):
    ran = asked(folder, "", "31/02/2026", "01/10/2026", "2/11/2026", "y")
    assert ran.status == 0
    assert "“31/02/2026” không phải là một ngày dạng dd/mm/yyyy." in ran.err
    assert "AP-006 Lê Khánh Trúc: từ ngày (dd/mm/yyyy), hoặc “sửa”" in ran.out
    assert kept_since(folder) == {"AP-005": dt.date(2026, 10, 1), "AP-006": dt.date(2026, 11, 2)}


def test_what_was_written_wrongly_before_needs_no_day(folder):
    ran = asked(folder, "", "sửa", "01/10/2026", "y")
    assert ran.status == 0
    assert kept_since(folder) == {"AP-005": None, "AP-006": dt.date(2026, 10, 1)}


def test_all_were_written_wrongly_before(folder):
    assert asked(folder, "sửa", "y").status == 0
    assert kept_since(folder) == {"AP-005": None, "AP-006": None}


def test_with_yes_a_change_without_a_day_is_refused_and_named(folder):
    imported(folder, DEMO_ROSTER, "--yes")
    ran = imported(folder, UNDATED, "--yes")
    assert ran.status == 2
    assert [line[:18] for line in ran.err.splitlines()] == ["Danh sách!C6: Chức", "Danh sách!C7: Chức", "Chưa ghi gì."]
    assert "không có gì thay đổi" in imported(folder, DEMO_ROSTER).out
