"""Which self-ratings are free, which ask for a reason, which a rule excludes."""

from dataclasses import replace

from dialogs.shown.self_rating import needs_reason, refusal, stands
from rules.book.suggestion import AppliedCap, Finding, NotRated, Suggestion
from rules.nouns.conditions import Operator
from rules.nouns.values import Rating, Verdict

GOOD = Suggestion(
    rulebook="thu",
    rating=Rating.GOOD,
    before_caps=Rating.GOOD,
    possible=(Rating.GOOD,),
    gap=False,
    score=None,
    not_rated=None,
    missing=(),
    findings=(),
    caps=(),
)
OPEN = replace(GOOD, rating=None, before_caps=None, possible=(Rating.GOOD, Rating.COMPLETED))


def _ground(verdict: Verdict) -> Suggestion:
    found = Finding(
        Rating.NOT_COMPLETED, "disciplined", Operator.IS, asked=True, value=True, verdict=verdict, cite="Điều 11"
    )
    return replace(GOOD, findings=(found,))


def _cap(verdict: Verdict) -> Suggestion:
    return replace(GOOD, caps=(AppliedCap(Rating.COMPLETED, "", "", verdict, lowered=True, cite="Điều 2"),))


def test_the_suggested_rating_needs_no_reason():
    assert not needs_reason(GOOD, Rating.GOOD)


def test_a_rating_above_the_suggestion_needs_one():
    assert needs_reason(GOOD, Rating.EXCELLENT)


def test_a_rating_below_the_suggestion_needs_none():
    assert not needs_reason(GOOD, Rating.COMPLETED)


def test_while_facts_are_missing_only_what_is_impossible_needs_a_reason():
    assert needs_reason(OPEN, Rating.EXCELLENT)
    assert not needs_reason(OPEN, Rating.GOOD)


def test_a_met_ground_leaves_only_not_completed():
    disciplined = _ground(Verdict.MET)
    found = refusal(disciplined, Rating.COMPLETED)
    assert found is not None
    assert (found.why, found.cite, found.fact) == ("ground", "Điều 11", "disciplined")
    assert refusal(disciplined, Rating.NOT_COMPLETED) is None


def test_an_unknown_ground_excludes_nothing():
    assert refusal(_ground(Verdict.UNKNOWN), Rating.GOOD) is None


def test_a_cap_that_holds_excludes_what_is_above_it():
    found = refusal(_cap(Verdict.MET), Rating.GOOD)
    assert found is not None
    assert (found.why, found.cite, found.at_most) == ("cap", "Điều 2", Rating.COMPLETED)


def test_a_cap_allows_its_own_rating():
    assert refusal(_cap(Verdict.MET), Rating.COMPLETED) is None


def test_a_cap_that_only_may_hold_excludes_nothing():
    assert refusal(_cap(Verdict.UNKNOWN), Rating.EXCELLENT) is None


def test_who_is_not_rated_rates_themselves_not_at_all():
    found = refusal(replace(GOOD, not_rated=NotRated("", "Điều 2 khoản 3")), Rating.NOT_COMPLETED)
    assert found is not None
    assert (found.why, found.cite) == ("not_rated", "Điều 2 khoản 3")


def test_a_reason_does_not_lift_what_a_rule_excludes():
    assert not stands(_cap(Verdict.MET), Rating.GOOD, "vì sao")
    assert stands(GOOD, Rating.EXCELLENT, "vì sao")
    assert not stands(GOOD, Rating.EXCELLENT, "")
