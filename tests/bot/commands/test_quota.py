"""`tusoi quota`."""

import json

import pytest

from tests.bot.commands.running import Ran, tusoi
from tests.rules.books import RATINGS, write_book

HEAD = "person,unit,group,leader,rating\n"
QUOTAS = """\
quotas:
  - {key: share, rating: excellent, at_most_pct: 20, of: good, per: [unit], cite: "Điều 5"}
"""


def quota(tmp_path, rows: str) -> Ran:
    folder = write_book(tmp_path / "office", RATINGS + QUOTAS)
    return tusoi("quota", str(folder), "-", stdin=rows)


def test_every_group_with_base_allowed_and_over(tmp_path) -> None:
    ran = quota(tmp_path, HEAD + "An,P1,cv,false,excellent\n" + "Bình,P1,cv,false,good\n" * 4)
    shown = json.loads(ran.out)
    assert (ran.status, shown["ok"]) == (0, False)
    wanted = {"key": {"unit": "P1"}, "base": 4, "rated": 1, "allowed": 0, "over": 1, "cite": "Điều 5"}
    assert wanted.items() <= shown["groups"][0].items()


def test_semicolons_and_a_byte_order_mark_as_spreadsheets_write_them(tmp_path) -> None:
    rows = "\ufeffperson;unit;group;leader;rating\nNguyễn Văn Thử;P1;;true;\n"
    assert json.loads(quota(tmp_path, rows).out)["ok"] is True


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("", "đầu vào chuẩn:1: person: thiếu cột này ở dòng đầu (và 4 lỗi khác)"),
        ("person,unit,group,leader\n", "đầu vào chuẩn:1: rating: thiếu cột này"),
        (
            HEAD + "An,P1,cv,false,best\n",
            "đầu vào chuẩn:2: rating: cần một trong: excellent, good, completed, not_completed",
        ),
        (HEAD + "An,P1,cv,maybe,good\n", "đầu vào chuẩn:2: leader: cần một trong: true, false (đang ghi: maybe)"),
        (HEAD + ",P1,cv,true,good\n", "đầu vào chuẩn:2: person: không được để trống"),
        (HEAD + "An,P1\n", "đầu vào chuẩn:2: số ô của dòng khác số cột"),
        (HEAD + 'An,"P1\n', "đầu vào chuẩn:2: viết chưa đúng CSV"),
    ],
)
def test_a_list_that_cannot_be_read_is_one_line_and_status_2(tmp_path, rows: str, told: str) -> None:
    ran = quota(tmp_path, rows)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(told)


def test_the_share_is_that_of_the_year() -> None:
    rows = HEAD + "An,P1,cv,false,excellent\n" + "Bình,P1,cv,false,good\n" * 4
    before, after = (
        json.loads(tusoi("quota", "decree-90-2020", "-", "--year", year, stdin=rows).out) for year in ("2022", "2023")
    )
    assert (before["groups"], before["ok"]) == ([], True)
    assert ([group["over"] for group in after["groups"]], after["ok"]) == ([1, 1], False)
