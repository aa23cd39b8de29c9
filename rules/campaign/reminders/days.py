"""On which days a last day is called to mind."""

import datetime as dt

from rules.nouns.workdays import is_workday, workday_on_or_before, workdays_before

#: Days before the last day on which whoever owes is reminded.
DAYS_BEFORE = (7, 3, 1)

#: Working days before the last day of an answer to a petition.
WORKDAYS_BEFORE = (3, 1, 0)

#: Days before the day that a line of a plan of improvement names.
PLAN_DAYS_BEFORE = (7, 0)

#: After so many days the desk sees it in its list; nobody is written to any longer.
LAST_DAY_AFTER = 30


def is_reminder_day(day: dt.date, due: dt.date) -> bool:
    """7, 3 and 1 days before the last day, then each working day after it.

    A day before that falls on a weekend or a holiday moves to the working day before: earlier is
    of use, later is not.
    """
    return is_overdue_day(day, due) or is_before_day(day, due)


def is_before_day(day: dt.date, due: dt.date) -> bool:
    """7, 3 and 1 days before the last day."""
    return _is_one_before(day, due, DAYS_BEFORE)


def is_petition_day(day: dt.date, due: dt.date) -> bool:
    """3, 1 and 0 working days before the answer is due, then each working day after it."""
    return is_overdue_day(day, due) or (
        day <= due and day in {workdays_before(due, count) for count in WORKDAYS_BEFORE}
    )


def is_plan_day(day: dt.date, due: dt.date) -> bool:
    """7 days before, and the day itself."""
    return _is_one_before(day, due, PLAN_DAYS_BEFORE)


def plan_days(today: dt.date) -> list[dt.date]:
    """The days of lines of a plan that are called to mind today."""
    ahead = (today + dt.timedelta(days=count) for count in range(3 * PLAN_DAYS_BEFORE[0]))
    return [day for day in ahead if is_plan_day(today, day)]


def is_overdue_day(day: dt.date, due: dt.date) -> bool:
    """A working day after the last day, as long as anybody is still written to."""
    return is_workday(day) and dt.timedelta(0) < day - due <= dt.timedelta(days=LAST_DAY_AFTER)


def _is_one_before(day: dt.date, due: dt.date, days: tuple[int, ...]) -> bool:
    return day in {workday_on_or_before(due - dt.timedelta(days=before)) for before in days}
