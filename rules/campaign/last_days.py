"""Until when a review is to be handed in: the plan's day, or a later one that its person was given (gia hạn)."""

import datetime as dt
from collections.abc import Iterable

from rules.book.clauses import Milestone
from rules.book.milestones import SELF_REVIEW
from rules.nouns.reviews import OWED, Campaign, Review
from rules.nouns.standings import ReviewLine
from rules.nouns.values import OwedBy


def planned_day(about: Review | ReviewLine) -> dt.date | None:
    """The day of the plan; None: no day is set."""
    return about.campaign.timetable.get(SELF_REVIEW)


def last_day(about: Review | ReviewLine) -> dt.date | None:
    """Until when it is to be handed in; None: no day is set. An extension never shortens: where the plan has moved past it, the plan holds."""
    planned = planned_day(about)
    return max(planned, about.extension.until) if planned and about.extension else planned


def is_extended(about: Review | ReviewLine) -> bool:
    """Whether its last day is another than the plan's."""
    return last_day(about) != planned_day(about)


def is_late(about: Review | ReviewLine, today: dt.date) -> bool:
    """Whether it is owed past its last day."""
    due = last_day(about)
    return about.status in OWED and due is not None and due < today


def decision_day(milestones: Iterable[Milestone], campaign: Campaign) -> tuple[dt.date, str] | None:
    """The first day of the plan on which an authority is to have decided reviews, and what the plan calls it: nobody is given a later day to
    hand theirs in. None: the plan has none.
    """
    days = campaign.timetable
    decides = (one for one in milestones if one.owed_by is OwedBy.AUTHORITY and not one.beside and one.key in days)
    return min(((days[one.key], one.title) for one in decides), default=None)
