"""The people of an office with where their reviews of a campaign stand: searched, filtered, sorted, counted and paged by the database."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from rules.campaign.looking import ON_A_PAGE, Wanted
from rules.campaign.overseeing import AGREED
from rules.nouns.people import Person
from rules.nouns.reviews import OWED, RULED, Outcome, ReviewStatus
from rules.nouns.standings import ReviewLine
from storage.queries import Query, columns
from storage.repositories.base import Repository
from storage.repositories.standings import Standings
from storage.rows.people import person_columns
from storage.rows.sights import (
    ANSWERED,
    DONE,
    HOLDER_ID,
    PAST_THE_UNIT,
    STATE,
    Condition,
    Conditions,
    Sight,
    agreed_before,
    local_day,
    people_from,
)
from storage.tables import DECISION, DRAFT, OFFICE, PERSON, REVIEW, RULING, UNIT


class PlaceRow(NamedTuple):
    """A line of the list: whose, and which review (None: no form in this campaign)."""

    person: int
    review: int | None


class StateCount(NamedTuple):
    """How many lines of a unit stand so."""

    unit: int
    name: str
    state: str
    late: bool
    lines: int


class RatingCount(NamedTuple):
    """How many have a rating, of those it may be told of."""

    rating: str | None
    lines: int


class HolderCount(NamedTuple):
    """How many reviews are with somebody, to be agreed to (`sent`) or decided (`agreed`), and since when the oldest."""

    holder: int
    name: str
    state: str
    lines: int
    since: dt.datetime | None


class DayCount(NamedTuple):
    """How many came so far on a day (Asia/Ho_Chi_Minh), as `2026-11-29`."""

    day: str
    lines: int


class ExtraRow(NamedTuple):
    """What a line shows besides its review."""

    id: int
    state: str
    late: bool
    proposed: bool
    walked: bool
    answered_at: dt.datetime | None
    done_at: dt.datetime | None


class KeyedPerson(NamedTuple):
    """A person, and what the roster calls them."""

    person: Person
    key: str
    gone: bool


class FormRow(NamedTuple):
    """A form that somebody has in a campaign."""

    rulebook: str
    form: str


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """A line of the list of people. `line`: the review, None where there is none; `walked`: this reader agreed with the newest draft."""

    person: Person
    key: str
    gone: bool
    line: ReviewLine | None
    state: str
    late: bool = False
    proposed: bool = False
    walked: bool = False
    active: dt.datetime | None = None


_KEYED = columns(
    KeyedPerson,
    PERSON,
    person=person_columns(PERSON, UNIT),
    key=PERSON.c.roster_key,
    gone=PERSON.c.left_on.is_not(None).label("gone"),
)


class Overview(Repository):
    """What the console shows of the people of an office."""

    async def count(self, sight: Sight, wanted: Wanted) -> int:
        """How many lines a list has."""
        conditions = Conditions(sight)
        rated = bool(wanted.own or wanted.suggested or wanted.proposed or wanted.ruled)
        statement = sa.select(sa.func.count()).select_from(people_from(sight, drafts=rated))
        return await self._row(Query(int, statement.where(conditions.seen, *conditions.filtered(wanted)))) or 0

    async def lines(self, sight: Sight, wanted: Wanted, today: dt.date, most: int = ON_A_PAGE) -> list[OverviewLine]:
        """A page of the list."""
        conditions = Conditions(sight)
        statement = (
            sa.select(PERSON.c.id, REVIEW.c.id)
            .select_from(people_from(sight))
            .where(conditions.seen, *conditions.filtered(wanted))
            .order_by(*conditions.ordered(wanted))
            .limit(most)
            .offset(wanted.first)
        )
        places = await self._rows(Query(PlaceRow, statement))
        return await self._shown(sight, places, today)

    async def by_unit(self, sight: Sight, wanted: Wanted) -> list[StateCount]:
        """How many lines of each unit stand how far, unit by unit."""
        conditions = Conditions(sight)
        late = conditions.late if sight.overdue else sa.literal(False)  # noqa: FBT003 - SQL's
        standing = (
            sa.select(UNIT.c.id.label("unit"), UNIT.c.name.label("name"), STATE.label("state"), late.label("late"))
            .select_from(people_from(sight, drafts=False))
            .where(conditions.seen, *conditions.filtered(wanted))
            .subquery()
        )
        of = (standing.c.unit, standing.c.name, standing.c.state, standing.c.late)
        return await self._rows(Query(StateCount, sa.select(*of, sa.func.count()).group_by(*of).order_by(*of)))

    async def ratings(self, sight: Sight, of: str) -> list[RatingCount]:
        """How many were rated how: `own`, `proposed` or `ruled`, of those it may be told of."""
        conditions = Conditions(sight)
        column, read = {
            "own": (DRAFT.c.self_rating, sa.and_(conditions.own_read, DRAFT.c.id.is_not(None))),
            "proposed": (
                DRAFT.c.self_rating,
                sa.and_(conditions.own_read, DRAFT.c.id.is_not(None), PAST_THE_UNIT),
            ),
            "ruled": (RULING.c.rating, conditions.ruled_read),
        }[of]
        statement = sa.select(column, sa.func.count()).select_from(people_from(sight)).where(conditions.seen, read)
        return await self._rows(Query(RatingCount, statement.group_by(column)))

    async def holders(self, sight: Sight, most: int) -> list[HolderCount]:
        """With whom reviews are that were handed in, those with most first."""
        with_whom = (
            sa.select(HOLDER_ID.label("holder"), STATE.label("state"), DRAFT.c.submitted_at.label("since"))
            .select_from(people_from(sight))
            .where(Conditions(sight).seen, HOLDER_ID.is_not(None))
            .subquery()
        )
        count, since = sa.func.count(), sa.func.min(with_whom.c.since, type_=DRAFT.c.submitted_at.type)
        of = (with_whom.c.holder, PERSON.c.name, with_whom.c.state)
        statement = (
            sa.select(*of, count, since)
            .select_from(with_whom.join(PERSON, PERSON.c.id == with_whom.c.holder))
            .group_by(*of)
            .order_by(count.desc(), *of)
            .limit(most)
        )
        return await self._rows(Query(HolderCount, statement))

    async def course(self, sight: Sight, what: str) -> list[DayCount]:
        """On which days how many were `sent`, `agreed` to or `decided`, of those that still are."""
        seen = Conditions(sight).seen
        newest = sa.and_(DRAFT.c.review_id == REVIEW.c.id, DRAFT.c.version == REVIEW.c.version)
        agreed = sa.and_(DECISION.c.draft_id == DRAFT.c.id, DECISION.c.outcome == Outcome.APPROVED)
        people = people_from(sight, drafts=False)
        # Where no step of the chain is anybody's, what is handed in is agreed to.
        by_nobody = sa.and_(REVIEW.c.status == ReviewStatus.SUBMITTED, REVIEW.c.approver_id.is_(None))
        found, at, which = {
            "sent": (people.join(DRAFT, newest), DRAFT.c.submitted_at, REVIEW.c.status.not_in(sorted(OWED))),
            "agreed": (
                people.join(DRAFT, newest).outerjoin(DECISION, agreed),
                sa.func.coalesce(DECISION.c.at, DRAFT.c.submitted_at, type_=DRAFT.c.submitted_at.type),
                sa.or_(REVIEW.c.status.in_(sorted(AGREED)), by_nobody),
            ),
            "decided": (
                people.join(RULING, sa.and_(RULING.c.review_id == REVIEW.c.id, RULING.c.number == 1)),
                RULING.c.at,
                REVIEW.c.status.in_(sorted(RULED)),
            ),
        }[what]
        day = local_day(at).label("day")
        statement = sa.select(day, sa.func.count()).select_from(found).where(seen, which)
        return await self._rows(Query(DayCount, statement.group_by(day).order_by(day)))

    async def forms(self, campaign: int) -> list[FormRow]:
        """The forms that somebody has in a campaign."""
        of = (REVIEW.c.rulebook, REVIEW.c.form)
        here = sa.and_(REVIEW.c.campaign_id == campaign, REVIEW.c.status != ReviewStatus.ENDED)
        return await self._rows(Query(FormRow, sa.select(*of).where(here).distinct().order_by(*of)))

    async def in_the_chain(self, people: Sequence[int]) -> bool:
        """Whether reviews wait for one of these, or are theirs to decide."""
        theirs = sa.or_(REVIEW.c.approver_id.in_(people), REVIEW.c.decider_id.in_(people))
        return bool(await self._rows(Query(int, sa.select(REVIEW.c.id).where(theirs).limit(1))))

    async def keyed(self, office: int, key: str) -> KeyedPerson | None:
        """The person whom the office's roster calls so, also when they have left."""
        here = sa.and_(PERSON.c.office_id == office, PERSON.c.roster_key == key)
        return next(iter(await self._keyed(here)), None)

    async def _keyed(self, which: Condition) -> list[KeyedPerson]:
        joined = PERSON.join(UNIT, UNIT.c.id == PERSON.c.unit_id).join(OFFICE, OFFICE.c.id == UNIT.c.office_id)
        return await self._rows(Query(_KEYED, sa.select(*_KEYED).select_from(joined).where(which)))

    async def _shown(self, sight: Sight, places: Sequence[PlaceRow], today: dt.date) -> list[OverviewLine]:
        reviews = [one.review for one in places if one.review is not None]
        people = {one.person.id: one for one in await self._keyed(PERSON.c.id.in_({one.person for one in places}))}
        standings = await Standings(self._connection, self._held).some(reviews, today)
        lines = {one.review: one for one in standings}
        extras = {one.id: one for one in await self._extras(sight, reviews)}

        def shown(place: PlaceRow) -> OverviewLine:
            of, line = people[place.person], lines.get(place.review or 0)
            if line is None:
                return OverviewLine(of.person, of.key, of.gone, None, "none")
            more = extras[line.review]
            active = max((at for at in (more.answered_at, more.done_at) if at), default=None)
            return OverviewLine(
                line.person, of.key, of.gone, line, more.state, more.late, more.proposed, more.walked, active
            )

        return [shown(place) for place in places]

    async def _extras(self, sight: Sight, reviews: Sequence[int]) -> list[ExtraRow]:
        if not reviews:
            return []
        late = Conditions(sight).late
        columns_ = (REVIEW.c.id, STATE, late, PAST_THE_UNIT, agreed_before(sight), ANSWERED, DONE)
        return await self._rows(Query(ExtraRow, sa.select(*columns_).where(REVIEW.c.id.in_(reviews))))
