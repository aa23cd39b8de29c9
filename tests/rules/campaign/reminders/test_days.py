"""When reminders go out: 7, 3, 1 days before, each working day after, in working hours."""

import datetime as dt

import pytest

from bot.clock import ZONE
from bot.delivery.working_hours import is_quiet, is_working_hour, next_working_hour
from rules.campaign.reminders.days import is_petition_day, is_plan_day, is_reminder_day, plan_days
from rules.nouns.office import OfficeSettings
from rules.nouns.workdays import is_first_of_week, is_workday, workdays_after, workdays_before

#: The plan's "trước ngày 05/12/2020": the last day is Friday 4 December 2020.
DUE = dt.date(2020, 12, 4)


def test_the_days_of_the_plan_of_2020():
    days = [dt.date(2020, 11, 20) + dt.timedelta(days=n) for n in range(21)]
    assert [day.isoformat() for day in days if is_reminder_day(day, DUE)] == [
        "2020-11-27",  # Friday, 7 days before
        "2020-12-01",  # Tuesday, 3 days before
        "2020-12-03",  # Thursday, 1 day before
        "2020-12-07",  # Monday after: each working day
        "2020-12-08",
        "2020-12-09",
        "2020-12-10",
    ]


def test_a_day_before_that_falls_on_a_weekend_moves_to_the_friday():
    due = dt.date(2020, 12, 15)  # Tuesday; 3 days before is Saturday 12 December
    assert is_reminder_day(dt.date(2020, 12, 11), due)
    assert not is_reminder_day(dt.date(2020, 12, 12), due)


def test_no_reminder_on_a_public_holiday():
    due = dt.date(2020, 12, 31)
    assert not is_reminder_day(dt.date(2021, 1, 1), due)
    assert is_reminder_day(dt.date(2021, 1, 4), due)


def test_nobody_is_written_to_for_ever():
    assert is_reminder_day(dt.date(2021, 1, 1) - dt.timedelta(days=1), DUE)
    assert not is_reminder_day(dt.date(2021, 1, 5), DUE)


@pytest.mark.parametrize("day", ["2026-02-17", "2026-04-30", "2026-09-02", "2026-11-22"])
def test_tet_victory_day_national_day_and_sundays_are_no_working_days(day):
    assert not is_workday(dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("hour", "working"),
    [("07:59", False), ("08:00", True), ("11:29", True), ("11:30", False), ("13:30", True), ("17:00", False)],
)
def test_working_hours_of_an_office(hour, working):
    moment = dt.datetime.combine(DUE, dt.time.fromisoformat(hour), ZONE)
    assert is_working_hour(moment) is working


def test_hours_that_an_office_keeps_quiet_are_added_to_those_outside_work():
    quiet = OfficeSettings(quiet_from=14, quiet_until=16)
    early = dt.datetime.combine(DUE, dt.time(7, 10), ZONE)
    assert next_working_hour(early, quiet) == early.replace(hour=8, minute=0)
    assert next_working_hour(early.replace(hour=13, minute=40), quiet) == early.replace(hour=13, minute=40)
    assert next_working_hour(early.replace(hour=14, minute=20), quiet) == early.replace(hour=16, minute=0)
    assert next_working_hour(early.replace(hour=16, minute=59), quiet) is not None
    assert next_working_hour(early.replace(hour=17), quiet) is None
    assert next_working_hour(early, OfficeSettings(quiet_from=0, quiet_until=24)) is None


@pytest.mark.parametrize(("hour", "quiet"), [(21, False), (22, True), (3, True), (7, False)])
def test_quiet_hours_may_go_over_midnight(hour, quiet):
    moment = dt.datetime.combine(DUE, dt.time(hour), ZONE)
    assert is_quiet(moment, OfficeSettings(quiet_from=22, quiet_until=7)) is quiet


def test_working_days_are_counted_over_weekends_and_holidays():
    assert workdays_after(DUE, 1) == dt.date(2020, 12, 7)
    assert workdays_after(dt.date(2020, 12, 31), 1) == dt.date(2021, 1, 4)
    assert workdays_before(dt.date(2020, 12, 6), 0) == DUE  # a Sunday
    assert workdays_before(DUE, 3) == dt.date(2020, 12, 1)


def test_the_first_working_day_of_a_week():
    assert is_first_of_week(dt.date(2020, 12, 7))
    assert not is_first_of_week(dt.date(2020, 12, 8))
    assert not is_first_of_week(dt.date(2018, 1, 1))  # a holiday
    assert is_first_of_week(dt.date(2018, 1, 2))


def test_what_is_due_on_a_free_day_is_called_to_mind_the_working_day_before():
    sunday = dt.date(2020, 12, 6)
    assert is_petition_day(DUE, sunday)
    assert is_plan_day(DUE, sunday)
    assert plan_days(DUE) == [DUE, DUE + dt.timedelta(days=1), sunday, *(DUE + dt.timedelta(days=n) for n in (7, 8, 9))]
