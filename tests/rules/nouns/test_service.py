"""What the dates of a service come to in a year: only what is known."""

import datetime as dt
from dataclasses import replace

import pytest

from rules.book.facts import FACTS, wrong
from rules.nouns.service import NO_SERVICE, Leave, LeaveKind, Service, circumstances, facts_in, months_there
from rules.nouns.values import Rating


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def leave(kind: LeaveKind, since: str, until: str | None = None) -> Leave:
    return Leave(kind, day(since), day(until) if until else None)


def test_of_nothing_known_nothing_follows() -> None:
    assert circumstances(NO_SERVICE, 2020) == {}
    assert facts_in(NO_SERVICE, 2020) == {}


def test_absence_is_told_only_when_it_is_so() -> None:
    assert circumstances(Service(absent_with_cause=True), 2020) == {"absent_with_cause": True}


@pytest.mark.parametrize(
    ("service", "told"),
    [
        (Service(temporary_cell="Chi bộ Hai"), True),
        (Service(party_cell="Chi bộ Một", temporary_cell="Chi bộ Hai"), True),
        (Service(party_cell="Chi bộ Một"), False),
    ],
)
def test_a_temporary_cell(service: Service, told: bool) -> None:  # noqa: FBT001 - a row of a table
    assert circumstances(service, 2020) == {"temporary_cell": told}


@pytest.mark.parametrize(
    ("since", "until", "suspended"),
    [
        ("2020-12-15", None, True),
        ("2020-11-01", "2020-12-15", True),
        ("2020-11-01", "2020-12-14", False),
        ("2020-12-16", None, False),
    ],
)
@pytest.mark.parametrize("kind", [LeaveKind.SUSPENDED, LeaveKind.PARTY_SUSPENDED])
def test_who_is_suspended_when_ratings_are_decided(
    kind: LeaveKind,
    since: str,
    until: str | None,
    suspended: bool,  # noqa: FBT001
) -> None:
    told = circumstances(Service(leaves=(leave(kind, since, until),)), 2020)
    assert told[kind.value] is suspended
    assert [told["suspended"], told["party_suspended"]].count(True) == suspended


def test_suspension_from_party_activity_is_no_absence_from_work() -> None:
    service = Service(joined=day("2015-01-01"), leaves=(leave(LeaveKind.PARTY_SUSPENDED, "2020-01-01"),))
    assert facts_in(service, 2020)["months_worked"] == 12
    assert facts_in(service, 2020)["leave_months"] == 0


@pytest.mark.parametrize(("left", "away"), [("2020-12-14", True), ("2020-12-15", False), ("2020-12-31", False)])
def test_who_leaves_before_the_ratings_has_moved_away(left: str, away: bool) -> None:  # noqa: FBT001
    assert circumstances(Service(left=day(left)), 2020)["moved_away"] is away


def test_a_move_within_the_year_and_the_months_before_it() -> None:
    service = Service(moved_on=day("2020-07-01"), there_since=day("2020-01-01"))
    assert circumstances(service, 2020) == {"transferred": True, "months_there": 6}
    assert circumstances(service, 2021) == {"transferred": False, "months_there": 6}
    assert months_there(Service(moved_on=day("2020-06-30"), there_since=day("2020-01-01"))) == 5
    assert months_there(Service(moved_on=day("2020-07-15"), there_since=day("2020-01-16"))) == 5


def test_how_long_somebody_was_elsewhere_may_be_unknown() -> None:
    assert circumstances(Service(moved_on=day("2020-07-01")), 2020) == {"transferred": True}


@pytest.mark.parametrize(
    ("since", "months"), [("2020-07-01", 6), ("2020-07-02", 5), ("2020-12-31", 0), ("2021-02-01", 0)]
)
def test_months_since_admission_are_whole_ones_up_to_the_end_of_the_year(since: str, months: int) -> None:
    assert facts_in(Service(party_since=day(since)), 2020)["months_since_joined"] == months


def test_the_year_before() -> None:
    ratings = {2019: Rating.NOT_COMPLETED, 2018: Rating.GOOD}
    assert circumstances(Service(ratings=ratings), 2020) == {"failed_last_year": True}
    assert circumstances(Service(ratings=ratings), 2019) == {"failed_last_year": False}
    assert circumstances(Service(ratings=ratings), 2021) == {}


def test_sick_leave_and_maternity_leave_are_told_apart() -> None:
    sick = Service(leaves=(leave(LeaveKind.SICK, "2026-01-05", "2026-02-05"),))
    assert (facts_in(sick, 2026)["sick_leave"], facts_in(sick, 2026)["maternity_leave"]) == (True, False)
    assert facts_in(sick, 2027)["sick_leave"] is False


def test_every_word_is_a_fact_that_no_form_asks() -> None:
    everything = Service(
        joined=day("2010-01-01"), left=day("2020-12-31"), moved_on=day("2020-07-01"), there_since=day("2019-01-01"),
        temporary_cell="Chi bộ Hai", absent_with_cause=True, ratings={2019: Rating.GOOD},
    )  # fmt: skip
    told = circumstances(everything, 2020)
    assert set(told) == {name for name, fact in FACTS.items() if not fact.asked}
    assert {name: value for name, value in told.items() if wrong(FACTS[name], value)} == {}


def test_a_roster_that_lists_no_times_away_says_nothing_of_leave() -> None:
    assert facts_in(Service(joined=day("2015-01-01")), 2020) == {}


def test_time_in_another_body_before_coming_from_there_counts() -> None:
    came = Service(joined=day("2020-07-01"), moved_on=day("2020-07-01"), moved_from="Sở Nội vụ tỉnh An Phú")
    assert "months_worked" not in facts_in(came, 2020)
    assert "months_worked" not in facts_in(replace(came, there_since=day("2012-03-01")), 2020)
    assert facts_in(Service(joined=day("2020-07-01")), 2020)["months_worked"] == pytest.approx(6, abs=0.1)
