"""Points: the formulas of Decree 335/2025 (Điều 16, 17) and what is made of them."""

import pytest

from rules.book.owed import SCORE_OF
from rules.judging.suggest import Case, suggest
from rules.nouns.values import Rating, Subject
from rules.reading.load import load

BOOK = load("decree-335-2025")
CLEAN = {
    "degradation_concluded": False,
    "disciplined": False,
    "discipline_in_duty": False,
    "subunit_corruption": False,
    "months_worked": 12,
}
PARTS = {"general_points": 28, "quantity_pct": 85, "quality_pct": 81.25, "progress_pct": 81.25}


def rated(facts, *, leader: bool = False):
    return suggest(BOOK, Case(Subject.OFFICIAL, leader, {**CLEAN, **facts}))


def test_general_points_and_seventy_times_the_mean_of_a_b_c() -> None:
    # (85 + 81,25 + 81,25) / 3 = 82,5; 82,5% of 70 = 57,75; 28 + 57,75 = 85,75
    assert rated(PARTS).score == 85.75
    assert rated(PARTS).rating is Rating.GOOD


def test_a_leader_has_six_parts() -> None:
    # (90 + 90 + 90 + 100 + 50 + 100) / 6 = 86,666…; of 70 = 60,666…; with 28 88,666…
    parts = {"quantity_pct": 90, "quality_pct": 90, "progress_pct": 90, "general_points": 28}
    led = {"unit_result_pct": 100, "organising_pct": 50, "uniting_pct": 100, "head": False}
    assert rated({**parts, **led}, leader=True).score == pytest.approx(88.6666666667)


def test_points_for_results_stop_at_seventy() -> None:
    parts = {"quantity_pct": 130, "quality_pct": 120, "progress_pct": 125, "general_points": 20}
    assert rated(parts).score == 90
    assert rated(parts).rating is Rating.EXCELLENT


def months(*scores: float) -> dict[str, object]:
    return dict(zip(SCORE_OF.values(), scores, strict=False))


def test_the_year_is_the_mean_of_the_months_worked() -> None:
    assert rated(months(92, 88, *[90] * 10)).score == 90
    assert rated(months(92, 88, *[90] * 10)).rating is Rating.EXCELLENT


def test_a_mean_of_decimals_reaches_its_limit_exactly() -> None:
    # 89,9 + 90,1 + 10 × 90 = 1080
    assert rated(months(89.9, 90.1, *[90] * 10)).rating is Rating.EXCELLENT
    assert rated(months(89.9, 90.0, *[90] * 10)).rating is Rating.GOOD


def test_a_given_score_stands_and_what_its_parts_make_is_told_beside() -> None:
    found = rated({**PARTS, "score": 95})
    assert found.score == 95
    (step,) = [one for one in found.derived if one.formula.gives == "score"]
    assert (step.value, step.given) == (85.75, 95)


def test_a_missing_part_is_named_instead_of_the_score() -> None:
    found = rated({"general_points": 28, "quantity_pct": 100, "quality_pct": 100})
    assert found.rating is None
    assert found.missing == ("progress_pct",)


def test_without_any_part_the_months_are_missing() -> None:
    assert set(rated({}).missing) & {"month_scores.m01", "general_points"}


PARTY = load("party-2025")


def test_what_the_known_part_rules_out_is_not_possible_any_more() -> None:
    # 19 general points and at most 70 for results are 89: not excellent, whatever the results are
    found = suggest(PARTY, Case(Subject.PARTY_MEMBER, leader=False, facts={"general_points": 19}))
    assert Rating.EXCELLENT not in found.possible
    found = suggest(PARTY, Case(Subject.PARTY_MEMBER, leader=False, facts={"general_points": 20}))
    assert Rating.EXCELLENT in found.possible
