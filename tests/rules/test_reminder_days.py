"""When reminders go out: 7, 3, 1 days before, each working day after, in working hours."""

import datetime as dt

import pytest

from bot.clock import ZONE
from bot.jobs.workdays import is_quiet, is_working_hour, next_working_hour
from rules.office import OfficeSettings
from rules.reminder_days import is_petition_day, is_plan_day, is_reminder_day, plan_days
from rules.workdays import is_first_of_week, is_workday, workdays_after, workdays_before

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
