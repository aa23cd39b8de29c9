"""Opinions asked of other bodies, plans of improvement, and stand-ins."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.office import OfficeSettings
from rules.nouns.reviews import Json
from rules.nouns.rulings import Improvement, Opinion, StandIn
from storage.queries import Prepared, Query, among, columns
from storage.repositories.base import Repository
from storage.tables import CAMPAIGN, IMPROVEMENT, OFFICE, OPINION, PERSON, REVIEW, STAND_IN

_OPINION = columns(Opinion, OPINION, review=OPINION.c.review_id)
_OPINIONS = sa.select(*_OPINION).order_by(OPINION.c.id)
_OF_REVIEWS = Prepared(_OPINION, _OPINIONS.where(among(OPINION.c.review_id, "reviews")))
_OPEN = (
    _OPINIONS.join(REVIEW, REVIEW.c.id == OPINION.c.review_id)
    .join(CAMPAIGN, CAMPAIGN.c.id == REVIEW.c.campaign_id)
    .where(CAMPAIGN.c.closed_at.is_(None))
)
_ASKED_OF = Prepared(_OPINION, _OPEN.where(among(OPINION.c.asked, "people")))
_OUTSIDE = Prepared(_OPINION, _OPEN.where(OPINION.c.asked.is_(None), CAMPAIGN.c.office_id == sa.bindparam("office")))
_MISSING = Prepared(
    _OPINION, _OPEN.where(REVIEW.c.campaign_id == sa.bindparam("campaign"), OPINION.c.given_at.is_(None))
)


class OpinionsAsked(Repository):
    """The opinions about reviews."""

    async def ask(self, opinion: Opinion) -> int | None:
        """Record that an opinion is asked; returns its id, or None when it was asked before. `opinion.id` is ignored."""
        kept = {
            "review_id": opinion.review,
            "kind": opinion.kind,
            "of": opinion.of,
            "asked": opinion.asked,
            "asked_at": opinion.asked_at,
            "cite": opinion.cite,
            "due": opinion.due,
            "text": "",
            "by_name": "",
        }
        return await self._once(OPINION, ("review_id", "kind", "of"), kept)

    async def lead_on(self, opinion: Opinion) -> bool:
        """Ask another body for an opinion of this kind that was asked before and is not given yet. False when none was
        asked.
        """
        this = sa.and_(OPINION.c.review_id == opinion.review, OPINION.c.kind == opinion.kind)
        if await self._row(Query(int, sa.select(OPINION.c.id).where(this).limit(1))) is None:
            return False
        now = {"of": opinion.of, "asked": opinion.asked}
        await self._run(OPINION.update().where(this, OPINION.c.given_at.is_(None)).values(**now))
        return True

    async def give(self, opinion_id: int, text: str, by: int, by_name: str, at: dt.datetime) -> bool:
        """Store the opinion that was given. False when it was given before."""
        this = sa.and_(OPINION.c.id == opinion_id, OPINION.c.given_at.is_(None))
        values = {"text": text, "by": by, "by_name": by_name, "given_at": at}
        return await self._run(OPINION.update().where(this).values(**values)) > 0

    async def about(self, review_ids: Sequence[int]) -> list[Opinion]:
        """All opinions about these reviews."""
        return await self._rows(_OF_REVIEWS, reviews=tuple(review_ids))

    async def asked_of(self, people: Sequence[int]) -> list[Opinion]:
        """The opinions asked of these people in open campaigns, given or not."""
        return await self._rows(_ASKED_OF, people=tuple(people))

    async def asked_outside(self, office_id: int) -> list[Opinion]:
        """The opinions asked of outside bodies in open campaigns of an office."""
        return await self._rows(_OUTSIDE, office=office_id)

    async def missing(self, campaign_id: int) -> list[Opinion]:
        """The opinions asked in a campaign and not given yet."""
        return await self._rows(_MISSING, campaign=campaign_id)


class DueRow(NamedTuple):
    """An open line of a plan, and the settings of the person's office."""

    line: Improvement
    settings: dict[str, Json]


_LINE = columns(Improvement, IMPROVEMENT, person=IMPROVEMENT.c.person_id)
#: The settings of an office that has set nothing.
_AS_EVER = OfficeSettings()
_PLAN = sa.select(*_LINE).where(IMPROVEMENT.c.removed_at.is_(None)).order_by(IMPROVEMENT.c.by, IMPROVEMENT.c.id)
_OF_PERSON = Prepared(_LINE, _PLAN.where(IMPROVEMENT.c.person_id == sa.bindparam("person")))
_OF_UNIT = Prepared(
    _LINE,
    _PLAN.join(PERSON, PERSON.c.id == IMPROVEMENT.c.person_id).where(
        PERSON.c.unit_id == sa.bindparam("unit"), PERSON.c.left_on.is_(None)
    ),
)
_DUE = Prepared(
    columns(DueRow, OFFICE, line=_LINE),
    _PLAN.add_columns(OFFICE.c.settings)
    .join(PERSON, PERSON.c.id == IMPROVEMENT.c.person_id)
    .join(OFFICE, OFFICE.c.id == PERSON.c.office_id)
    .where(
        among(IMPROVEMENT.c.by, "days"),
        IMPROVEMENT.c.done_on.is_(None),
        PERSON.c.left_on.is_(None),
    ),
)


class Improvements(Repository):
    """The improvements: people's plans to put right what fell short."""

    async def add(self, person_id: int, year: int, what: str, by: dt.date, at: dt.datetime) -> int:
        """Add an improvement; returns its id."""
        return await self._add(IMPROVEMENT, person_id=person_id, year=year, what=what, by=by, made_at=at)

    async def end(self, improvement_id: int, person_id: int, at: dt.datetime, *, done: bool) -> None:
        """End an improvement: it is done, or taken out of the plan."""
        this = sa.and_(IMPROVEMENT.c.id == improvement_id, IMPROVEMENT.c.person_id == person_id)
        values = {"done_on": at.date()} if done else {"removed_at": at}
        await self._run(IMPROVEMENT.update().where(this).values(**values))

    async def of_person(self, person_id: int) -> list[Improvement]:
        """The improvements of a person, the next due first."""
        return await self._rows(_OF_PERSON, person=person_id)

    async def of_unit(self, unit_id: int) -> list[Improvement]:
        """The improvements of the people of a unit, the next due first."""
        return await self._rows(_OF_UNIT, unit=unit_id)

    async def due_on(self, days: Sequence[dt.date]) -> list[Improvement]:
        """The open improvements due on one of these days, for everybody who has not left and whose office sends
        reminders.
        """
        rows = await self._rows(_DUE, days=tuple(days))
        return [row.line for row in rows if row.settings.get("remind", _AS_EVER.remind)]


_STAND_IN = columns(StandIn, STAND_IN, absent=STAND_IN.c.absent_id, stand_in=STAND_IN.c.stand_in_id)
_STAND_INS = sa.select(*_STAND_IN).where(STAND_IN.c.ended_at.is_(None)).order_by(STAND_IN.c.id)
_BY_ID = Prepared(_STAND_IN, _STAND_INS.where(STAND_IN.c.id == sa.bindparam("id")))
_ABOUT = Prepared(
    _STAND_IN,
    _STAND_INS.where(
        sa.or_(STAND_IN.c.absent_id == sa.bindparam("person"), STAND_IN.c.stand_in_id == sa.bindparam("person"))
    ),
)
_OF_OFFICE = Prepared(
    _STAND_IN,
    _STAND_INS.join(PERSON, PERSON.c.id == STAND_IN.c.absent_id).where(PERSON.c.office_id == sa.bindparam("office")),
)
_TODAY = sa.and_(
    STAND_IN.c.ended_at.is_(None), STAND_IN.c.since <= sa.bindparam("day"), STAND_IN.c.until >= sa.bindparam("day")
)
_ACTS_FOR = Prepared(
    int, sa.select(STAND_IN.c.absent_id).where(STAND_IN.c.stand_in_id == sa.bindparam("person"), _TODAY)
)
_STANDS_IN_FOR = Prepared(
    int, sa.select(STAND_IN.c.stand_in_id).where(STAND_IN.c.absent_id == sa.bindparam("person"), _TODAY)
)


class Covers(Repository):
    """Stand-ins for absent heads."""

    async def set(self, absent: int, stand_in: int, since: dt.date, until: dt.date, by: int, at: dt.datetime) -> int:
        """Record a stand-in: somebody acts for an absent head on these days. Returns its id."""
        self._held.conversations.pop(stand_in, None)
        days = {"since": since, "until": until}
        return await self._add(STAND_IN, absent_id=absent, stand_in_id=stand_in, **days, set_by=by, set_at=at)

    async def end(self, id_: int, at: dt.datetime) -> None:
        """End the stand-in."""
        this = sa.and_(STAND_IN.c.id == id_, STAND_IN.c.ended_at.is_(None))
        await self._run(STAND_IN.update().where(this).values(ended_at=at))

    async def get(self, id_: int) -> StandIn | None:
        """A stand-in by its id, unless it was ended."""
        return await self._row(_BY_ID, id=id_)

    async def about(self, person_id: int) -> list[StandIn]:
        """The stand-ins for a person and by them that were not ended."""
        return await self._rows(_ABOUT, person=person_id)

    async def of_office(self, office_id: int) -> list[StandIn]:
        """The stand-ins of an office that were not ended."""
        return await self._rows(_OF_OFFICE, office=office_id)

    async def standing_in_for(self, person_id: int, day: dt.date) -> tuple[int, ...]:
        """The people who act for this person on that day."""
        return tuple(dict.fromkeys(await self._rows(_STANDS_IN_FOR, person=person_id, day=day)))

    async def acts_for(self, person_id: int, day: dt.date) -> tuple[int, ...]:
        """The people for whom this person acts on that day. When the conversation was loaded without any stand-in, no
        query is made.
        """
        talk = self._held.conversations.get(person_id)
        if talk is not None and not talk.covers:
            return ()
        return tuple(dict.fromkeys(await self._rows(_ACTS_FOR, person=person_id, day=day)))
