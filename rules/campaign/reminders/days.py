"""The days on which people are reminded of a last day."""

import datetime as dt

from rules.nouns.workdays import is_workday, workday_on_or_before, workdays_before

#: Days before a last day on which whoever owes something is reminded.
DAYS_BEFORE = (7, 3, 1)

#: Working days before the answer to a petition is due.
WORKDAYS_BEFORE = (3, 1, 0)

#: Days before the day that a line of a plan of improvement names.
PLAN_DAYS_BEFORE = (7, 0)

#: After so many days nobody is reminded any more; the desk sees it in its list.
LAST_DAY_AFTER = 30


def is_reminder_day(day: dt.date, due: dt.date) -> bool:
    """Whether to remind on this day: 7, 3 and 1 days before the last day, then each working day after it.

    A reminder on a weekend or holiday is sent on the working day before, because earlier is useful and later is not.
    """
    return is_overdue_day(day, due) or is_before_day(day, due)


def is_before_day(day: dt.date, due: dt.date) -> bool:
    """Whether it is 7, 3 or 1 days before the last day."""
    return _is_one_before(day, due, DAYS_BEFORE)


def is_petition_day(day: dt.date, due: dt.date) -> bool:
    """Whether it is 3, 1 or 0 working days before the answer is due, or a working day after it."""
    return is_overdue_day(day, due) or (
        day <= due and day in {workdays_before(due, count) for count in WORKDAYS_BEFORE}
    )


def is_plan_day(day: dt.date, due: dt.date) -> bool:
    """Whether it is 7 days before, or the day itself."""
    return _is_one_before(day, due, PLAN_DAYS_BEFORE)


def plan_days(today: dt.date) -> list[dt.date]:
    """The days of plan lines of which people are reminded today."""
    ahead = (today + dt.timedelta(days=count) for count in range(3 * PLAN_DAYS_BEFORE[0]))
    return [day for day in ahead if is_plan_day(today, day)]


def is_overdue_day(day: dt.date, due: dt.date) -> bool:
    """Whether it is a working day after the last day, while people are still reminded."""
    return is_workday(day) and dt.timedelta(0) < day - due <= dt.timedelta(days=LAST_DAY_AFTER)


def _is_one_before(day: dt.date, due: dt.date, days: tuple[int, ...]) -> bool:
    return day in {workday_on_or_before(due - dt.timedelta(days=before)) for before in days}
