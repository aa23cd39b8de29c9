"""All counts of a campaign in one statement. Each count reads no more than it needs, and aggregates before days or sums
are formatted.
"""

from typing import Any

import sqlalchemy as sa

from rules.campaign.looking.oversight import AGREED
from rules.nouns.reviews import OWED, RULED, Outcome, ReviewStatus
from storage.rows.said import hour_of, local_day
from storage.rows.sights import (
    HOLDER_ID,
    PAST_THE_UNIT,
    STATE,
    UNIT_ID,
    Column,
    Condition,
    Conditions,
    Sight,
    reviews_from,
)
from storage.tables import DECISION, DRAFT, REVIEW, RULING

_HANDED_IN = REVIEW.c.status.not_in(sorted(OWED))
_RULED = REVIEW.c.status.in_(sorted(RULED))
# With no step left in the chain, a review that was handed in is agreed to.
_BY_NOBODY = sa.and_(REVIEW.c.status == ReviewStatus.SUBMITTED, REVIEW.c.approver_id.is_(None))
_AGREED = sa.or_(REVIEW.c.status.in_(sorted(AGREED)), _BY_NOBODY)
_FIRST = RULING.alias("first_ruling")

_NOBODY, _ON_TIME = sa.literal(0), sa.literal(0)
_NEVER = sa.cast(sa.null(), DRAFT.c.submitted_at.type)


def tallies(sight: Sight) -> sa.CompoundSelect[Any]:
    """All counts (`storage.repositories.lists.overview.LineTally`); those that are zero or that the reader may not know
    are left out.
    """
    conditions = Conditions(sight)
    seen = conditions.seen
    drafts, rulings, agreed = _drafts(conditions, seen), _rulings(conditions, seen), _agreed(sight, seen)
    return sa.union_all(
        _by_unit(conditions, seen),
        _by_holder(sight, seen),
        *(_summed(what, drafts.c[what], drafts) for what in ("own", "proposed", "sent")),
        *(_summed(what, rulings.c[what], rulings) for what in ("ruled", "decided")),
        _summed("agreed", agreed.c.agreed, agreed),
    )


def states(sight: Sight) -> sa.Select[Any]:
    """State → number of reviews of a campaign."""
    seen = Conditions(sight).seen
    counted: tuple[Column, ...] = (STATE, sa.func.count())
    found = sa.select(*counted).select_from(reviews_from(sight, drafts=False, rulings=False))
    return found.where(seen).group_by(STATE)


def _by_unit(conditions: Conditions, seen: Condition) -> sa.Select[Any]:
    source = reviews_from(conditions.sight, drafts=False, rulings=False)
    late = sa.case((conditions.late, 1), else_=0)
    lines = _grouped(source, seen, unit=UNIT_ID, state=STATE, late=late)
    return sa.select(sa.literal("unit"), lines.c.unit, lines.c.state, lines.c.late, _NEVER, lines.c.lines)


def _by_holder(sight: Sight, seen: Condition) -> sa.Select[Any]:
    columns = (HOLDER_ID.label("holder"), STATE.label("state"), DRAFT.c.submitted_at.label("since"))
    waiting = REVIEW.c.status.in_([ReviewStatus.SUBMITTED, ReviewStatus.APPROVED])
    lines = sa.select(*columns).select_from(reviews_from(sight, rulings=False)).where(seen, waiting).subquery()
    by, since = (lines.c.holder, lines.c.state), sa.func.min(lines.c.since, type_=DRAFT.c.submitted_at.type)
    found = sa.select(sa.literal("holder"), *by, _ON_TIME, since, sa.func.count())
    return found.where(lines.c.holder.is_not(None)).group_by(*by)


def _drafts(conditions: Conditions, seen: Condition) -> sa.CTE:
    """Counts of the newest drafts: self-ratings, proposed ratings (as `Conditions` filters by them), and the days on which
    they were sent.
    """
    concluded = {"concluded": conditions.concluded} if conditions.sight.concluded else {}
    lines = _grouped(
        conditions.sight,
        sa.and_(seen, DRAFT.c.id.is_not(None)),
        read=sa.case((conditions.own_read, 1), else_=0),
        past=sa.case((PAST_THE_UNIT, 1), else_=0),
        rating=DRAFT.c.self_rating,
        hour=sa.case((_HANDED_IN, hour_of(DRAFT.c.submitted_at))),
        **concluded,
    )
    own = sa.case((lines.c.read == 1, sa.func.coalesce(lines.c.rating, "none")))
    by_meeting = [(sa.and_(lines.c.read == 1, lines.c[it].is_not(None)), lines.c[it]) for it in concluded]
    proposed = sa.case(*by_meeting, (lines.c.past == 1, own))
    told = (own.label("own"), proposed.label("proposed"), local_day(lines.c.hour).label("sent"))
    return sa.select(*told, lines.c.lines).cte("drafts")


def _rulings(conditions: Conditions, seen: Condition) -> sa.CTE:
    """Counts of the ratings in force, and of the days of the first rulings."""
    first = sa.and_(_FIRST.c.review_id == REVIEW.c.id, _FIRST.c.number == 1)
    source = reviews_from(conditions.sight, drafts=False).outerjoin(_FIRST, first)
    rating = sa.case((conditions.ruled_read, sa.func.coalesce(RULING.c.rating, "none")))
    lines = _grouped(source, sa.and_(seen, _RULED), ruled=rating, hour=hour_of(_FIRST.c.at))
    return sa.select(lines.c.ruled, local_day(lines.c.hour).label("decided"), lines.c.lines).cte("rulings")


def _agreed(sight: Sight, seen: Condition) -> sa.CTE:
    """Counts of the days on which the chain finished agreeing."""
    approved = sa.and_(DECISION.c.draft_id == DRAFT.c.id, DECISION.c.outcome == Outcome.APPROVED)
    source = reviews_from(sight, rulings=False).outerjoin(DECISION, approved)
    hour = hour_of(sa.func.coalesce(DECISION.c.at, DRAFT.c.submitted_at))
    lines = _grouped(source, sa.and_(seen, _AGREED, DRAFT.c.id.is_not(None)), hour=hour)
    return sa.select(local_day(lines.c.hour).label("agreed"), lines.c.lines).cte("agreed_to")


def _grouped(source: Sight | sa.FromClause, which: Condition, **by: Column) -> sa.Subquery:
    """The number of lines with the same values in `by`. For a sight: its reviews with their newest drafts."""
    found = source if isinstance(source, sa.FromClause) else reviews_from(source, rulings=False)
    lines = sa.select(*(column.label(name) for name, column in by.items())).select_from(found).where(which).subquery()
    return sa.select(*lines.c, sa.func.count().label("lines")).group_by(*lines.c).subquery()


def _summed(what: str, word: Column, grouped: sa.CTE) -> sa.Select[Any]:
    lines = sa.cast(sa.func.sum(grouped.c.lines), sa.Integer)
    return sa.select(sa.literal(what), _NOBODY, word, _ON_TIME, _NEVER, lines).where(word.is_not(None)).group_by(word)
