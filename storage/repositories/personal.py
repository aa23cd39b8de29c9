"""Personal data: what has been kept longer than needed, what is erased on a person's request, and everything stored
about one person.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import sqlalchemy as sa

from rules.personal.keeping import ON_REQUEST, Keeping
from storage.repositories.base import Repository
from storage.tables import (
    ACCOUNT,
    ACKNOWLEDGEMENT,
    ACT,
    ANSWER,
    AUDIT,
    CAMPAIGN,
    CODE_ATTEMPT,
    CONSOLE_LINK,
    CONVERSATION,
    DATA_REQUEST,
    DECISION,
    DELIVERY,
    DOCUMENT,
    DRAFT,
    ENCLOSURE,
    ENDORSEMENT,
    EXTENSION,
    FIGURE,
    HAPPENING,
    IMPROVEMENT,
    INQUIRY,
    INQUIRY_ANSWER,
    INQUIRY_RECEIPT,
    INVITATION,
    METADATA,
    OPINION,
    OUTSIDE_SCORE,
    PERSON,
    PETITION,
    POLL_PERSON,
    POST,
    POSTING,
    PUSH_ADDRESS,
    REDOING,
    REPORT_PART,
    REVIEW,
    ROUND,
    ROUND_ANSWER,
    ROUND_ASKED,
    ROUND_PAPER,
    ROUND_SETTLED,
    RULING,
    SENT_UP,
    STAND_IN,
    TURN,
    UPLOAD,
    WALL_LINK,
    WORK,
)

#: Rows removed in one transaction, so that others have their turn in between.
TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits before which data is removed."""

    #: The limit as a moment.
    before: dt.datetime
    #: The limit as a day.
    day: dt.date
    #: The limit as the last id, for tables whose rows are in order of time.
    upto: int = 0
    #: Only data of this person; 0 for everybody.
    who: int = 0


Where = Callable[[Bounds], sa.ColumnElement[bool]]

_ENDED = sa.or_(DELIVERY.c.status == "sent", DELIVERY.c.status == "blocked", DELIVERY.c.status == "failed")
_OVER = sa.or_(
    DELIVERY.c.campaign_id.is_(None),
    DELIVERY.c.campaign_id.in_(sa.select(CAMPAIGN.c.id).where(CAMPAIGN.c.closed_at.is_not(None))),
)
_BEGUN = sa.or_(
    *(sa.cast(column, sa.Text) != "{}" for column in (REVIEW.c.answers, REVIEW.c.offers)), REVIEW.c.comment != ""
)


def _left(at: Bounds) -> sa.Select[int]:
    """The people who left before the limit."""
    return sa.select(PERSON.c.id).where(PERSON.c.left_on < at.day)


def _unsent(at: Bounds) -> sa.ColumnElement[bool]:
    """Condition: reviews of closed campaigns that were never handed in."""
    closed = sa.select(CAMPAIGN.c.id).where(CAMPAIGN.c.closed_at < at.before)
    mine = REVIEW.c.person_id == at.who if at.who else sa.true()
    return sa.and_(REVIEW.c.version == 0, REVIEW.c.campaign_id.in_(closed), mine)


def _unsent_answers(at: Bounds) -> sa.ColumnElement[bool]:
    return ANSWER.c.review_id.in_(sa.select(REVIEW.c.id).where(_unsent(at)))


@dataclass(frozen=True, slots=True)
class Removal:
    """Which rows of a table are removed as one kind of data (rules/personal/kinds.toml)."""

    kind: str
    #: The name of the field of Keeping that says how long the data is kept.
    time: str
    table: sa.Table
    where: Where
    #: The columns to be overwritten with these values, where the rows themselves stay.
    emptied: Mapping[str, object] = field(default_factory=dict)
    #: Old rows are found by id, because the table is in order of time.
    in_order: bool = False


def _proves(at: Bounds) -> sa.ColumnElement[bool]:
    """Condition: codes that prove that somebody who has not left long ago came in. Without its code a person would pass
    for a newcomer, and a code that somebody else issued for them would be valid at once, without their knowledge.
    """
    came_in = sa.and_(
        INVITATION.c.kind == "roster", INVITATION.c.used_at.is_not(None), INVITATION.c.revoked_at.is_(None)
    )
    return sa.and_(came_in, INVITATION.c.person_id.not_in(_left(at)))


_EMPTY = {"answers": {}, "offers": {}, "comment": "", "asked": []}

#: All that is ever removed. Everything else stays: what was handed in, acts and decisions, the audit, and the seals.
REMOVALS = (
    Removal(
        *("chat", "strangers", TURN),
        lambda at: sa.and_(TURN.c.person_id.is_(None), TURN.c.id <= at.upto),
        in_order=True,
    ),
    Removal(
        *("chat", "chat", TURN),
        lambda at: sa.and_(TURN.c.person_id.is_not(None), TURN.c.id <= at.upto),
        in_order=True,
    ),
    Removal("chat", "leavers", TURN, lambda at: TURN.c.person_id.in_(_left(at))),
    Removal(
        *("chat", "leavers", CONVERSATION),
        lambda at: sa.and_(CONVERSATION.c.focus.is_not(None), CONVERSATION.c.person_id.in_(_left(at))),
        {"focus": None},
    ),
    Removal("plan", "leavers", IMPROVEMENT, lambda at: IMPROVEMENT.c.person_id.in_(_left(at))),
    Removal("notices", "leavers", DELIVERY, lambda at: sa.and_(_ENDED, DELIVERY.c.person_id.in_(_left(at)))),
    Removal(
        *("notices", "notices", DELIVERY),
        lambda at: sa.and_(_ENDED, _OVER, DELIVERY.c.id <= at.upto),
        in_order=True,
    ),
    Removal("guesses", "guesses", CODE_ATTEMPT, lambda at: CODE_ATTEMPT.c.id <= at.upto, in_order=True),
    Removal("doors", "doors", CONSOLE_LINK, lambda at: CONSOLE_LINK.c.expires_at < at.before),
    Removal("doors", "doors", ACCOUNT, lambda at: ACCOUNT.c.untied_at < at.before),
    Removal(
        *("doors", "doors", INVITATION),
        lambda at: sa.and_(
            sa.func.coalesce(INVITATION.c.used_at, INVITATION.c.revoked_at, INVITATION.c.expires_at) < at.before,
            INVITATION.c.id.not_in(sa.select(ACCOUNT.c.invitation_id).where(ACCOUNT.c.invitation_id.is_not(None))),
            sa.not_(_proves(at)),
        ),
    ),
    Removal("answers", "unsent", ANSWER, _unsent_answers),
    Removal("answers", "unsent", REVIEW, lambda at: sa.and_(_unsent(at), _BEGUN), _EMPTY),
    Removal("uploads", "uploads", UPLOAD, lambda at: UPLOAD.c.at < at.before),
)

#: What is erased when a person asks for it and the desk agrees. Turns of the last days stay: they are needed to
#: recognise a repeated update.
ERASED = (
    Removal("chat", "", TURN, lambda at: sa.and_(TURN.c.person_id == at.who, TURN.c.at < at.before)),
    Removal("plan", "", IMPROVEMENT, lambda at: IMPROVEMENT.c.person_id == at.who),
    Removal(
        *("notices", "", DELIVERY),
        lambda at: sa.and_(_ENDED, DELIVERY.c.person_id == at.who, DELIVERY.c.created_at < at.before),
    ),
    Removal("answers", "", ANSWER, _unsent_answers),
    Removal("answers", "", REVIEW, lambda at: sa.and_(_unsent(at), _BEGUN), _EMPTY),
)


def _of(table: sa.Table) -> Callable[[int], sa.ColumnElement[bool]]:
    return lambda who: table.c.person_id == who


def _of_reviews(table: sa.Table) -> Callable[[int], sa.ColumnElement[bool]]:
    return lambda who: table.c.review_id.in_(sa.select(REVIEW.c.id).where(REVIEW.c.person_id == who))


def _of_drafts(table: sa.Table) -> Callable[[int], sa.ColumnElement[bool]]:
    return lambda who: table.c.draft_id.in_(sa.select(DRAFT.c.id).where(_of_reviews(DRAFT)(who)))


def _inquiries(who: int) -> sa.Select[tuple[int]]:
    return sa.select(INQUIRY.c.id).where(INQUIRY.c.person_id == who)


#: Table → condition for rows about a person. Tables not listed have no rows about one person alone.
OWN: Mapping[str, Callable[[int], sa.ColumnElement[bool]]] = {
    PERSON.name: lambda who: PERSON.c.id == who,
    STAND_IN.name: lambda who: sa.or_(STAND_IN.c.absent_id == who, STAND_IN.c.stand_in_id == who),
    ACKNOWLEDGEMENT.name: lambda who: ACKNOWLEDGEMENT.c.ruling_id.in_(
        sa.select(RULING.c.id).where(_of_reviews(RULING)(who))
    ),
    PUSH_ADDRESS.name: lambda who: PUSH_ADDRESS.c.account_id.in_(
        sa.select(ACCOUNT.c.id).where(ACCOUNT.c.person_id == who)
    ),
    HAPPENING.name: lambda who: sa.or_(HAPPENING.c.person_id == who, HAPPENING.c.by == who),
    SENT_UP.name: lambda who: SENT_UP.c.by == who,
    ROUND.name: lambda who: sa.or_(ROUND.c.person == who, ROUND.c.owner == who, ROUND.c.by == who),
    REPORT_PART.name: lambda who: sa.or_(
        REPORT_PART.c.writer_id == who, REPORT_PART.c.given_by == who, _of_reviews(REPORT_PART)(who)
    ),
    INQUIRY_ANSWER.name: lambda who: INQUIRY_ANSWER.c.inquiry_id.in_(_inquiries(who)),
    INQUIRY_RECEIPT.name: lambda who: INQUIRY_RECEIPT.c.answer_id.in_(
        sa.select(INQUIRY_ANSWER.c.id).where(INQUIRY_ANSWER.c.inquiry_id.in_(_inquiries(who)))
    ),
    AUDIT.name: lambda who: sa.or_(AUDIT.c.person_id == who, AUDIT.c.by_person == who),
    **{
        one.name: _of(one)
        for one in (
            *(POST, POSTING, REVIEW, WORK, OUTSIDE_SCORE, IMPROVEMENT, TURN, CONVERSATION, DELIVERY),
            *(ACCOUNT, CONSOLE_LINK, INVITATION, UPLOAD, DATA_REQUEST, ENCLOSURE, POLL_PERSON, WALL_LINK),
            INQUIRY,
            *(ROUND_ASKED, ROUND_ANSWER, ROUND_SETTLED, ROUND_PAPER),
        )
    },
    **{
        one.name: _of_reviews(one)
        for one in (EXTENSION, FIGURE, ANSWER, DRAFT, ACT, REDOING, OPINION, RULING, PETITION)
    },
    **{one.name: _of_drafts(one) for one in (DOCUMENT, DECISION, ENDORSEMENT)},
}

#: Tables whose rows are in order of time, with their time column: old rows are found by id, without an index on the
#: time.
_IN_ORDER = {TURN.name: TURN.c.at, DELIVERY.name: DELIVERY.c.created_at, CODE_ATTEMPT.name: CODE_ATTEMPT.c.at}


class PersonalData(Repository):
    """Finds and removes data that has been kept long enough."""

    async def due(self, removal: Removal, keeping: Keeping, now: dt.datetime) -> int:
        """The number of rows that have been kept long enough."""
        where = await self._where(removal, keeping, now)
        count = sa.select(sa.func.count()).select_from(removal.table).where(where)
        return (await self._connection.execute(count)).scalar() or 0

    async def some_due(self, removal: Removal, keeping: Keeping, now: dt.datetime) -> Sequence[int]:
        """The keys of some of these rows, at most TOGETHER."""
        (key,) = removal.table.primary_key.columns
        where = await self._where(removal, keeping, now)
        return (
            (await self._connection.execute(sa.select(key).where(where).order_by(key).limit(TOGETHER))).scalars().all()
        )

    async def remove(self, removal: Removal, keys: Sequence[int], keeping: Keeping, now: dt.datetime) -> int:
        """Remove those rows that are still to be removed; returns how many."""
        (key,) = removal.table.primary_key.columns
        where = await self._where(removal, keeping, now)
        return await self._run(_removing(removal, sa.and_(where, key.in_(list(keys)))))

    async def erase(self, person: int, now: dt.datetime) -> dict[str, int]:
        """Erase all that ERASED lists of this person; returns kind → number of rows."""
        before = now - dt.timedelta(days=ON_REQUEST)
        done: dict[str, int] = {}
        for one in ERASED:
            since = now if one.kind == "answers" else before
            where = one.where(Bounds(since, since.date(), who=person))
            done[one.kind] = done.get(one.kind, 0) + await self._run(_removing(one, where))
        return done

    async def of_person(self, table: str, shown: Sequence[str], person: int) -> list[dict[str, object]]:
        """The given columns of the rows of a table about a person, in order; empty where no row is about one person."""
        if table not in OWN:
            return []
        kept = METADATA.tables[table]
        select = (
            sa.select(*(kept.c[name] for name in shown)).where(OWN[table](person)).order_by(*kept.primary_key.columns)
        )
        return [dict(row) for row in (await self._connection.execute(select)).mappings()]

    async def _where(self, removal: Removal, keeping: Keeping, now: dt.datetime) -> sa.ColumnElement[bool]:
        before = now - dt.timedelta(days=asdict(keeping)[removal.time])
        upto = await self._upto(removal.table, before) if removal.in_order else 0
        return removal.where(Bounds(before, before.date(), upto))

    async def _upto(self, table: sa.Table, before: dt.datetime) -> int:
        """The id of a table's last row before that moment; 0 when there is none."""
        moment = _IN_ORDER[table.name]
        last = (await self._connection.execute(sa.select(sa.func.max(table.c.id)))).scalar() or 0
        low, high = 0, last + 1  # invariant: rows up to `low` are older, rows from `high` on are not
        while high - low > 1:
            middle = (low + high) // 2
            next_: sa.Select[Any] = (
                sa.select(table.c.id, moment.label("at")).where(table.c.id >= middle).order_by(table.c.id).limit(1)
            )
            found = (await self._connection.execute(next_)).first()
            if found is None or found.at >= before:
                high = middle
            else:
                low = max(middle, found.id)
        return low


def _removing(removal: Removal, where: sa.ColumnElement[bool]) -> sa.Update | sa.Delete:
    if removal.emptied:
        return removal.table.update().where(where).values(dict(removal.emptied))
    return removal.table.delete().where(where)
