"""The milestones of a rulebook as dates of one year. They are calendar days: working days are not considered here."""

import datetime as dt
from collections.abc import Mapping

from rules.book.clauses import Due
from rules.book.rulebook import Rulebook

#: The milestone by which people hand in their own review.
SELF_REVIEW = "self_review"


def timetable(book: Rulebook, year: int) -> Mapping[str, dt.date]:
    """Milestone key → its last day in the campaign of `year`."""
    return {milestone.key: last_day(milestone.due, year) for milestone in book.milestones}


def last_day(due: Due, year: int) -> dt.date:
    """The last day of `due` in the campaign of `year`. "Before" a day means the day before it."""
    day = due.date or dt.date(year + due.years, due.month, due.day)
    return day - dt.timedelta(days=1) if due.before else day


def leaves_open(book: Rulebook) -> bool:
    """Whether the rulebook sets no last day for people's own reviews. The office then sets one for all such rulebooks."""
    return all(milestone.key != SELF_REVIEW for milestone in book.milestones)


def limits(book: Rulebook, year: int) -> Mapping[str, dt.date]:
    """Milestone key → the last day that the text itself allows ("trước ngày …"). An office may go beyond it only after
    confirming.
    """
    return {one.key: last_day(one.due, year) for one in book.milestones if one.due.before}
