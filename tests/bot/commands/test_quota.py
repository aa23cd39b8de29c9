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


OFFICE_2020 = "quang-ngai-office-2020"
PARTY_2020 = "HD 21-HD/BTCTW, 2.3; KH 16-KH/HU ngày 12/11/2020, II.2"


def rows_of(group: str, excellent: int, good: int, subject: str = "") -> str:
    rated = ["excellent"] * excellent + ["good"] * good
    tail = f",{subject}" if subject else ""
    return "".join(f"Người {n},Phòng A,{group},false,{rating}{tail}\n" for n, rating in enumerate(rated))


@pytest.mark.parametrize("group", ["official", "công chức", "Công chức", "viên chức"])
def test_a_group_called_as_a_subject_is_judged_as_such(group: str) -> None:
    # In 2020 no text sets a share for officials and employees: Decree 90 has none before Decree 48 (15/9/2023), and
    # the fifth of HD 21 is that of members of the party.
    shown = json.loads(tusoi("quota", OFFICE_2020, "-", stdin=HEAD + rows_of(group, 3, 5)).out)
    assert (shown["groups"], shown["ok"], "assumed" in shown) == ([], True, False)


def test_a_column_says_what_each_line_is_and_each_kind_is_counted_by_itself() -> None:
    rows = HEAD.strip() + ",subject\n" + rows_of("cv", 3, 5, "official") + rows_of("cv", 2, 5, "đảng viên")
    shown = json.loads(tusoi("quota", OFFICE_2020, "-", stdin=rows).out)
    (members,) = shown["groups"]  # 20% of the five members rated good is one
    assert (members["subject"], members["base"], members["allowed"], members["over"]) == (["party_member"], 5, 1, 1)


def test_the_column_wins_over_the_group_and_the_option_names_the_rest() -> None:
    rows = HEAD.strip() + ",subject\n" + rows_of("official", 1, 5, "party_member")
    assert json.loads(tusoi("quota", OFFICE_2020, "-", stdin=rows).out)["groups"][0]["subject"] == ["party_member"]
    told = tusoi("quota", OFFICE_2020, "-", "--subject", "party_member", stdin=HEAD + rows_of("công chức", 1, 5))
    assert json.loads(told.out)["groups"][0]["base"] == 5


def test_where_nothing_tells_what_they_are_the_answer_says_which_share_was_taken() -> None:
    ran = tusoi("quota", OFFICE_2020, "-", stdin=HEAD + rows_of("chuyên viên", 1, 5))
    shown = json.loads(ran.out)
    assert (ran.status, shown["groups"][0]["allowed"]) == (0, 1)
    assert (shown["assumed"]["groups"], shown["assumed"]["taken"]) == (["chuyên viên"], [PARTY_2020])
    assert ran.err == shown["assumed"]["why"] + "\n"
    assert "cán bộ, công chức, viên chức: không có" in ran.err


@pytest.mark.parametrize("book", ["decree-335-2025", "party-2023", "son-duong-2020"])
def test_it_is_said_only_where_the_shares_differ(book: str) -> None:
    ran = tusoi("quota", book, "-", stdin=HEAD + rows_of("nhóm 1", 1, 5))
    assert ("assumed" in json.loads(ran.out)) is bool(ran.err) is (book == "son-duong-2020")


def test_a_word_that_is_no_subject_is_told_with_its_line() -> None:
    ran = tusoi("quota", OFFICE_2020, "-", stdin=HEAD.strip() + ",subject\n" + rows_of("cv", 1, 0, "quan"))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("đầu vào chuẩn:2: subject: cần một trong: official, employee")


# Decree 233, Điều 12.6.b: a quarter only where the unit itself was recognised as excellent
@pytest.mark.parametrize(
    ("unit", "allowed", "granted"),
    [("excellent", 2, "met"), ("good", 1, "unmet"), ("", 1, "unknown")],
)
def test_the_quarter_of_employees_rests_on_the_rating_of_their_unit(unit: str, allowed: int, granted: str) -> None:
    option = ["--unit-rating", unit] if unit else []
    ran = tusoi("quota", "decree-233-2026", "-", "--by-decision", *option, stdin=HEAD + rows_of("bác sĩ", 0, 8))
    of_office = json.loads(ran.out)["groups"][0]
    assert (of_office["base"], of_office["allowed"], of_office["by_decision"]) == (8, allowed, granted)
    assert ("hãy ghi --unit-rating" in ran.err) is (granted == "unknown")
