"""The suggestion beyond what the scenarios of the decree show: findings, scores, lists, who is not covered."""

import pytest

from rules.book.suggestion import Suggestion, met_grounds, next_higher, unsatisfied
from rules.judging.explanation import reasons
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


def test_what_is_missing_for_the_next_higher_rating_is_its_unmet_condition() -> None:
    found = suggest(OFFICE, official())
    assert next_higher(found) is Rating.EXCELLENT
    assert [one.fact for one in unsatisfied(found, Rating.EXCELLENT)] == ["tasks_exceeded_pct"]
    assert _reasons(found)["caps"] == []


def test_a_cap_stands_between_too() -> None:
    found = suggest(OFFICE, official(leave_months=3))
    assert (next_higher(found), unsatisfied(found, Rating.GOOD)) == (Rating.GOOD, ())
    (cap,) = _reasons(found)["caps"]
    assert cap["tests"] == [{"fact": "leave_months", "op": "at_least", "asked": 3}]


def test_a_met_ground_stands_between_too() -> None:
    found = suggest(OFFICE, official(disciplined=True, discipline_in_duty=True))
    assert next_higher(found) is Rating.COMPLETED
    assert [one.fact for one in met_grounds(found)] == ["disciplined", "discipline_in_duty"]


def test_nothing_is_missing_above_excellent() -> None:
    assert next_higher(suggest(OFFICE, official(tasks_exceeded_pct=50))) is None


def test_who_is_not_rated_has_no_next_higher_rating() -> None:
    assert next_higher(suggest(OFFICE, official(months_worked=3))) is None


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
