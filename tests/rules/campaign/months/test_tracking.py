"""From months and quarters to the year: how each score stands and where it comes from."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.campaign.months.tracking import PeriodSheet, absence, changes, missing, months, overlaid, quarters
from rules.nouns.periods import MONTHS, period
from rules.nouns.reviews import Answer, ReviewStatus
from rules.nouns.service import NO_SERVICE, Leave, LeaveKind, Service
from rules.nouns.tracking import OutsideScore, PeriodScore, Standing

YEAR = period(2026)
S = ReviewStatus


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def sheet(name: str, score: float, status: ReviewStatus = S.FINAL, campaign: int = 0) -> PeriodSheet:
    place = (MONTHS.index(name) if name in MONTHS else 20 + int(name[1])) + 1
    return PeriodSheet(100 * (campaign or place) + place, campaign or place, 2026, name, status, 1, score)


def standings(scores: tuple[PeriodScore, ...]) -> dict[str, Standing]:
    return {one.period: one.standing for one in scores}


def test_a_sheet_counts_when_it_is_confirmed() -> None:
    """Điều 17 khoản 2: whoever is competent comments and confirms."""
    sheets = (
        sheet("m01", 90),
        sheet("m02", 80, S.SUBMITTED),
        sheet("m03", 70, S.RETURNED),
        sheet("m04", 60, S.DRAFTING),
    )
    found = months(NO_SERVICE, YEAR, sheets)
    assert [(one.standing, one.score) for one in found[:5]] == [
        (Standing.CONFIRMED, 90),
        (Standing.SENT, 80),
        (Standing.OWED, None),
        (Standing.OWED, None),
        (Standing.OWED, None),
    ]
    assert (found[0].review, found[0].version) == (101, 1)


@pytest.mark.parametrize(
    ("service", "not_owed", "because"),
    [
        (Service(joined=day("2026-08-10")), MONTHS[:7], "before"),
        (Service(joined=day("2020-01-01"), left=day("2026-09-30")), MONTHS[9:], "after"),
        (Service(leaves=(Leave(LeaveKind.MATERNITY, day("2026-08-01")),)), MONTHS[7:], "maternity"),
        (Service(leaves=(Leave(LeaveKind.SICK, day("2026-02-10"), day("2026-04-20")),)), ("m03",), "sick"),
        (Service(leaves=(Leave(LeaveKind.STUDY, day("2026-02-10"), day("2026-04-20")),)), (), ""),
    ],
)
def test_the_roster_says_which_months_are_owed(service: Service, not_owed: tuple[str, ...], because: str) -> None:
    """Điều 11 khoản 2: of the time really worked. Who works part of a month owes it."""
    found = months(service, YEAR, ())
    assert tuple(one.period for one in found if one.standing is Standing.NOT_OWED) == tuple(not_owed)
    assert {one.because for one in found if one.standing is Standing.NOT_OWED} <= {because}


def test_months_of_the_body_before_are_open_until_it_sends_them() -> None:
    """Điều 19 khoản 1: the old body sends the results of the months; questions-rate n=50."""
    moved = Service(
        joined=day("2026-07-01"), moved_on=day("2026-07-01"), moved_from="Chi cục Khác", there_since=day("2019-01-01")
    )
    found = months(moved, YEAR, [sheet("m07", 95)])
    assert {body: len(of) for body, of in missing(found).items()} == {"Chi cục Khác": 6, "": 5}
    paper = [
        OutsideScore(1, 2026, "m01", 88, "Chi cục Khác", "12/CV"),
        OutsideScore(1, 2026, "m01", 89, "Chi cục Khác", "15/CV"),
    ]
    assert (months(moved, YEAR, (), paper)[0].score, months(moved, YEAR, (), paper)[0].paper) == (89, "15/CV")


def test_a_unit_of_the_same_office_is_no_other_body() -> None:
    moved = Service(
        joined=day("2019-01-01"), moved_on=day("2026-07-01"), moved_from="Phòng Hai", there_since=day("2019-01-01")
    )
    assert not any(one.body for one in months(moved, YEAR, ()))


def test_a_quarter_stands_for_its_months_and_no_month_counts_twice() -> None:
    """Điều 17 khoản 3: a quarter is the mean of its three months."""
    found = months(NO_SERVICE, YEAR, [sheet("q1", 81), sheet("m02", 90), sheet("q2", 75), sheet("q3", 60, S.SUBMITTED)])
    assert [(one.score, one.of) for one in found[:6]] == [
        (81, "q1"),
        (90, ""),
        (81, "q1"),
        (75, "q2"),
        (75, "q2"),
        (75, "q2"),
    ]
    assert {one.standing for one in found[6:9]} == {Standing.SENT}
    assert standings(quarters(NO_SERVICE, YEAR, [sheet("q1", 81)])) == {
        "q1": Standing.CONFIRMED,
        "q2": Standing.OWED,
        "q3": Standing.OWED,
        "q4": Standing.OWED,
    }


@pytest.mark.parametrize(
    ("service", "name", "owed"),
    [
        (Service(joined=day("2026-08-10")), "q2", False),
        (Service(joined=day("2026-08-10")), "m07", False),
        (Service(joined=day("2026-08-10")), "m08", True),
        (Service(joined=day("2026-08-10")), "q3", True),
        (Service(leaves=(Leave(LeaveKind.MATERNITY, day("2026-08-01")),)), "m09", False),
        (Service(leaves=(Leave(LeaveKind.MATERNITY, day("2026-08-01")),)), "q3", True),
        (Service(leaves=(Leave(LeaveKind.OTHER, day("2026-08-01")),)), "m09", True),
        (NO_SERVICE, "m09", True),
        (Service(joined=day("2026-08-10")), "year", True),
    ],
)
def test_who_was_not_there_owes_no_sheet(service: Service, name: str, owed: bool) -> None:  # noqa: FBT001 - a row of a table
    assert (absence(service, period(2026, name)) is None) is owed


def test_what_is_held_stands_in_place_of_what_was_typed() -> None:
    typed = {"m01": Answer(95), "m02": Answer(70), "m03": Answer(60), "m04": Answer(None, skipped=True)}
    sheets = [sheet("m01", 92), sheet("m02", 70, S.SUBMITTED), sheet("m04", 88)]
    held = {one.period: one for one in months(NO_SERVICE, YEAR, sheets)}
    seen = overlaid(typed, held)
    assert [seen[name].value for name in ("m01", "m02", "m03", "m04")] == [92, None, 60, 88]
    first, second, third, fourth = (seen[name].held for name in ("m01", "m02", "m03", "m04"))
    assert first is not None
    assert second is not None
    assert third is not None
    assert fourth is not None
    assert (first.standing, first.typed) == (Standing.CONFIRMED, 95)
    assert (second.standing, second.score, second.typed) == (Standing.SENT, 70, None)
    assert (third.standing, third.score) == (Standing.DECLARED, 60)
    assert fourth.typed is None
    assert "m05" not in seen


def test_a_month_that_is_held_no_more_is_nobodys_answer() -> None:
    held = {one.period: one for one in months(NO_SERVICE, YEAR, [sheet("m01", 92)])}
    sent = overlaid({}, held)
    again = {one.period: one for one in months(NO_SERVICE, YEAR, [sheet("m01", 92, S.DRAFTING)])}
    assert overlaid(sent, again) == {}
    assert [(one.question, one.now) for one in changes(sent, again)] == [("m01", None)]


# ── properties ─────────────────────────────────────────────────────────────────────────────────

SCORES = st.integers(0, 10_000).map(lambda hundredths: hundredths / 100)


@given(st.lists(SCORES, min_size=12, max_size=12), st.randoms())
@settings(max_examples=50)
def test_the_order_of_what_happened_changes_nothing(scores: list[float], random: object) -> None:
    sheets = [sheet(name, score) for name, score in zip(MONTHS, scores, strict=True)]
    shuffled = [*sheets]
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a Random of Hypothesis
    assert months(NO_SERVICE, YEAR, shuffled) == months(NO_SERVICE, YEAR, sheets)


def test_of_two_campaigns_of_a_month_the_newer_counts_in_whatever_order() -> None:
    old, new = sheet("m01", 80, campaign=1), sheet("m01", 90, S.SUBMITTED, campaign=2)
    unsent = replace(sheet("m01", 70, S.DRAFTING, campaign=3), version=0)
    for order in permutations((old, new, unsent)):
        assert (months(NO_SERVICE, YEAR, order)[0].standing, months(NO_SERVICE, YEAR, order)[0].score) == (
            Standing.SENT,
            90,
        )


@given(st.lists(SCORES, min_size=4, max_size=4))
def test_four_quarters_are_the_mean_of_twelve_months(scores: list[float]) -> None:
    found = months(NO_SERVICE, YEAR, [sheet(f"q{number}", score) for number, score in enumerate(scores, 1)])
    mean = sum(Fraction(str(one.score)) for one in found) / 12
    assert mean == sum(Fraction(str(score)) for score in scores) / 4
