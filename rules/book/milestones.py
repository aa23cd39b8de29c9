"""The dates of a campaign: what the milestones of a rulebook come to in one year. Working days are not its concern."""

import datetime as dt
from collections.abc import Mapping

from rules.book.clauses import Due
from rules.book.rulebook import Rulebook

#: The milestone by which people owe their own review.
SELF_REVIEW = "self_review"


def timetable(book: Rulebook, year: int) -> Mapping[str, dt.date]:
    """Milestone key → last day on which it is kept, for the campaign of `year`."""
    return {milestone.key: last_day(milestone.due, year) for milestone in book.milestones}


def last_day(due: Due, year: int) -> dt.date:
    """The last day of `due` in the campaign of `year`; before a day means the day before it."""
    day = due.date or dt.date(year + due.years, due.month, due.day)
    return day - dt.timedelta(days=1) if due.before else day


def leaves_open(book: Rulebook) -> bool:
    """Whether the rulebook sets no last day for people's own review: the office sets it, one for all such rulebooks."""
    return all(milestone.key != SELF_REVIEW for milestone in book.milestones)


def limits(book: Rulebook, year: int) -> Mapping[str, dt.date]:
    """Milestone key → the last day that the text itself allows (“trước ngày …”): what the office may not go beyond unasked."""
    return {one.key: last_day(one.due, year) for one in book.milestones if one.due.before}
