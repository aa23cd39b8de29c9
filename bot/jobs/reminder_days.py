"""On which days a milestone is called to mind."""

import datetime as dt

from bot.jobs.workdays import is_workday, workday_on_or_before

#: Days before the last day on which whoever owes is reminded.
DAYS_BEFORE = (7, 3, 1)

#: After so many days the desk sees it in its list; nobody is written to any longer.
LAST_DAY_AFTER = 30


def is_reminder_day(day: dt.date, due: dt.date) -> bool:
    """7, 3 and 1 days before the last day, then each working day after it.

    A day before that falls on a weekend or a holiday moves to the working day before: earlier is
    of use, later is not.
    """
    if not is_workday(day):
        return False
    if day > due:
        return (day - due).days <= LAST_DAY_AFTER
    return day in {workday_on_or_before(due - dt.timedelta(days=before)) for before in DAYS_BEFORE}
