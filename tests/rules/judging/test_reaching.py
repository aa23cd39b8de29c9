"""The smallest change to a higher rating."""

from hypothesis import given
from hypothesis import strategies as st

from rules.book.compare import telling_values
from rules.book.facts import FACTS
from rules.judging.reaching import contrary, smallest_changes
from rules.judging.suggest import Case, suggest
from rules.nouns import conditions
from rules.nouns.values import Rating, Subject
from rules.reading.load import load
from tests.rules.books import RATINGS, write_book

BOOK = load("decree-90-2020")
PROFILE = BOOK.profiles[Subject.OFFICIAL, False]
GOOD = {
    "general_criteria": "good",
    "tasks_done_pct": 100,
    "tasks_on_time": True,
    "tasks_quality": True,
    "tasks_efficiency": "high",
    "tasks_exceeded_pct": 40,
    "tasks_substandard_pct": 0,
    "degradation_concluded": False,
    "disciplined": False,
    "months_worked": 12,
    "leave_months": 0,
    "maternity_leave": False,
}


def changes(facts, rating: Rating) -> list[tuple]:
    found = smallest_changes(PROFILE, facts, rating).changes
    return [(one.fact, one.to, [(test.op, test.value) for test in one.asked]) for one in found or ()]


def test_the_one_condition_that_lacks() -> None:
    assert changes(GOOD, Rating.EXCELLENT) == [("tasks_exceeded_pct", 50, [("at_least", 50)])]


def test_a_ground_has_to_go() -> None:
    assert changes({**GOOD, "tasks_substandard_pct": 60, "discipline_counted_before": True}, Rating.GOOD) == [
        ("tasks_substandard_pct", 50, [("at_most", 50)])
    ]


def test_a_discipline_is_on_record_and_stays() -> None:
    facts = {**GOOD, "disciplined": True, "discipline_counted_before": False}
    assert smallest_changes(PROFILE, facts, Rating.GOOD).changes is None


def test_leave_is_on_record_and_stays() -> None:
    """Decree 90 Điều 2 khoản 3: three months of leave, no higher than completed, whatever else is done."""
    assert smallest_changes(PROFILE, {**GOOD, "leave_months": 4}, Rating.EXCELLENT).changes is None
    assert not FACTS["leave_months"].changeable


def test_a_cap_that_rests_on_another_rating_has_to_go() -> None:
    """A head stands no higher than the unit."""
    profile = BOOK.profiles[Subject.OFFICIAL, True]
    unit = {"unit_targets_done_pct": 100, "unit_targets_on_time_pct": 100, "subunits_completed_pct": 100, "head": True}
    more = {"subunits_good_pct": 100, "subunit_corruption": False, "discipline_counted_before": False}
    facts = {**GOOD, **unit, **more, "unit_rating": "completed"}
    found = smallest_changes(profile, facts, Rating.EXCELLENT).changes
    assert {one.fact: one.to for one in found or ()} == {"unit_rating": "excellent"}


def test_what_must_be_known_to_count_stands_in_nobodys_way() -> None:
    """Whether a review goes on is asked of nobody: not knowing it never makes a rating unreachable."""
    book = load("son-la-rehab-2021")
    for profile in book.profiles.values():
        best = {fact: FACTS[fact].better > 0 for fact in profile.facts if FACTS[fact].kind == "yes_no"}
        assert smallest_changes(profile, best, Rating.EXCELLENT).changes is not None, profile.subject


def test_points_are_no_more_than_their_known_parts_leave_open(tmp_path) -> None:
    """15 general points and at most 70 of the result are 85 at most: the points themselves have to change."""
    scores = "scores:\n  formulas:\n    - {gives: score, sum: [general_points, result_points], cite: Điều 9}\n"
    profile = load(write_book(tmp_path / "points", RATINGS + scores)).profiles[Subject.OFFICIAL, False]
    (score,) = smallest_changes(profile, {"general_points": 15}, Rating.EXCELLENT).changes or ()
    assert (score.fact, score.now, score.to) == ("score", None, 90)
    assert smallest_changes(profile, {"general_points": 25}, Rating.EXCELLENT).changes == ()


def test_words_are_asked_from_the_next_better_on() -> None:
    assert contrary(conditions.Test("unit_rating", conditions.Operator.AT_MOST, "completed")) == conditions.Test(
        "unit_rating", conditions.Operator.AT_LEAST, "good"
    )
    assert contrary(conditions.Test("civil_rating", conditions.Operator.IS, "not_completed")) == conditions.Test(
        "civil_rating", conditions.Operator.AT_LEAST, "completed"
    )


def values_of(fact: str) -> st.SearchStrategy:
    return st.sampled_from(telling_values(fact, (probe.test for probe in PROFILE.probes[fact])))


@given(st.fixed_dictionaries({fact: values_of(fact) for fact in PROFILE.facts}), st.sampled_from(tuple(Rating)[:3]))
def test_the_changes_reach_the_rating_and_none_of_them_can_be_left_out(facts, rating: Rating) -> None:
    found = smallest_changes(PROFILE, facts, rating).changes
    stands = facts["disciplined"] or facts["degradation_concluded"] or facts["leave_months"] >= 3
    assert found is not None or not facts["maternity_leave"] or stands
    for left_out in (None, *(found or ())):
        kept = {one.fact: one.to for one in found or () if one is not left_out}
        after = suggest(BOOK, Case(Subject.OFFICIAL, facts={**facts, **kept})).rating
        reached = after is not None and after.rank <= rating.rank
        assert reached is (found is not None and left_out is None)


def test_who_is_head_is_never_to_be_changed() -> None:
    assert not FACTS["head"].changeable
