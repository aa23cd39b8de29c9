"""`tusoi rate`: JSON of a case or of many; one clear line and status 2 for what cannot be rated."""

import json
import re
from pathlib import Path

import pytest

from tests.bot.commands.running import tusoi

CASE = """\
subject: official
leader: false
facts:
  general_criteria: good
  tasks_done_pct: 100
  tasks_on_time: true
  tasks_quality: true
  tasks_efficiency: high
  tasks_exceeded_pct: 49.5
  tasks_substandard_pct: 0
  degradation_concluded: false
  disciplined: false
  months_worked: 12
  leave_months: 3
  maternity_leave: false
"""
LINE = '{"subject": "official", "leader": false, "facts": {"months_worked": %s, "maternity_leave": false}}\n'

CASES = Path(__file__).parent / "cases"


def test_a_case_is_rated_as_json() -> None:
    ran = tusoi("rate", "decree-90-2020", "-", stdin=CASE)
    came = json.loads(ran.out)
    assert ran.status == 0
    assert came | {"findings": [], "caps": []} == {
        "rulebook": "decree-90-2020",
        "rating": "completed",
        "before_caps": "good",
        "possible": ["completed"],
        "gap": False,
        "score": None,
        "not_rated": None,
        "missing": [],
        "findings": [],
        "caps": [],
    }
    assert came["findings"][5] == {
        "rating": "excellent",
        "condition": "tasks_exceeded_pct >= 50",
        "value": 49.5,
        "verdict": "unmet",
        "cite": "NĐ 90/2020, Điều 8 khoản 1",
    }
    assert [(cap["at_most"], cap["cite"]) for cap in came["caps"]] == [("completed", "NĐ 90/2020, Điều 2 khoản 3")]


def test_json_keeps_vietnamese_letters() -> None:
    assert "Điều 8 khoản 1" in tusoi("rate", "decree-90-2020", "-", stdin=CASE).out


def test_many_cases_come_back_in_their_order(tmp_path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(LINE % 5 + "\n" + LINE % 6, encoding="utf-8")
    first, second = (json.loads(line) for line in tusoi("rate", "decree-90-2020", "--bulk", str(file)).out.splitlines())
    assert (first["not_rated"], first["possible"]) == ("NĐ 90/2020, Điều 2 khoản 3", [])
    assert (second["not_rated"], second["possible"][0]) == (None, "excellent")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("facts: {}", "đầu vào chuẩn:1: subject: thiếu mục bắt buộc này"),
        (CASE.replace("49.5", "105"), "đầu vào chuẩn:9: facts.tasks_exceeded_pct: cần số từ 0 đến 100 (đang ghi: 105)"),
        (CASE.replace("tasks_quality", "quality"), "đầu vào chuẩn:7: facts.quality: không có dữ kiện tên này"),
        (CASE.replace("official", "party_cell"), "đầu vào chuẩn:1: subject: bộ quy định decree-90-2020 không xếp loại"),
        ("subject: ]", "đầu vào chuẩn:1: viết chưa đúng YAML"),
        ("[" * 100_000, "đầu vào chuẩn:1: lồng nhau quá sâu"),
        ("a\x00b", "đầu vào chuẩn: viết chưa đúng YAML"),
    ],
)
def test_a_case_that_cannot_be_rated_is_one_line_and_status_2(text: str, told: str) -> None:
    ran = tusoi("rate", "decree-90-2020", "-", stdin=text)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(told)
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "viết chưa đúng JSON"),
        ('{"subject": "worker", "subject": "official", "leader": false}', "viết chưa đúng JSON"),
        ("[" * 100_000, "viết chưa đúng JSON"),
        ('{"subject": "official", "leader": 0}', "leader: cần true hoặc false (đang ghi: 0)"),
    ],
)
def test_a_broken_line_of_many_is_told_by_its_number_and_the_others_go_on(tmp_path, line: str, told: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(LINE % 6 + line + "\n" + LINE % 6, encoding="utf-8")
    ran = tusoi("rate", "decree-90-2020", "--bulk", str(file))
    first, error, last = ran.out.splitlines()
    assert (ran.status, first) == (1, last)
    assert json.loads(error)["line"] == 2
    assert json.loads(error)["error"].startswith(f"{file}:2: {told}")
    assert ran.err == json.loads(error)["error"] + "\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["decree-90-2020"], "tusoi rate: cần đúng một tệp"),
        (["decree-90-2020", "no-such.yaml"], "no-such.yaml: không đọc được tệp này"),
        (["no-such-book", "-"], "no-such-book: không có bộ quy định này; các bộ có sẵn: decree-"),
    ],
)
def test_what_is_not_there_is_told(arguments: list[str], told: str) -> None:
    ran = tusoi("rate", *arguments)
    assert ran.status == 2
    assert ran.err.startswith(told)


def test_an_explanation_of_many_is_not_silently_left_out() -> None:
    ran = tusoi("rate", "decree-90-2020", "--bulk", "-", "--explain", stdin="")
    assert (ran.status, ran.out) == (2, "")
    assert "--bulk in JSON" in ran.err


def test_many_and_one_give_the_same_answer(tmp_path) -> None:
    case = '{"subject": "official", "leader": true, "facts": {"tasks_done_pct": 100, "leave_months": 4, "head": true}}'
    one = tusoi("rate", "decree-90-2020", "-", stdin=case)
    many = tusoi("rate", "decree-90-2020", "--bulk", "-", stdin=f"{case}\n\n{case}\n")
    assert many.out == one.out * 2


def test_an_explanation_says_what_is_asked_what_was_answered_and_the_clause() -> None:
    case = "{subject: official, leader: false, facts: {tasks_exceeded_pct: 40, disciplined: true, discipline_counted_before: false}}"
    told = tusoi("rate", "decree-90-2020", "-", "--full", stdin=case).out
    assert (
        "- NĐ 90/2020, Điều 8 khoản 1 yêu cầu nhiệm vụ hoàn thành vượt mức từ 50% trở lên; đã khai: 40%, chưa đạt."
        in told
    )
    assert (
        "- Một căn cứ gồm đủ các điều sau:\n  + bị xử lý kỷ luật trong năm (NĐ 90/2020, Điều 2 khoản 5 điểm a (NĐ 48/2023)); đã khai: có,"
        in told
    )
    assert (
        "  + vi phạm bị kỷ luật chưa tính vào năm khác (NĐ 90/2020, Điều 2 khoản 5 điểm b, điểm c (NĐ 48/2023)); đã khai như vậy,"
        in told
    )
    assert "- Hoàn thành nhiệm vụ: không còn điều nào thay đổi được để đạt." in told  # a discipline stands


def test_what_has_to_be_false_is_said_in_words_of_its_own() -> None:
    """Not “không vi phạm bị kỷ luật …”, “không không hoàn thành …”: no “không” put before the name of a thing."""
    for book, subject, words in (
        (
            "decree-335-2025",
            "official",
            "vi phạm bị kỷ luật xảy ra ở nơi công tác hiện nay (NĐ 335/2025, Điều 11 khoản 3",
        ),
        ("son-la-rehab-2021", "party_cell", "không có lý do bất khả kháng (B.II.3.1.d)"),
        (
            "son-la-rehab-2021",
            "party_cell",
            "vụ, việc không do tổ chức tự phát hiện hoặc chưa khắc phục xong hậu quả (B.II.3.1.d)",
        ),
        (
            "party-2025",
            "collective",
            "lý do, hoàn cảnh chưa được cấp có thẩm quyền xem xét, chấp nhận (QĐ 366-QĐ/TW, Điều 11",
        ),
    ):
        told = tusoi("rate", book, "-", "--full", stdin=f"{{subject: {subject}, leader: false, facts: {{}}}}").out
        assert f"  + {words}" in told
        assert not re.search(r"không (vi phạm|vụ, việc|không|lý do)", told)


def test_a_gap_says_between_what_the_authority_chooses() -> None:
    facts = "general_criteria: unmet, tasks_done_pct: 100, tasks_substandard_pct: 0, disciplined: false"
    case = f"{{subject: official, leader: false, facts: {{{facts}, degradation_concluded: false, months_worked: 12}}}}"
    told = tusoi("rate", "decree-90-2020", "-", "--full", stdin=case).out
    assert "chọn giữa Hoàn thành nhiệm vụ và Không hoàn thành nhiệm vụ." in told


def test_points_are_explained_with_their_arithmetic() -> None:
    facts = "general_points: 28, quantity_pct: 85, quality_pct: 81.25, progress_pct: 81.25, score: 95"
    told = tusoi(
        "rate", "decree-335-2025", "-", "--full", stdin=f"{{subject: official, leader: false, facts: {{{facts}}}}}"
    ).out
    assert "- Điểm kết quả thực hiện nhiệm vụ: 82,5% × 70 = 57,75 (NĐ 335/2025, Điều 17 khoản 1)." in told
    assert "Đã khai tổng điểm là 95, nhưng tính từ các phần thì là 85,75: xác định số nào đúng." in told


def test_the_year_of_a_case_goes_before_the_year_of_the_command(tmp_path) -> None:
    for_duty = '"disciplined": true, "discipline_in_duty": true, "discipline_counted_before": true'
    facts = f'"facts": {{{for_duty}, "months_worked": 12}}'
    case = '{"subject": "official", "leader": false, %s, "year": %s}\n'
    bulk = (case % (facts, 2022)) + (case % (facts, 2023)) + (case % (facts, "null"))
    ran = tusoi("rate", "decree-90-2020", "--bulk", "-", "--year", "2021", stdin=bulk)
    came = [json.loads(line)["rating"] for line in ran.out.splitlines()]
    assert came == ["not_completed", None, "not_completed"]


@pytest.mark.parametrize("year", ["1999", "2101", "'2022'", "true", "2022.0"])
def test_a_year_that_is_none_is_told(year: str) -> None:
    ran = tusoi("rate", "decree-90-2020", "-", stdin=f"{{subject: official, leader: false, year: {year}}}")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith("đầu vào chuẩn:1: year: cần số từ 2000 đến 2100")


def test_sick_for_three_months_by_the_calendar_is_capped() -> None:
    """Nghị định 90/2020, Điều 2 khoản 3: three months away, so no higher than completed. The case wrote 2.9 and 9.1 months, of a leave
    from 01/02 to 30/04/2025: as dates, the months follow.
    """
    case = (CASES / "sick-feb-apr-2025.yaml").read_text("utf-8")
    dates = "service: {leaves: [{kind: sick, from: 2025-02-01, to: 2025-04-30}]}\n"
    said = tusoi("rate", "decree-90-2020", "-", stdin=case + dates)
    assert said.status == 2
    assert "facts.months_worked: ghi 9.1 nhưng các ngày ở service cho 9; bỏ một trong hai" in said.err
    followed = case.replace("months_worked: 9.1, leave_months: 2.9, maternity_leave: false", "review_done: true")
    answer = json.loads(tusoi("rate", "decree-90-2020", "-", stdin=followed + dates).out)
    assert (answer["rating"], answer["before_caps"]) == ("completed", "excellent")


def test_a_school_year_rated_in_june_is_judged_by_the_rules_of_june() -> None:
    """Nghị định 90/2020, Điều 15 khoản 1 điểm d before Nghị định 48/2023 (15/9/2023): discipline is a ground only where the breach was in
    the course of duty, and it was not. In December of that year any discipline is (Điều 2 khoản 5 as added).
    """
    case = (CASES / "school-june-2023.yaml").read_text("utf-8")
    for when in ("period: school\n", "as_of: 2023-06-15\n"):
        assert json.loads(tusoi("rate", "decree-90-2020", "-", stdin=case + when).out)["rating"] == "excellent"
    assert json.loads(tusoi("rate", "decree-90-2020", "-", stdin=case).out)["rating"] == "not_completed"
