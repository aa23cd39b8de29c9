"""`tusoi roster export`: the kept roster as the workbook it would be imported from."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo.office import CENTRE, DEMO_ROSTER, OFFICE
from bot.roster.read import read_roster
from bot.roster.template import write_roster
from rules.nouns.service import Leave, LeaveKind, Service
from rules.nouns.values import Rating
from rules.roster.people import Roster, RosterPost
from tests.bot.commands.running import tusoi
from tests.bot.roster.rosters import without

SERVICE = Service(
    joined=dt.date(2015, 3, 1),
    moved_on=dt.date(2020, 8, 1),
    moved_from="Sở Nội vụ tỉnh An Phú",
    party_cell="Chi bộ 1",
    leaves=(Leave(LeaveKind.SICK, dt.date(2020, 3, 5), dt.date(2020, 6, 20)),),
    ratings={2019: Rating.GOOD, 2018: Rating.NOT_COMPLETED},
)
#: Every column of every sheet has something in it.
WHOLE = Roster(
    (*DEMO_ROSTER.units[:2], replace(DEMO_ROSTER.units[2], in_charge="AP-002", authority="AP-001")),
    (
        *DEMO_ROSTER.people[:4],
        replace(DEMO_ROSTER.people[4], service=SERVICE, group="Chuyên môn", desk=True),
        *DEMO_ROSTER.people[5:],
    ),
    (RosterPost("AP-004", CENTRE, "Phó Giám đốc", leader=True, role="deputy"),),
)


@pytest.fixture
def folder(tmp_path: Path, data_folder: Path) -> Path:
    return tmp_path


def imported(folder: Path, roster: Roster) -> None:
    write_roster(folder / "nhap.xlsx", roster)
    assert tusoi("roster", "import", str(folder / "nhap.xlsx"), "--yes").status == 0


def test_what_was_imported_is_exported_and_importing_it_again_changes_nothing(folder):
    imported(folder, WHOLE)
    file = folder / "xuat.xlsx"
    ran = tusoi("roster", "export", str(file))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == f"Đã ghi {file}: {OFFICE}, 3 đơn vị, 12 người.\n"
    assert read_roster(file).posts == WHOLE.posts
    assert next(one for one in read_roster(file).people if one.key == "AP-005").service == SERVICE
    assert tusoi("roster", "import", str(file)).out == f"{OFFICE}: danh sách không có gì thay đổi.\n"


def test_who_has_left_is_not_in_it(folder):
    imported(folder, WHOLE)
    imported(folder, without("AP-006"))
    tusoi("roster", "export", str(folder / "xuat.xlsx"))
    assert "AP-006" not in {one.key for one in read_roster(folder / "xuat.xlsx").people}


def test_a_file_that_is_there_is_not_overwritten(folder):
    imported(folder, DEMO_ROSTER)
    ran = tusoi("roster", "export", str(folder / "nhap.xlsx"))
    assert (ran.status, "tệp đã có" in ran.err) == (2, True)


def test_an_office_that_is_not_there_is_said(folder):
    assert "chưa có cơ quan nào" in tusoi("roster", "export", str(folder / "a.xlsx")).err
    imported(folder, DEMO_ROSTER)
    ran = tusoi("roster", "export", str(folder / "a.xlsx"), "--office", "Văn phòng Khác")
    assert "không có cơ quan nào tên “Văn phòng Khác”" in ran.err
    assert not (folder / "a.xlsx").exists()
