"""Opinions asked of others, people's plans of improvement, and who stands in for whom."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from rules.nouns.office import OfficeSettings
from rules.nouns.rulings import Improvement, Opinion, OpinionKind, StandIn
from storage.repositories.base import Repository, Values
from storage.tables import CAMPAIGN, IMPROVEMENT, OFFICE, OPINION, PERSON, REVIEW, STAND_IN

_OPINION_COLUMNS = (
    OPINION.c.id,
    OPINION.c.review_id,
    OPINION.c.kind,
    OPINION.c.of,
    OPINION.c.asked,
    OPINION.c.asked_at,
    OPINION.c.cite,
    OPINION.c.due,
    OPINION.c.text,
    OPINION.c.by,
    OPINION.c.by_name,
    OPINION.c.given_at,
)
_OPINIONS = sa.select(*_OPINION_COLUMNS).order_by(OPINION.c.id)
_OF_REVIEWS = _OPINIONS.where(OPINION.c.review_id.in_(sa.bindparam("reviews", expanding=True)))
_OPEN = (
    _OPINIONS.join(REVIEW, REVIEW.c.id == OPINION.c.review_id)
    .join(CAMPAIGN, CAMPAIGN.c.id == REVIEW.c.campaign_id)
    .where(CAMPAIGN.c.closed_at.is_(None))
)
_ASKED_OF = _OPEN.where(OPINION.c.asked.in_(sa.bindparam("people", expanding=True)))
_OUTSIDE = _OPEN.where(OPINION.c.asked.is_(None), CAMPAIGN.c.office_id == sa.bindparam("office"))
_OF_CAMPAIGN = _OPEN.where(REVIEW.c.campaign_id == sa.bindparam("campaign"), OPINION.c.given_at.is_(None))


class Opinions(Repository):
    """Opinions about reviews."""

    async def ask(self, opinion: Opinion) -> int | None:
        """Keep that an opinion is asked; None when it was asked before. `id` is not looked at."""
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

    async def give(self, opinion_id: int, text: str, by: int, by_name: str, at: dt.datetime) -> bool:
        """Keep what was said. False when it was given before."""
        this = sa.and_(OPINION.c.id == opinion_id, OPINION.c.given_at.is_(None))
        values = {"text": text, "by": by, "by_name": by_name, "given_at": at}
        return await self._row(OPINION.update().where(this).values(**values).returning(OPINION.c.id)) is not None

    async def about(self, review_ids: Sequence[int]) -> list[Opinion]:
        """All opinions about these reviews."""
        return [_opinion_of(row) for row in await self._rows(_OF_REVIEWS, {"reviews": tuple(review_ids)})]

    async def asked_of(self, people: Sequence[int]) -> list[Opinion]:
        """What is asked of one of these people in open campaigns, given or not."""
        return [_opinion_of(row) for row in await self._rows(_ASKED_OF, {"people": tuple(people)})]

    async def asked_outside(self, office_id: int) -> list[Opinion]:
        """What bodies outside are asked in open campaigns of an office."""
        return [_opinion_of(row) for row in await self._rows(_OUTSIDE, {"office": office_id})]

    async def missing(self, campaign_id: int) -> list[Opinion]:
        """What was asked in a campaign and is not given yet."""
        return [_opinion_of(row) for row in await self._rows(_OF_CAMPAIGN, {"campaign": campaign_id})]


def _opinion_of(row: Values) -> Opinion:
    id_, review, kind, *rest = row
    return Opinion(id_, review, OpinionKind(kind), *rest)


_PLAN_COLUMNS = (
    IMPROVEMENT.c.id,
    IMPROVEMENT.c.person_id,
    IMPROVEMENT.c.year,
    IMPROVEMENT.c.what,
    IMPROVEMENT.c.by,
    IMPROVEMENT.c.made_at,
    IMPROVEMENT.c.done_on,
)
#: What an office has that set nothing.
_AS_EVER = OfficeSettings()
_PLAN = sa.select(*_PLAN_COLUMNS).where(IMPROVEMENT.c.removed_at.is_(None)).order_by(IMPROVEMENT.c.by, IMPROVEMENT.c.id)
_OF_PERSON = _PLAN.where(IMPROVEMENT.c.person_id == sa.bindparam("person"))
_DUE = (
    _PLAN.add_columns(OFFICE.c.settings)
    .join(PERSON, PERSON.c.id == IMPROVEMENT.c.person_id)
    .join(OFFICE, OFFICE.c.id == PERSON.c.office_id)
    .where(
        IMPROVEMENT.c.by.in_(sa.bindparam("days", expanding=True)),
        IMPROVEMENT.c.done_on.is_(None),
        PERSON.c.left_on.is_(None),
    )
)


class Improvements(Repository):
    """People's plans to put right what fell short."""

    async def add(self, person_id: int, year: int, what: str, by: dt.date, at: dt.datetime) -> int:
        """A line more."""
        values = {"person_id": person_id, "year": year, "what": what, "by": by, "made_at": at}
        return await self._id(IMPROVEMENT.insert().returning(IMPROVEMENT.c.id), values)

    async def end(self, improvement_id: int, person_id: int, at: dt.datetime, *, done: bool) -> None:
        """It is done, or taken out of the plan."""
        this = sa.and_(IMPROVEMENT.c.id == improvement_id, IMPROVEMENT.c.person_id == person_id)
        values = {"done_on": at.date()} if done else {"removed_at": at}
        await self._run(IMPROVEMENT.update().where(this).values(**values))

    async def of_person(self, person_id: int) -> list[Improvement]:
        """The plan of a person, the next due first."""
        return [Improvement(*row) for row in await self._rows(_OF_PERSON, {"person": person_id})]

    async def due_on(self, days: Sequence[dt.date]) -> list[Improvement]:
        """The open lines that are due on one of these days, of everybody who is here and whose office reminds."""
        rows = await self._rows(_DUE, {"days": tuple(days)})
        return [Improvement(*line) for *line, settings in rows if settings.get("remind", _AS_EVER.remind)]


_COVER_COLUMNS = (
    STAND_IN.c.id,
    STAND_IN.c.absent_id,
    STAND_IN.c.stand_in_id,
    STAND_IN.c.since,
    STAND_IN.c.until,
    STAND_IN.c.set_by,
    STAND_IN.c.ended_at,
)
_COVERS = sa.select(*_COVER_COLUMNS).where(STAND_IN.c.ended_at.is_(None)).order_by(STAND_IN.c.id)
_ABOUT = _COVERS.where(
    sa.or_(STAND_IN.c.absent_id == sa.bindparam("person"), STAND_IN.c.stand_in_id == sa.bindparam("person"))
)
_OF_OFFICE = _COVERS.join(PERSON, PERSON.c.id == STAND_IN.c.absent_id).where(
    PERSON.c.office_id == sa.bindparam("office")
)
_TODAY = sa.and_(
    STAND_IN.c.ended_at.is_(None), STAND_IN.c.since <= sa.bindparam("day"), STAND_IN.c.until >= sa.bindparam("day")
)
_ACTS_FOR = sa.select(STAND_IN.c.absent_id).where(STAND_IN.c.stand_in_id == sa.bindparam("person"), _TODAY)
_STANDS_IN_FOR = sa.select(STAND_IN.c.stand_in_id).where(STAND_IN.c.absent_id == sa.bindparam("person"), _TODAY)


class Covers(Repository):
    """Stand-ins for absent heads."""

    async def set(self, absent: int, stand_in: int, since: dt.date, until: dt.date, by: int, at: dt.datetime) -> int:
        """Somebody acts for an absent head on these days."""
        values = {
            "absent_id": absent,
            "stand_in_id": stand_in,
            "since": since,
            "until": until,
            "set_by": by,
            "set_at": at,
        }
        return await self._id(STAND_IN.insert().returning(STAND_IN.c.id), values)

    async def end(self, id_: int, at: dt.datetime) -> None:
        """It holds no longer."""
        this = sa.and_(STAND_IN.c.id == id_, STAND_IN.c.ended_at.is_(None))
        await self._run(STAND_IN.update().where(this).values(ended_at=at))

    async def get(self, id_: int) -> StandIn | None:
        """The one of that number, unless it was ended."""
        row = await self._row(_COVERS.where(STAND_IN.c.id == sa.bindparam("id")), {"id": id_})
        return None if row is None else StandIn(*row)

    async def about(self, person_id: int) -> list[StandIn]:
        """Those of and by a person that were not ended."""
        return [StandIn(*row) for row in await self._rows(_ABOUT, {"person": person_id})]

    async def of_office(self, office_id: int) -> list[StandIn]:
        """Those of an office that were not ended."""
        return [StandIn(*row) for row in await self._rows(_OF_OFFICE, {"office": office_id})]

    async def standing_in_for(self, person_id: int, day: dt.date) -> tuple[int, ...]:
        """Who acts for this person on that day."""
        rows = await self._rows(_STANDS_IN_FOR, {"person": person_id, "day": day})
        return tuple(dict.fromkeys(int(row[0]) for row in rows))

    async def acts_for(self, person_id: int, day: dt.date) -> tuple[int, ...]:
        """For whom this person acts on that day."""
        rows = await self._rows(_ACTS_FOR, {"person": person_id, "day": day})
        return tuple(dict.fromkeys(int(row[0]) for row in rows))
