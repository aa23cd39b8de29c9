"""The last day for handing in a review: that of the plan, or a later one granted to the person (gia hạn)."""

import datetime as dt
from collections.abc import Iterable

from rules.book.clauses import Milestone
from rules.book.milestones import SELF_REVIEW
from rules.nouns.reviews import OWED, Campaign, Review
from rules.nouns.standings import ReviewLine
from rules.nouns.values import OwedBy


def planned_day(about: Review | ReviewLine) -> dt.date | None:
    """The last day of the plan; None: it sets none."""
    return about.campaign.timetable.get(SELF_REVIEW)


def last_day(about: Review | ReviewLine) -> dt.date | None:
    """The last day for handing in a review; None: none is set. An extension never shortens it: the later of the two
    days applies.
    """
    planned = planned_day(about)
    return max(planned, about.extension.until) if planned and about.extension else planned


def is_extended(about: Review | ReviewLine) -> bool:
    """Whether its last day differs from the plan's."""
    return last_day(about) != planned_day(about)


def is_late(about: Review | ReviewLine, today: dt.date) -> bool:
    """Whether it is owed and its last day has passed."""
    due = last_day(about)
    return about.status in OWED and due is not None and due < today


def decision_day(milestones: Iterable[Milestone], campaign: Campaign) -> tuple[dt.date, str] | None:
    """The first day by which an authority must have decided reviews, and its name in the plan; None: the plan has none.

    No extension may go beyond it.
    """
    days = campaign.timetable
    decides = (one for one in milestones if one.owed_by is OwedBy.AUTHORITY and not one.beside and one.key in days)
    return min(((days[one.key], one.title) for one in decides), default=None)
