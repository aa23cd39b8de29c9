"""The people of an office with where their reviews of a campaign stand: searched, filtered, sorted, counted and paged by the database.

Who sees a line is asked of the table of permissions: each relation it allows is a condition here, and what has no condition shows
nothing. What is written about a rating is known, counted and compared only of those whose rating may be read.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import sqlalchemy as sa

from rules.campaign.looking import ON_A_PAGE, STATES, Wanted
from rules.campaign.overseeing import AFTER_THE_CHAIN, AGREED, Oversight
from rules.campaign.permissions import ALLOWED, Action, Relation
from rules.nouns.alphabet import wanted_words
from rules.nouns.people import Person
from rules.nouns.reviews import OWED, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import PARTY, Rating
from storage.queries import Query, columns
from storage.repositories.base import Repository
from storage.repositories.standings import Standings
from storage.rows.people import person_columns
from storage.tables import (
    ANSWER,
    AUDIT,
    DRAFT,
    ENDORSEMENT,
    OFFICE,
    PERSON,
    POST,
    REVIEW,
    RULING,
    UNIT,
)

Condition = sa.ColumnElement[bool]
_Column = sa.ColumnElement[Any]

#: Steps of the chain within the unit: what is past them is proposed.
UNIT_STEPS = frozenset({"deputy", "head", "cell"})


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose eyes, on which campaign of which office (0: none). `party_forms`: those of the party, as rulebook and form; `overdue`:
    the rulebooks by which a review is to be handed in by now.
    """

    oversight: Oversight
    office: int
    campaign: int
    party_forms: Collection[tuple[str, str]] = field(default=())
    overdue: Collection[str] = field(default=())


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


# ── the columns of a line ──────────────────────────────────────────────────────────────────────

_UNIT_ID: _Column = sa.func.coalesce(POST.c.unit_id, PERSON.c.unit_id)
_POSITION: _Column = sa.func.coalesce(POST.c.position, PERSON.c.position)
_BEGUN = sa.exists().where(ANSWER.c.review_id == REVIEW.c.id).correlate(REVIEW)
_STATE: _Column = sa.case(
    (REVIEW.c.id.is_(None), "none"),
    (REVIEW.c.status == ReviewStatus.RETURNED, "returned"),
    (REVIEW.c.status == ReviewStatus.FINAL, "acknowledged"),
    (REVIEW.c.status.in_([ReviewStatus.DECIDED, ReviewStatus.APPEALED]), "decided"),
    (REVIEW.c.status == ReviewStatus.APPROVED, "agreed"),
    (sa.and_(REVIEW.c.status == ReviewStatus.SUBMITTED, REVIEW.c.approver_id.is_(None)), "agreed"),
    (REVIEW.c.status == ReviewStatus.SUBMITTED, "sent"),
    (_BEGUN, "drafting"),
    else_="not_begun",
)
_OWED = REVIEW.c.status.in_(sorted(OWED))
_PAST_THE_UNIT: Condition = sa.and_(
    REVIEW.c.status.not_in(sorted(OWED)),
    sa.or_(
        REVIEW.c.status != ReviewStatus.SUBMITTED,
        REVIEW.c.approver_id.is_(None),
        REVIEW.c.approver_role.not_in(sorted(UNIT_STEPS)),
    ),
)
_ANSWERED: _Column = (
    sa.select(sa.func.max(ANSWER.c.at)).where(ANSWER.c.review_id == REVIEW.c.id).correlate(REVIEW).scalar_subquery()
)
_DONE: _Column = (
    sa.select(sa.func.max(AUDIT.c.at)).where(AUDIT.c.review_id == REVIEW.c.id).correlate(REVIEW).scalar_subquery()
)
_RULED = sa.func.coalesce(RULING.c.rating, "none")

_KEYED = columns(
    KeyedPerson,
    PERSON,
    person=person_columns(PERSON, UNIT),
    key=PERSON.c.roster_key,
    gone=PERSON.c.left_on.is_not(None).label("gone"),
)


# ── who sees what ──────────────────────────────────────────────────────────────────────────────


def _of_unit(relation: Relation) -> Callable[[Sight], Condition]:
    def condition(sight: Sight) -> Condition:
        units = sight.oversight.units.get(relation, ())
        party = (sa.and_(REVIEW.c.rulebook == rulebook, REVIEW.c.form == form) for rulebook, form in sight.party_forms)
        of_party = sa.or_(PERSON.c.subject.in_(sorted(PARTY)), *party)
        return sa.and_(_UNIT_ID.in_(sorted(units)), sa.not_(sa.func.coalesce(of_party, sa.false())))

    return condition


def _acting(column: _Column, *, absent: bool = False) -> Callable[[Sight], Condition]:
    def condition(sight: Sight) -> Condition:
        return column.in_(sight.oversight.acts_for if absent else [sight.oversight.person.id])

    return condition


def _agreed_before(sight: Sight) -> Condition:
    mine = sa.and_(
        DRAFT.c.review_id == REVIEW.c.id,
        DRAFT.c.version == REVIEW.c.version,
        ENDORSEMENT.c.draft_id == DRAFT.c.id,
        ENDORSEMENT.c.by == sight.oversight.person.id,
    )
    return sa.exists().where(mine).correlate(REVIEW)


def _desk(sight: Sight) -> Condition:
    return sa.true() if sight.oversight.whole else sa.false()


def _own(sight: Sight) -> Condition:
    return PERSON.c.id == sight.oversight.person.id


#: Relation to a review → when it is so.
_TO_REVIEW: Mapping[Relation, Callable[[Sight], Condition]] = {
    Relation.SELF: _own,
    Relation.UNIT_HEAD: _acting(REVIEW.c.approver_id),
    Relation.EARLIER_STEP: _agreed_before,
    Relation.AUTHORITY: _acting(REVIEW.c.decider_id),
    Relation.STAND_IN: _acting(REVIEW.c.approver_id, absent=True),
    Relation.STAND_IN_AUTHORITY: _acting(REVIEW.c.decider_id, absent=True),
    Relation.DESK: _desk,
}

#: Relation to the unit of somebody → when it is so.
_TO_UNIT: Mapping[Relation, Callable[[Sight], Condition]] = {
    Relation.UNIT_HEAD: _of_unit(Relation.UNIT_HEAD),
    Relation.IN_CHARGE: _of_unit(Relation.IN_CHARGE),
    Relation.DESK: _desk,
}


def _allowing(
    sight: Sight,
    conditions: Mapping[Relation, Callable[[Sight], Condition]],
    action: Action,
    without: Collection[Relation] = (),
) -> list[Condition]:
    return [make(sight) for one, make in conditions.items() if (one, action) in ALLOWED and one not in without]


@dataclass(frozen=True)
class _Conditions:
    """The conditions of a sight."""

    sight: Sight

    @cached_property
    def seen(self) -> Condition:
        """Lines that are seen: how far they are may be known."""
        of_unit = _allowing(self.sight, _TO_UNIT, Action.READ_PROGRESS)
        of_review = _allowing(self.sight, _TO_REVIEW, Action.READ_PROGRESS)
        here = sa.or_(PERSON.c.left_on.is_(None), REVIEW.c.id.is_not(None))
        return sa.and_(PERSON.c.office_id == self.sight.office, here, sa.or_(sa.false(), *of_unit, *of_review))

    @cached_property
    def own_read(self) -> Condition:
        """Lines whose self-rating, suggestion and proposal may be read."""
        before = _allowing(self.sight, _TO_REVIEW, Action.READ_PAPERS, AFTER_THE_CHAIN)
        after = _allowing(self.sight, _TO_REVIEW, Action.READ_PAPERS)
        agreed = sa.or_(
            REVIEW.c.status.in_(sorted(AGREED)),
            sa.and_(REVIEW.c.status == ReviewStatus.SUBMITTED, REVIEW.c.approver_id.is_(None)),
        )
        drafts = _allowing(self.sight, _TO_REVIEW, Action.READ_DRAFT)
        return sa.or_(sa.false(), *drafts, *before, sa.and_(agreed, sa.or_(sa.false(), *after)))

    @cached_property
    def ruled_read(self) -> Condition:
        """Lines whose decided rating may be read."""
        ruled = REVIEW.c.ruling > 0
        return sa.and_(ruled, sa.or_(sa.false(), *_allowing(self.sight, _TO_REVIEW, Action.READ_RATING)))

    @cached_property
    def late(self) -> Condition:
        """Lines that are owed past their last day."""
        if not self.sight.overdue:
            return sa.false()
        return sa.and_(_OWED, REVIEW.c.rulebook.in_(sorted(self.sight.overdue)))

    def filtered(self, wanted: Wanted) -> list[Condition]:
        """What a filter leaves."""
        found: list[Condition] = [*map(_word_begins, wanted_words(wanted.q)), *self._of_ratings(wanted)]
        if wanted.q and not wanted_words(wanted.q):
            found.append(sa.false())
        if wanted.unit:
            found.append(_is(_UNIT_ID, wanted.unit))
        if wanted.form:
            rulebook, _, form = wanted.form.rpartition("|")
            found += [REVIEW.c.form == form, *([REVIEW.c.rulebook == rulebook] if rulebook else [])]
        if wanted.state:
            found.append(_is(_STATE, wanted.state))
        return [*found, self.late] if wanted.late else found

    def _of_ratings(self, wanted: Wanted) -> list[Condition]:
        found: list[Condition] = []
        for value, column, read in (
            (wanted.own, DRAFT.c.self_rating, self.own_read),
            (wanted.suggested, DRAFT.c.suggested, self.own_read),
            (wanted.proposed, DRAFT.c.self_rating, sa.and_(self.own_read, _PAST_THE_UNIT)),
            (wanted.ruled, RULING.c.rating, self.ruled_read),
        ):
            if value:
                there = DRAFT.c.id.is_not(None) if column.table is DRAFT else sa.true()
                fits: Condition = column.is_(None) if value == "none" else column == value
                found += [read, there, fits]
        return found

    def ordered(self, wanted: Wanted) -> list[_Column]:
        """What a list is sorted by: at the end always unit, name, and what was there first."""
        own = {"own": DRAFT.c.self_rating, "suggested": DRAFT.c.suggested}
        by: Mapping[str, _Column] = {
            "unit": _UNIT_ID,
            "name": PERSON.c.name_order,
            "position": _POSITION,
            "form": sa.func.coalesce(REVIEW.c.rulebook + "|" + REVIEW.c.form, ""),
            "state": _place_of(_STATE, STATES),
            **{
                name: sa.case((self.own_read, _place_of(column, _RATINGS)), else_=_LAST) for name, column in own.items()
            },
            "ruled": sa.case((self.ruled_read, _place_of(RULING.c.rating, _RATINGS)), else_=_LAST),
            "active": sa.func.coalesce(sa.func.coalesce(_ANSWERED, _DONE), dt.datetime.min.replace(tzinfo=dt.UTC)),
        }
        first = by[wanted.by]
        last = (_UNIT_ID, PERSON.c.name_order, PERSON.c.id, REVIEW.c.place, REVIEW.c.id)
        return [first.desc() if wanted.down else first, *(one for one in last if one is not first)]


#: The ratings in their order, and a place behind all.
_RATINGS = tuple(Rating)
_LAST = 9


def _place_of(column: _Column, words: Sequence[str]) -> _Column:
    return sa.case({str(word): place for place, word in enumerate(words)}, value=column, else_=_LAST)


def _is(column: _Column, value: object) -> Condition:
    return column.op("=", is_comparison=True)(value)


def _word_begins(word: str) -> Condition:
    """A word of the name, or the roster's key, begins so."""
    return sa.or_(
        PERSON.c.name_sought.contains(f" {word}", autoescape=True),
        sa.func.lower(PERSON.c.roster_key).startswith(word, autoescape=True),
    )


def _from(sight: Sight, *, drafts: bool = True) -> sa.FromClause:
    """The people of an office, each with their reviews of the campaign, as at the post these are about."""
    of_campaign = sa.and_(
        REVIEW.c.person_id == PERSON.c.id,
        REVIEW.c.campaign_id == sight.campaign,
        REVIEW.c.status != ReviewStatus.ENDED,
    )
    found = (
        PERSON.outerjoin(REVIEW, of_campaign)
        .outerjoin(POST, POST.c.id == REVIEW.c.post_id)
        .join(UNIT, UNIT.c.id == _UNIT_ID)
    )
    if not drafts:
        return found
    newest = sa.and_(DRAFT.c.review_id == REVIEW.c.id, DRAFT.c.version == REVIEW.c.version)
    in_force = sa.and_(RULING.c.review_id == REVIEW.c.id, RULING.c.number == REVIEW.c.ruling)
    return found.outerjoin(DRAFT, newest).outerjoin(RULING, in_force)


class Overview(Repository):
    """What the console shows of the people of an office."""

    async def count(self, sight: Sight, wanted: Wanted) -> int:
        """How many lines a list has."""
        conditions = _Conditions(sight)
        rated = bool(wanted.own or wanted.suggested or wanted.proposed or wanted.ruled)
        statement = sa.select(sa.func.count()).select_from(_from(sight, drafts=rated))
        return await self._row(Query(int, statement.where(conditions.seen, *conditions.filtered(wanted)))) or 0

    async def lines(self, sight: Sight, wanted: Wanted, today: dt.date, most: int = ON_A_PAGE) -> list[OverviewLine]:
        """A page of the list."""
        conditions = _Conditions(sight)
        statement = (
            sa.select(PERSON.c.id, REVIEW.c.id)
            .select_from(_from(sight))
            .where(conditions.seen, *conditions.filtered(wanted))
            .order_by(*conditions.ordered(wanted))
            .limit(most)
            .offset(wanted.first)
        )
        places = await self._rows(Query(PlaceRow, statement))
        return await self._shown(sight, places, today)

    async def by_unit(self, sight: Sight, wanted: Wanted) -> list[StateCount]:
        """How many lines of each unit stand how far, unit by unit."""
        conditions = _Conditions(sight)
        late = conditions.late if sight.overdue else sa.literal(False)  # noqa: FBT003 - SQL's
        standing = (
            sa.select(UNIT.c.id.label("unit"), UNIT.c.name.label("name"), _STATE.label("state"), late.label("late"))
            .select_from(_from(sight, drafts=False))
            .where(conditions.seen, *conditions.filtered(wanted))
            .subquery()
        )
        of = (standing.c.unit, standing.c.name, standing.c.state, standing.c.late)
        return await self._rows(Query(StateCount, sa.select(*of, sa.func.count()).group_by(*of).order_by(*of)))

    async def ratings(self, sight: Sight, of: str) -> list[RatingCount]:
        """How many were rated how: `own`, `proposed` or `ruled`, of those it may be told of."""
        conditions = _Conditions(sight)
        column, read = {
            "own": (DRAFT.c.self_rating, sa.and_(conditions.own_read, DRAFT.c.id.is_not(None))),
            "proposed": (
                DRAFT.c.self_rating,
                sa.and_(conditions.own_read, DRAFT.c.id.is_not(None), _PAST_THE_UNIT),
            ),
            "ruled": (RULING.c.rating, conditions.ruled_read),
        }[of]
        statement = sa.select(column, sa.func.count()).select_from(_from(sight)).where(conditions.seen, read)
        return await self._rows(Query(RatingCount, statement.group_by(column)))

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
        late = _Conditions(sight).late
        columns_ = (REVIEW.c.id, _STATE, late, _PAST_THE_UNIT, _agreed_before(sight), _ANSWERED, _DONE)
        return await self._rows(Query(ExtraRow, sa.select(*columns_).where(REVIEW.c.id.in_(reviews))))
