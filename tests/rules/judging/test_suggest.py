"""The suggestion beyond what the scenarios of the decree show: findings, scores, lists, who is not covered."""

import pytest

from rules.book.suggestion import Suggestion, met_grounds
from rules.judging.explanation import at_a_glance, explanation, reasons
from rules.judging.suggest import Case, NotCoveredError, suggest
from rules.nouns.values import Rating, Subject, Verdict
from rules.reading.load import load
from tests.rules.books import RATINGS, write_book

OFFICE = load("quang-ngai-office-2020")
GOOD_YEAR = {
    "general_criteria": "good",
    "tasks_done_pct": 100,
    "tasks_on_time": True,
    "tasks_quality": True,
    "tasks_efficiency": "high",
    "tasks_exceeded_pct": 49,
    "tasks_substandard_pct": 0,
    "degradation_concluded": False,
    "disciplined": False,
    "months_worked": 12,
    "leave_months": 0,
    "maternity_leave": False,
}


def official(**facts) -> Case:
    return Case(Subject.OFFICIAL, leader=False, facts=GOOD_YEAR | facts)


def test_a_finding_carries_condition_value_verdict_and_clause() -> None:
    found = suggest(OFFICE, official()).findings[5]
    assert (found.rating, found.condition, found.value) == (Rating.EXCELLENT, "tasks_exceeded_pct >= 50", 49)
    assert (found.verdict, found.cite) == (Verdict.UNMET, "NĐ 90/2020, Điều 8 khoản 1")


def test_every_condition_has_a_finding_even_when_nothing_is_known() -> None:
    found = suggest(OFFICE, Case(Subject.OFFICIAL, leader=False)).findings
    assert len(found) == 18
    assert {one.verdict for one in found} == {Verdict.UNKNOWN}


def test_a_clause_that_was_not_read_itself_is_marked_in_the_finding() -> None:
    found = suggest(OFFICE, official()).findings
    assert {one.cite for one in found if one.unverified} == {
        "NĐ 90/2020, Điều 9 khoản 1",
        "NĐ 90/2020, Điều 10 khoản 1",
        "NĐ 90/2020, Điều 11 khoản 1",
    }


def test_the_worker_is_told_whose_criteria_apply() -> None:
    notes = suggest(OFFICE, Case(Subject.WORKER)).notes
    expected = "Người lao động được đánh giá theo mẫu và tiêu chí của công chức (Kế hoạch, mục 2 và mục 3 điểm c)"
    assert notes == (expected,)


def test_who_is_not_covered_gets_no_suggestion() -> None:
    with pytest.raises(NotCoveredError):
        suggest(OFFICE, Case(Subject.PARTY_GROUP))


def test_at_a_glance_the_condition_that_lacks_is_what_would_raise_it() -> None:
    told = _at_a_glance(official())
    assert (told["why"]["kind"], told["next"]["rating"]) == ("met", Rating.EXCELLENT)
    assert [one["fact"] for one in told["next"]["changes"]] == ["tasks_exceeded_pct"]
    assert _reasons(suggest(OFFICE, official()))["caps"] == []


def test_at_a_glance_a_cap_of_leave_decided_and_stands() -> None:
    told = _at_a_glance(official(leave_months=3))
    assert (told["why"]["kind"], told["why"]["cites"]) == ("cap", ["NĐ 90/2020, Điều 2 khoản 3"])
    assert told["next"] == {"rating": Rating.GOOD, "changes": None, "more": 0}
    (cap,) = _reasons(suggest(OFFICE, official(leave_months=3)))["caps"]
    assert cap["tests"] == [{"fact": "leave_months", "op": "at_least", "asked": 3}]


def test_at_a_glance_a_ground_is_told_by_the_most_telling_of_its_conditions() -> None:
    case = official(disciplined=True, discipline_in_duty=True)
    told = _at_a_glance(case)
    assert [one.fact for one in met_grounds(suggest(OFFICE, case))] == ["disciplined", "discipline_in_duty"]
    assert [one["fact"] for one in told["why"]["findings"]] == ["discipline_in_duty"]
    assert (told["next"]["rating"], told["next"]["changes"]) == (Rating.COMPLETED, None)


def test_at_a_glance_nothing_is_above_excellent() -> None:
    assert _at_a_glance(official(tasks_exceeded_pct=50))["next"] is None


def test_at_a_glance_who_is_not_rated_reads_why() -> None:
    told = _at_a_glance(official(months_worked=3))
    assert told["not_rated"]["because"] == "thời gian công tác trong năm chưa đủ 06 tháng"
    assert (told["why"], told["next"]) == (None, None)


def _at_a_glance(case: Case) -> dict:
    found = suggest(OFFICE, case)
    seen = {"rating": found.rating, "possible": found.possible, "gap": found.gap, "missing": (), "elsewhere": False}
    return at_a_glance(explanation(OFFICE, case, found), seen)


def _reasons(found: Suggestion) -> dict:
    return reasons(found, OFFICE.profiles[Subject.OFFICIAL, False], {})


def test_a_score_band_is_a_lower_bound(tmp_path) -> None:
    both = RATINGS.replace(
        '90, cite: "Điều 1"}', '90, cite: "Điều 1"}\n        - {fact: outstanding_example, is: true, cite: "Điều 1"}'
    )
    book = load(write_book(tmp_path / "b", both))
    came = suggest(
        book, Case(Subject.OFFICIAL, facts={"score": 95, "outstanding_example": False, "disciplined": False})
    )
    assert (came.rating, came.score) == (Rating.GOOD, 95.0)


def test_a_list_of_levels_is_as_good_as_its_worst(tmp_path) -> None:
    levels = RATINGS.replace("fact: score, at_least: 90", "fact: task_levels, at_least: excellent")
    book = load(write_book(tmp_path / "b", levels))
    facts = {"task_levels": ("excellent", "good"), "score": 60, "disciplined": False}
    assert suggest(book, Case(Subject.OFFICIAL, facts=facts)).rating is Rating.COMPLETED


def test_scores_of_months_count_by_their_mean(tmp_path) -> None:
    book = load(write_book(tmp_path / "b", RATINGS.replace("fact: score", "fact: month_scores")))
    facts = {"month_scores": (80, 100), "disciplined": False}
    assert suggest(book, Case(Subject.OFFICIAL, facts=facts)).rating is Rating.EXCELLENT
