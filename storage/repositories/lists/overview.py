"""The overview: an office's people with the state of their reviews in a campaign. Search, filters, sorting, counts and
pages are computed by the database.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import sqlalchemy as sa

from rules.campaign.looking.wanted import ON_A_PAGE, Wanted
from rules.nouns.people import Person
from rules.nouns.reviews import ReviewStatus
from rules.nouns.standings import ReviewLine
from storage.queries import Query, Row, columns
from storage.repositories.base import Repository
from storage.repositories.lists.standings import Standings
from storage.rows.people import person_columns
from storage.rows.sights import (
    ANSWERED,
    DONE,
    PAST_THE_UNIT,
    STATE,
    Condition,
    Conditions,
    Sight,
    active_since,
    agreed_before,
    people_from,
    reviews_from,
)
from storage.rows.tallies import states, tallies
from storage.tables import AUDIT, OFFICE, PERSON, REVIEW, UNIT

#: How many of the newest audit lines are read for each wanted list line, in the hope of finding another review among
#: them; and the total beyond which reading everybody is faster.
DEEDS_A_LINE, MOST_DEEDS = 20, 20_000


class PlaceRow(NamedTuple):
    """A line of the list: the person and the review (None: no form in this campaign)."""

    person: int
    review: int | None


class LineTally(NamedTuple):
    """A count of lines.
    `what` says what is counted: `unit` (unit id, state, whether late), `own`, `proposed` and `ruled` (the rating),
    `sent`, `agreed` and `decided` (the day in Asia/Ho_Chi_Minh, as `2026-11-29`), or `holder` (who has the review, its
    state, and since when the oldest waits).
    """

    what: str
    number: int
    word: str
    #: 1 when they are late, else 0.
    late: int
    since: dt.datetime | None
    lines: int


class StateCount(NamedTuple):
    """The number of reviews in a state."""

    state: str
    lines: int


class Readable(NamedTuple):
    """A review that the reader sees, its owner's roster key, and whether its self-rating and its decision may be read."""

    review: int
    key: str
    own: bool
    ruled: bool


class ExtraRow(NamedTuple):
    """What a line shows in addition to its review."""

    id: int
    state: str
    late: bool
    proposed: bool
    walked: bool
    answered_at: dt.datetime | None
    done_at: dt.datetime | None


class KeyedPerson(NamedTuple):
    """A person and their roster key."""

    person: Person
    key: str
    gone: bool


class FormRow(NamedTuple):
    """A form that somebody has to fill in a campaign."""

    rulebook: str
    form: str


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """A line of the overview."""

    person: Person
    key: str
    gone: bool
    #: The review; None when the person has none.
    line: ReviewLine | None
    state: str
    late: bool = False
    proposed: bool = False
    #: This reader has agreed to the newest draft.
    walked: bool = False
    active: dt.datetime | None = None


_KEYED = columns(
    KeyedPerson,
    PERSON,
    person=person_columns(PERSON, UNIT),
    key=PERSON.c.roster_key,
    gone=PERSON.c.left_on.is_not(None).label("gone"),
)


def needed(sight: Sight, wanted: Wanted) -> sa.FromClause:
    """The FROM clause of a list, joining only the tables that the list uses."""
    drafts = bool(wanted.own or wanted.suggested or wanted.proposed) or wanted.by in {"own", "suggested"}
    return people_from(sight, drafts=drafts, rulings=bool(wanted.ruled) or wanted.by == "ruled")


class Overview(Repository):
    """The lists and counts that the console shows of an office's people."""

    async def _apart(self, query: Query[Row]) -> list[Row]:
        """Run a query over the whole office without delaying other work."""
        return await self._connection.fetch_apart(query)

    async def count(self, sight: Sight, wanted: Wanted) -> int:
        """The number of lines of a list."""
        conditions = Conditions(sight)
        statement = sa.select(sa.func.count()).select_from(needed(sight, replace(wanted, by="unit")))
        query = Query(int, statement.where(conditions.seen, *conditions.filtered(wanted)))
        return next(iter(await self._apart(query)), 0)

    async def lines(self, sight: Sight, wanted: Wanted, today: dt.date, most: int = ON_A_PAGE) -> list[OverviewLine]:
        """One page of a list."""
        places = await self._lately_active(sight, wanted, most)
        if len(places) < most:
            places = await self._places(sight, wanted, most, needed(sight, wanted))
        return await self._shown(sight, places, today)

    async def _places(
        self, sight: Sight, wanted: Wanted, most: int, among: sa.FromClause, *which: Condition
    ) -> list[PlaceRow]:
        conditions = Conditions(sight)
        statement = (
            sa.select(PERSON.c.id, REVIEW.c.id)
            .select_from(among)
            .where(*which, conditions.seen, *conditions.filtered(wanted))
            .order_by(*conditions.ordered(wanted))
            .limit(most)
            .offset(wanted.first)
        )
        return await self._apart(Query(PlaceRow, statement))

    async def _lately_active(self, sight: Sight, wanted: Wanted, most: int) -> list[PlaceRow]:
        """A page of the people with the latest activity, found without scanning everybody: all activity since one of
        the newest audit lines. If this gives fewer than `most` lines, the caller must build the page from everybody.
        """
        if wanted.by != "active" or not wanted.down or wanted.narrowed:
            return []
        back = DEEDS_A_LINE * (wanted.first + most)
        if back > MOST_DEEDS:
            return []
        newest = sa.select(AUDIT.c.at).order_by(AUDIT.c.at.desc(), AUDIT.c.id.desc()).limit(1).offset(back)
        for moment in await self._rows(Query(dt.datetime, newest)):
            return await self._places(sight, wanted, most, reviews_from(sight, drafts=False), active_since(moment))
        return []

    async def tallies(self, sight: Sight) -> list[LineTally]:
        """All counts of a campaign, in one pass over its reviews."""
        return await self._apart(Query(LineTally, tallies(sight)))

    async def states(self, sight: Sight) -> dict[str, int]:
        """State → the number of reviews of a campaign in it."""
        return {one.state: one.lines for one in await self._apart(Query(StateCount, states(sight)))}

    async def readable(self, sight: Sight, reviews: Sequence[int] | None = None) -> list[Readable]:
        """The reviews of a campaign (or those given) that the reader sees, and which of their ratings may be read."""
        conditions = Conditions(sight)
        reads = (sa.func.coalesce(one, sa.false()) for one in (conditions.own_read, conditions.ruled_read))
        which = [REVIEW.c.id.in_(reviews)] if reviews is not None else []
        found = sa.select(REVIEW.c.id, PERSON.c.roster_key, *reads).select_from(reviews_from(sight, drafts=False))
        return await self._apart(Query(Readable, found.where(conditions.seen, *which)))

    async def to_decide(self, campaign: int, deciders: Sequence[int], after: int, most: int) -> list[int]:
        """The ids, from the one after `after` on, of reviews of a campaign that these people are to decide."""
        theirs = (REVIEW.c.decider_id.in_(deciders), REVIEW.c.campaign_id == campaign, REVIEW.c.id > after)
        return await self._rows(Query(int, sa.select(REVIEW.c.id).where(*theirs).order_by(REVIEW.c.id).limit(most)))

    async def forms(self, campaign: int) -> list[FormRow]:
        """The forms that somebody has to fill in a campaign."""
        of = (REVIEW.c.rulebook, REVIEW.c.form)
        here = sa.and_(REVIEW.c.campaign_id == campaign, REVIEW.c.status != ReviewStatus.ENDED)
        return await self._apart(Query(FormRow, sa.select(*of).where(here).distinct().order_by(*of)))

    async def in_the_chain(self, people: Sequence[int]) -> bool:
        """Whether a review waits for one of these people to agree or to decide."""
        theirs = sa.or_(REVIEW.c.approver_id.in_(people), REVIEW.c.decider_id.in_(people))
        return bool(await self._rows(Query(int, sa.select(REVIEW.c.id).where(theirs).limit(1))))

    async def keyed(self, office: int, key: str) -> KeyedPerson | None:
        """The person with that roster key in the office, even if they have left."""
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
