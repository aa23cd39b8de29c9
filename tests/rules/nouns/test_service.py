"""What the dates of a service come to in a year: only what is known."""

import calendar
import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.book.facts import FACTS, wrong
from rules.nouns.periods import period
from rules.nouns.service import (
    NO_SERVICE,
    Leave,
    LeaveKind,
    Leaving,
    Service,
    circumstances,
    facts_in,
    months,
    months_there,
    number,
)
from rules.nouns.values import Rating


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def leave(kind: LeaveKind, since: str, until: str | None = None) -> Leave:
    return Leave(kind, day(since), day(until) if until else None)


def test_of_nothing_known_nothing_follows() -> None:
    assert circumstances(NO_SERVICE, period(2020)) == {}
    assert facts_in(NO_SERVICE, period(2020)) == {}


def test_absence_is_told_only_when_it_is_so() -> None:
    assert circumstances(Service(absent_with_cause=True), period(2020)) == {"absent_with_cause": True}


@pytest.mark.parametrize(
    ("service", "told"),
    [
        (Service(temporary_cell="Chi bộ Hai"), True),
        (Service(party_cell="Chi bộ Một", temporary_cell="Chi bộ Hai"), True),
        (Service(party_cell="Chi bộ Một"), False),
    ],
)
def test_a_temporary_cell(service: Service, told: bool) -> None:  # noqa: FBT001 - a row of a table
    assert circumstances(service, period(2020)) == {"temporary_cell": told}


@pytest.mark.parametrize(
    ("since", "until", "suspended"),
    [
        ("2020-12-15", None, True),
        ("2020-11-01", "2020-12-15", True),
        ("2020-11-01", "2020-12-14", False),
        ("2020-12-16", None, False),
    ],
)
@pytest.mark.parametrize(
    "kind", [LeaveKind.SUSPENDED, LeaveKind.PARTY_SUSPENDED, LeaveKind.COMMITTEE_SUSPENDED, LeaveKind.PARTY_EXEMPT]
)
def test_who_is_suspended_when_ratings_are_decided(
    kind: LeaveKind,
    since: str,
    until: str | None,
    suspended: bool,  # noqa: FBT001
) -> None:
    told = circumstances(Service(leaves=(leave(kind, since, until),)), period(2020))
    assert told[kind.value] is suspended
    assert list(told.values()).count(True) == suspended


def test_suspension_from_party_activity_is_no_absence_from_work() -> None:
    service = Service(joined=day("2015-01-01"), leaves=(leave(LeaveKind.PARTY_SUSPENDED, "2020-01-01"),))
    assert facts_in(service, period(2020))["months_worked"] == 12
    assert facts_in(service, period(2020))["leave_months"] == 0


@pytest.mark.parametrize(("left", "away"), [("2020-12-14", True), ("2020-12-15", False), ("2020-12-31", False)])
def test_who_leaves_before_the_ratings_has_moved_away(left: str, away: bool) -> None:  # noqa: FBT001
    transferred = Service(left=day(left), left_as=Leaving.TRANSFERRED)
    assert circumstances(transferred, period(2020))["moved_away"] is away


@pytest.mark.parametrize("why", [one for one in Leaving if one is not Leaving.TRANSFERRED])
def test_only_who_is_transferred_has_moved_away(why: Leaving) -> None:
    """NĐ 335/2025, Điều 19 khoản 1; NĐ 233/2026, Điều 15 khoản 1 điểm a: "chuyển công tác"."""
    assert circumstances(Service(left=day("2020-11-30"), left_as=why), period(2020))["moved_away"] is False


def test_of_a_last_day_without_a_reason_nothing_follows() -> None:
    assert "moved_away" not in circumstances(Service(left=day("2020-11-30")), period(2020))


def test_a_move_within_the_year_and_the_months_before_it() -> None:
    service = Service(moved_on=day("2020-07-01"), there_since=day("2020-01-01"))
    assert circumstances(service, period(2020)) == {"transferred": True, "months_there": 6}
    assert circumstances(service, period(2021)) == {"transferred": False, "months_there": 6}
    assert months_there(Service(moved_on=day("2020-06-30"), there_since=day("2020-01-01"))) == 5 + 29 / 31
    assert months_there(Service(moved_on=day("2020-07-15"), there_since=day("2020-01-16"))) == 5 + 30 / 31


def test_how_long_somebody_was_elsewhere_may_be_unknown() -> None:
    assert circumstances(Service(moved_on=day("2020-07-01")), period(2020)) == {"transferred": True}


@pytest.mark.parametrize(
    ("since", "come"), [("2020-07-01", 6), ("2020-07-02", 5 + 30 / 31), ("2020-12-31", 1 / 31), ("2021-02-01", 0)]
)
def test_months_since_admission_go_up_to_the_end_of_the_period(since: str, come: float) -> None:
    assert facts_in(Service(party_since=day(since)), period(2020))["months_since_joined"] == come


def test_the_year_before() -> None:
    ratings = {2019: Rating.NOT_COMPLETED, 2018: Rating.GOOD}
    assert circumstances(Service(ratings=ratings), period(2020)) == {"failed_last_year": True}
    assert circumstances(Service(ratings=ratings), period(2019)) == {"failed_last_year": False}
    assert circumstances(Service(ratings=ratings), period(2021)) == {}


def test_sick_leave_and_maternity_leave_are_told_apart() -> None:
    sick = Service(leaves=(leave(LeaveKind.SICK, "2026-01-05", "2026-02-05"),))
    assert (facts_in(sick, period(2026))["sick_leave"], facts_in(sick, period(2026))["maternity_leave"]) == (
        True,
        False,
    )
    assert facts_in(sick, period(2027))["sick_leave"] is False


def test_every_word_is_a_fact_that_no_form_asks() -> None:
    everything = Service(
        joined=day("2010-01-01"), left=day("2020-12-20"), left_as=Leaving.TRANSFERRED, moved_on=day("2020-07-01"),
        there_since=day("2019-01-01"),
        temporary_cell="Chi bộ Hai", absent_with_cause=True, ratings={2019: Rating.GOOD},
    )  # fmt: skip
    told = circumstances(everything, period(2020)) | facts_in(everything, period(2020))
    of_sheets = {"months_waiting", "quarters_without"}  # what is held of months and quarters tells them
    assert set(told) >= {name for name, fact in FACTS.items() if not fact.asked} - of_sheets
    assert {name: value for name, value in told.items() if value != () and wrong(FACTS[name], value)} == {}


def test_a_roster_that_lists_no_times_away_says_nothing_of_leave() -> None:
    assert facts_in(Service(joined=day("2015-01-01")), period(2020)) == {}


def test_time_in_another_body_before_coming_from_there_counts() -> None:
    came = Service(joined=day("2020-07-01"), moved_on=day("2020-07-01"), moved_from="Sở Nội vụ tỉnh An Phú")
    assert "months_worked" not in facts_in(came, period(2020))
    assert "months_worked" not in facts_in(replace(came, there_since=day("2012-03-01")), period(2020))
    assert facts_in(Service(joined=day("2020-07-01")), period(2020))["months_worked"] == 6


@pytest.mark.parametrize(
    ("since", "until", "come"),
    [
        # Three whole months each: by the calendar, not by ninety days (Nghị định 90/2020, Điều 2 khoản 3, says “03 tháng”).
        ("2025-02-01", "2025-04-30", 3),
        ("2025-02-15", "2025-05-14", 3),
        # Two months to 04/05, and 29 days of the third.
        ("2025-03-05", "2025-06-02", 2 + 29 / 31),
        ("2024-02-01", "2024-04-30", 3),
        ("2025-01-31", "2025-02-28", 1 + 1 / 31),
    ],
)
def test_sick_leave_is_counted_by_the_calendar(since: str, until: str, come: float) -> None:
    facts = facts_in(Service(leaves=(leave(LeaveKind.SICK, since, until),)), period(int(since[:4])))
    assert (facts["leave_months"], facts["sick_leave_months"], facts["unpaid_leave_months"]) == (come, come, 0)
    assert facts["months_worked"] == pytest.approx(12 - come, abs=1e-12)


def test_several_leaves_add_up_and_a_day_of_two_counts_once() -> None:
    halves = (leave(LeaveKind.SICK, "2025-02-01", "2025-02-28"), leave(LeaveKind.SICK, "2025-03-01", "2025-04-30"))
    twice = (leave(LeaveKind.SICK, "2025-02-01", "2025-03-31"), leave(LeaveKind.SICK, "2025-03-01", "2025-04-30"))
    mixed = (leave(LeaveKind.SICK, "2025-01-01", "2025-01-31"), leave(LeaveKind.UNPAID, "2025-06-01", "2025-07-31"))
    assert facts_in(Service(leaves=halves), period(2025))["sick_leave_months"] == 3
    assert facts_in(Service(leaves=twice), period(2025))["sick_leave_months"] == 3
    told = facts_in(Service(leaves=mixed), period(2025))
    assert [told[name] for name in ("leave_months", "sick_leave_months", "unpaid_leave_months")] == [3, 1, 2]
    assert told["months_worked"] == 9


def test_a_leave_counts_only_in_the_period() -> None:
    over = Service(leaves=(leave(LeaveKind.SICK, "2024-11-01", "2025-02-28"),))
    assert facts_in(over, period(2025))["sick_leave_months"] == 2
    assert facts_in(over, period(2025, "school"))["sick_leave_months"] == 4  # 01/09/2024-31/08/2025
    assert facts_in(over, period(2025, "q1"))["sick_leave"] is True
    assert "months_worked" not in facts_in(over, period(2025, "q1"))  # the rules speak of months in the year


@pytest.mark.parametrize("kind", [LeaveKind.STUDY, LeaveKind.SECONDED])
def test_study_and_secondment_on_the_offices_order_are_service(kind: LeaveKind) -> None:
    told = facts_in(Service(leaves=(leave(kind, "2026-02-01", "2026-12-31"),)), period(2026))
    assert (told["months_worked"], told["leave_months"]) == (12, 0)


def test_a_time_away_of_no_named_kind_has_no_consequence_and_leaves_the_months_open() -> None:
    away = Service(leaves=(leave(LeaveKind.OTHER, "2025-01-01", "2025-10-31"),))
    assert not {"months_worked", "leave_months"} & set(facts_in(away, period(2025)))
    assert facts_in(away, period(2026))["months_worked"] == 12


def test_suspension_is_read_on_the_day_of_reference() -> None:
    service = Service(
        leaves=(leave(LeaveKind.SUSPENDED, "2023-05-01", "2023-08-31"),),
        left=day("2023-07-31"),
        left_as=Leaving.TRANSFERRED,
    )
    june = circumstances(service, period(2023, "school"))
    december = circumstances(service, period(2023))
    assert (june["suspended"], june["moved_away"]) == (True, False)
    assert (december["suspended"], december["moved_away"]) == (False, True)


_DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2040, 12, 31))


@given(_DAYS, st.integers(0, 3000), st.integers(0, 3000))
def test_adjacent_times_add_up_and_a_longer_time_is_more(first: dt.date, one: int, other: int) -> None:
    middle = first + dt.timedelta(days=one)
    last = middle + dt.timedelta(days=1 + other)
    assert months(first, middle) + months(middle + dt.timedelta(days=1), last) == months(first, last)
    assert months(first, middle) < months(first, last)


@given(_DAYS, st.integers(1, 60))
def test_from_a_day_to_the_day_before_the_same_day_of_a_later_month_are_whole_months(
    first: dt.date, count: int
) -> None:
    later = dt.date(first.year + (first.month - 1 + count) // 12, (first.month - 1 + count) % 12 + 1, 1)
    assume(first.day <= calendar.monthrange(later.year, later.month)[1])
    end = later.replace(day=first.day) - dt.timedelta(days=1)
    assert months(first, end) == count
    assert months(first, end - dt.timedelta(days=1)) < count


@given(st.integers(-3000, 3000))
def test_no_other_number_of_months_is_taken_for_a_whole_one(thirtyfirsts: int) -> None:
    exact = Fraction(thirtyfirsts, 31)
    assert all((number(exact) >= limit) == (exact >= limit) for limit in range(-97, 97))
