"""A mean of months is over those that are owed (Nghị định 335/2025/NĐ-CP, Điều 17 khoản 3; Điều 11 khoản 2; Điều 19 khoản 1)."""

import datetime as dt

import pytest

from rules.book.owed import SCORE_OF, owed
from rules.book.suggestion import Suggestion
from rules.judging.suggest import Case, suggest
from rules.nouns.conditions import FactValue
from rules.nouns.periods import MONTHS, period
from rules.nouns.service import NO_SERVICE, Leave, LeaveKind, Service, facts_in
from rules.nouns.values import Rating, Subject
from rules.reading.load import load

BOOK = load("decree-335-2025", 2026)
CLEAN = {"degradation_concluded": False, "disciplined": False}


def scores(**given: float) -> dict[str, FactValue]:
    return {SCORE_OF[month]: value for month, value in given.items()}


def every(value: float, *months: str) -> dict[str, FactValue]:
    return scores(**dict.fromkeys(months, value))


def of(service: Service, months: dict[str, FactValue], name: str = "year") -> Suggestion:
    told = facts_in(service, period(2026, name))
    return suggest(BOOK, Case(Subject.OFFICIAL, leader=False, facts={**CLEAN, **told, **months}))


def away(kind: LeaveKind, since: str, until: str) -> Service:
    return Service(leaves=(Leave(kind, dt.date.fromisoformat(since), dt.date.fromisoformat(until)),))


WHOLE = Service(joined=dt.date(2015, 3, 1), leaves=(Leave(LeaveKind.STUDY, dt.date(2026, 3, 1), dt.date(2026, 5, 31)),))
SICK = away(LeaveKind.SICK, "2026-02-01", "2026-04-30")


def test_three_months_of_twelve_are_no_year_and_the_nine_are_named() -> None:
    found = of(WHOLE, every(95, *MONTHS[:3]))
    assert (found.score, found.rating) == (None, None)
    assert found.missing == tuple(SCORE_OF[month] for month in MONTHS[3:])


def test_of_eleven_december_is_missing_by_name() -> None:
    found = of(WHOLE, every(95, *MONTHS[:11]))
    assert (found.score, found.missing) == (None, ("month_scores.m12",))
    assert set(found.possible) == {Rating.EXCELLENT, Rating.GOOD}  # 11 × 95 / 12 = 87,08 to 1145 / 12 = 95,42


def test_sick_for_three_months_nine_are_owed() -> None:
    found = of(SICK, every(90, *MONTHS[:1], *MONTHS[4:]))
    assert (found.score, found.rating) == (90, Rating.EXCELLENT)
    assert of(SICK, every(90, *MONTHS[:1], *MONTHS[5:])).missing == ("month_scores.m05",)


def test_what_stands_in_a_month_away_is_not_counted() -> None:
    months = {**every(90, *MONTHS), **every(0, "m02", "m03", "m04")}
    assert of(SICK, months).score == 90


@pytest.mark.parametrize("kind", [LeaveKind.MATERNITY, LeaveKind.UNPAID])
def test_the_same_of_maternity_and_unpaid_leave(kind: LeaveKind) -> None:
    assert of(away(kind, "2026-01-01", "2026-06-30"), every(80, *MONTHS[6:])).score == 80


def test_a_month_worked_in_part_counts_where_it_has_a_score() -> None:
    service = away(LeaveKind.SICK, "2026-03-05", "2026-06-02")
    whole = every(90, "m01", "m02", *MONTHS[6:])
    assert of(service, whole).score == 90
    assert of(service, {**whole, **every(80, "m03")}).score == pytest.approx((8 * 90 + 80) / 9)


def test_who_came_in_the_year_owes_from_then_on() -> None:
    service = Service(joined=dt.date(2026, 4, 1))
    assert of(service, every(90, *MONTHS[3:])).score == 90
    assert of(service, every(90, *MONTHS[4:])).missing == ("month_scores.m04",)


@pytest.mark.parametrize(("name", "count"), [("q2", 3), ("h1", 6)])
def test_a_quarter_owes_three_and_a_half_year_six_whatever_the_leave(name: str, count: int) -> None:
    months = period(2026, name).months
    assert len(months) == count
    assert of(NO_SERVICE, {"months_worked": 12, **every(90, *months)}, name).score == 90
    found = of(away(LeaveKind.SICK, "2026-04-01", "2026-04-30"), every(90, *(set(months) - {"m04"})), name)
    assert found.score is None


def test_without_dates_the_months_worked_say_how_many_there_must_be() -> None:
    inputs = tuple(SCORE_OF.values())
    nine, eight = every(90, *MONTHS[:9]), every(90, *MONTHS[:8])
    assert owed(inputs, {**nine, "months_worked": 9, "sick_leave": True}).open == ()
    assert set(owed(inputs, {**eight, "months_worked": 9}).open) == {SCORE_OF[month] for month in MONTHS[8:]}
    assert "months_worked" in owed(inputs, nine).open
    assert owed(inputs, {**eight, "months_worked": 12, "maternity_leave": True}).open == ()
