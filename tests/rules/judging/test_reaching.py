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
    assert changes({**GOOD, "disciplined": True, "discipline_counted_before": False}, Rating.GOOD) == [
        ("disciplined", False, [("is", False)])
    ]


def test_a_cap_has_to_go_as_well() -> None:
    wanted = changes({**GOOD, "leave_months": 4}, Rating.EXCELLENT)
    assert [(fact, asked) for fact, _, asked in wanted] == [
        ("tasks_exceeded_pct", [("at_least", 50)]),
        ("leave_months", [("below", 3)]),
    ]


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
    assert found is not None or not facts["maternity_leave"]
    for left_out in (None, *(found or ())):
        kept = {one.fact: one.to for one in found or () if one is not left_out}
        after = suggest(BOOK, Case(Subject.OFFICIAL, facts={**facts, **kept})).rating
        reached = after is not None and after.rank <= rating.rank
        assert reached is (found is not None and left_out is None)


def test_who_is_head_is_never_to_be_changed() -> None:
    assert not FACTS["head"].better
