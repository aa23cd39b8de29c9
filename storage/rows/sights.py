"""Sights: which lines of a list of people a reader sees, and which of their columns. It expresses the table of
permissions as SQL conditions.

Every relation that the table allows has a condition here; a relation without one shows nothing. Data about a rating is
selected, compared and sorted only for reviews whose rating the reader may read.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import sqlalchemy as sa

from rules.book.procedure import UNIT_STEPS
from rules.campaign.looking.oversight import AFTER_THE_CHAIN, AGREED, Oversight
from rules.campaign.looking.wanted import STATES, Wanted
from rules.campaign.permissions import ALLOWED, Action, Relation
from rules.nouns.alphabet import wanted_words
from rules.nouns.reviews import OWED, ReviewStatus
from rules.nouns.values import PARTY, Rating
from storage.queries import among
from storage.rows.said import later_of
from storage.tables import ANSWER, AUDIT, DRAFT, ENDORSEMENT, EXTENSION, PERSON, POST, REVIEW, RULING

Condition = sa.ColumnElement[bool]
Column = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Sight:
    """The sight of a reader on a campaign of an office (0: none)."""

    oversight: Oversight
    office: int
    campaign: int
    #: The forms of the party, as (rulebook, form).
    party_forms: Collection[tuple[str, str]] = field(default=())
    #: The rulebooks whose last day for handing in is past.
    overdue: Collection[str] = field(default=())
    #: Decides whether an extension is still running; such a review is not overdue.
    today: dt.date = dt.date.max
    #: Relation to a unit → the forms there whose results the reader is told of by a rulebook.
    told: Mapping[Relation, Collection[tuple[str, str]]] = field(default_factory=dict)
    #: Review → the rating concluded by a meeting, where it differs from the self-rating and the reader may see it.
    #: Filled only when a list is filtered by the proposed rating.
    concluded: Mapping[int, str] = field(default_factory=dict)

    @property
    def eyes(self) -> Hashable:
        """A key that is equal for two sights that see the same lines and columns."""
        units = frozenset((one, unit) for one, some in self.oversight.units.items() for unit in some)
        told = frozenset((one, form) for one, some in self.told.items() for form in some)
        of_whom = (self.oversight.person.id, self.oversight.whole, self.oversight.acts_for, units)
        return (self.office, self.campaign, *of_whom, frozenset(self.party_forms), frozenset(self.overdue), told)


# ── the columns of a line ──────────────────────────────────────────────────────────────────────

UNIT_ID: Column = sa.func.coalesce(POST.c.unit_id, PERSON.c.unit_id)
_POSITION: Column = sa.func.coalesce(POST.c.position, PERSON.c.position)
_BEGUN = sa.exists().where(ANSWER.c.review_id == REVIEW.c.id).correlate(REVIEW)
STATE: Column = sa.case(
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
#: Who has a review that was handed in: the next to agree, or the decider.
HOLDER_ID: Column = sa.case(
    (sa.and_(REVIEW.c.status == ReviewStatus.SUBMITTED, REVIEW.c.approver_id.is_not(None)), REVIEW.c.approver_id),
    (REVIEW.c.status.in_([ReviewStatus.SUBMITTED, ReviewStatus.APPROVED]), REVIEW.c.decider_id),
)
_OWED = REVIEW.c.status.in_(sorted(OWED))


def in_time(today: object) -> sa.Select[Any]:
    """The reviews that may still be handed in by an extension. They are few, so they are found once instead of for each
    line.
    """
    return sa.select(EXTENSION.c.review_id).where(EXTENSION.c.until >= today).correlate(None)


PAST_THE_UNIT: Condition = sa.and_(
    REVIEW.c.status.not_in(sorted(OWED)),
    sa.or_(
        REVIEW.c.status != ReviewStatus.SUBMITTED,
        REVIEW.c.approver_id.is_(None),
        REVIEW.c.approver_role.not_in(sorted(UNIT_STEPS)),
    ),
)
ANSWERED: Column = (
    sa.select(sa.func.max(ANSWER.c.at)).where(ANSWER.c.review_id == REVIEW.c.id).correlate(REVIEW).scalar_subquery()
)
DONE: Column = (
    sa.select(sa.func.max(AUDIT.c.at)).where(AUDIT.c.review_id == REVIEW.c.id).correlate(REVIEW).scalar_subquery()
)
_RULED = sa.func.coalesce(RULING.c.rating, "none")
_NEVER = sa.literal(dt.datetime.min.replace(tzinfo=dt.UTC), AUDIT.c.at.type)
#: The latest activity of a review. Once it is handed in nothing is answered any more, so its answers, of which there
#: are forty times as many as audit lines, need not be read.
ACTIVE: Column = sa.case(
    (_OWED, later_of(sa.func.coalesce(ANSWERED, _NEVER), sa.func.coalesce(DONE, _NEVER))),
    else_=sa.func.coalesce(DONE, ANSWERED, _NEVER),
)


def active_since(moment: dt.datetime) -> Condition:
    """Reviews with activity, in the sense of `ACTIVE`, at or after that moment. The few audit lines since are found by
    an index; answers are read only for reviews not handed in.
    """
    deeds = sa.select(AUDIT.c.review_id).where(AUDIT.c.at >= moment, AUDIT.c.review_id.is_not(None)).correlate(None)
    return sa.or_(REVIEW.c.id.in_(deeds), sa.and_(_OWED, moment <= ANSWERED))


# ── who sees what ──────────────────────────────────────────────────────────────────────────────


def _of_unit(relation: Relation) -> Callable[[Sight], Condition]:
    def condition(sight: Sight) -> Condition:
        units = sight.oversight.units.get(relation, ())
        if not units:
            return sa.false()
        party = (sa.and_(REVIEW.c.rulebook == rulebook, REVIEW.c.form == form) for rulebook, form in sight.party_forms)
        of_party = sa.or_(PERSON.c.subject.in_(sorted(PARTY)), *party)
        return sa.and_(UNIT_ID.in_(sorted(units)), sa.not_(sa.func.coalesce(of_party, sa.false())))

    return condition


def _acting(column: Column, *, absent: bool = False) -> Callable[[Sight], Condition]:
    def condition(sight: Sight) -> Condition:
        if absent:
            return column.in_(sight.oversight.acts_for) if sight.oversight.acts_for else sa.false()
        return column == sight.oversight.person.id

    return condition


def agreed_before(sight: Sight) -> Condition:
    """Whether the reader has agreed to the newest draft as an earlier step of its chain. Computed once, not for each
    line.
    """
    return _agreed_by(sight.oversight.person.id)


@lru_cache(256)  # of all parts of a list it takes longest to build, and it occurs several times in one
def _agreed_by(person: int) -> Condition:
    newest = REVIEW.alias("newest")
    mine = (
        sa.select(newest.c.id)
        .select_from(ENDORSEMENT.join(DRAFT, DRAFT.c.id == ENDORSEMENT.c.draft_id))
        .join(newest, sa.and_(newest.c.id == DRAFT.c.review_id, newest.c.version == DRAFT.c.version))
        .where(ENDORSEMENT.c.by == person)
    )
    return REVIEW.c.id.in_(mine.correlate(None))


def _desk(sight: Sight) -> Condition:
    return sa.true() if sight.oversight.whole else sa.false()


def _own(sight: Sight) -> Condition:
    return PERSON.c.id == sight.oversight.person.id


def _told(sight: Sight) -> Condition:
    """Told by a rulebook; this never applies to one's own review or to the party's forms
    (rules.campaign.deciding.told).
    """
    found: list[Condition] = []
    for relation, forms in sight.told.items():
        named = (sa.and_(REVIEW.c.rulebook == rulebook, REVIEW.c.form == form) for rulebook, form in forms)
        units = sorted(sight.oversight.units.get(relation, ()))
        found.append(sa.and_(UNIT_ID.in_(units), sa.or_(sa.false(), *named)))
    return sa.and_(sa.not_(_own(sight)), PERSON.c.subject.not_in(sorted(PARTY)), sa.or_(sa.false(), *found))


#: Relation to a review → its condition.
_TO_REVIEW: Mapping[Relation, Callable[[Sight], Condition]] = {
    Relation.SELF: _own,
    Relation.UNIT_HEAD: _acting(REVIEW.c.approver_id),
    Relation.EARLIER_STEP: agreed_before,
    Relation.AUTHORITY: _acting(REVIEW.c.decider_id),
    Relation.STAND_IN: _acting(REVIEW.c.approver_id, absent=True),
    Relation.STAND_IN_AUTHORITY: _acting(REVIEW.c.decider_id, absent=True),
    Relation.TOLD: _told,
    Relation.DESK: _desk,
}

#: Relation to the unit of a person → its condition.
_TO_UNIT: Mapping[Relation, Callable[[Sight], Condition]] = {
    Relation.UNIT_HEAD: _of_unit(Relation.UNIT_HEAD),
    Relation.IN_CHARGE: _of_unit(Relation.IN_CHARGE),
    Relation.DESK: _desk,
}


def _allowing(
    sight: Sight,
    conditions: Mapping[Relation, Callable[[Sight], Condition]],
    action: Action,
) -> list[Condition]:
    return [make(sight) for one, make in conditions.items() if (one, action) in ALLOWED]


@dataclass(frozen=True)
class Conditions:
    """The conditions of a sight."""

    sight: Sight

    @cached_property
    def seen(self) -> Condition:
        """The lines the reader sees; their state may be shown."""
        of_unit = _allowing(self.sight, _TO_UNIT, Action.READ_PROGRESS)
        of_review = _allowing(self.sight, _TO_REVIEW, Action.READ_PROGRESS)
        here = sa.or_(PERSON.c.left_on.is_(None), REVIEW.c.id.is_not(None))
        # Towards one's own review nobody has any relation but that of its owner (rules.campaign.permissions.relations).
        others = sa.and_(PERSON.c.id != self.sight.oversight.person.id, sa.or_(sa.false(), *of_review))
        return sa.and_(PERSON.c.office_id == self.sight.office, here, sa.or_(sa.false(), *of_unit, others))

    @cached_property
    def own_read(self) -> Condition:
        """The lines whose self-rating, suggestion and proposal may be read."""
        after = _allowing(self.sight, _TO_REVIEW, Action.READ_PAPERS)
        agreed = sa.or_(
            REVIEW.c.status.in_(sorted(AGREED)),
            sa.and_(REVIEW.c.status == ReviewStatus.SUBMITTED, REVIEW.c.approver_id.is_(None)),
        )
        at_any_time = [
            make(self.sight)
            for one, make in _TO_REVIEW.items()
            if (one, Action.READ_DRAFT) in ALLOWED
            or ((one, Action.READ_PAPERS) in ALLOWED and one not in AFTER_THE_CHAIN)
        ]
        # Conditions that are cheap and often true come first.
        return sa.or_(sa.false(), sa.and_(agreed, sa.or_(sa.false(), *after)), *at_any_time)

    @cached_property
    def ruled_read(self) -> Condition:
        """The lines whose decided rating may be read."""
        ruled = REVIEW.c.ruling > 0
        return sa.and_(ruled, sa.or_(sa.false(), *_allowing(self.sight, _TO_REVIEW, Action.READ_RATING)))

    @cached_property
    def late(self) -> Condition:
        """The lines that are owed past their last day."""
        if not self.sight.overdue:
            return sa.false()
        late = sa.and_(_OWED, REVIEW.c.rulebook.in_(sorted(self.sight.overdue)))
        return sa.and_(late, REVIEW.c.id.not_in(in_time(self.sight.today)))

    def filtered(self, wanted: Wanted) -> list[Condition]:
        """The conditions of a filter."""
        found = self._of_ratings(wanted)
        if wanted.q:
            found.append(_called(wanted.q))
        if wanted.unit:
            found.append(_is(UNIT_ID, wanted.unit))
        if wanted.group:
            found.append(PERSON.c.duty_group == wanted.group)
        if wanted.form:
            rulebook, _, form = wanted.form.rpartition("|")
            found += [REVIEW.c.form == form, *([REVIEW.c.rulebook == rulebook] if rulebook else [])]
        if wanted.state:
            found.append(_is(STATE, wanted.state))
        if wanted.holder:
            found.append(_is(HOLDER_ID, wanted.holder))
        return [*found, self.late] if wanted.late else found

    def _of_ratings(self, wanted: Wanted) -> list[Condition]:
        found: list[Condition] = []
        for value, column in (
            (wanted.own, DRAFT.c.self_rating),
            (wanted.suggested, DRAFT.c.suggested),
            (wanted.ruled, RULING.c.rating),
        ):
            if value:
                of_draft = column.table is DRAFT
                read, there = (self.own_read, DRAFT.c.id.is_not(None)) if of_draft else (self.ruled_read, sa.true())
                fits: Condition = column.is_(None) if value == "none" else column == value
                found += [read, there, fits]
        return [*found, *self._proposed(wanted.proposed)] if wanted.proposed else found

    @property
    def concluded(self) -> Column:
        """The rating that a meeting concluded, for a sight that has conclusions; NULL where none stands in for the
        self-rating.
        """
        by = defaultdict[str, list[int]](list)
        for review, rating in self.sight.concluded.items():
            by[rating].append(review)
        return sa.case(*((among(REVIEW.c.id, f"concluded_{rating}", some), rating) for rating, some in by.items()))

    def _proposed(self, value: str) -> list[Condition]:
        """By the proposed rating: what a meeting concluded, otherwise the self-rating once the unit has agreed."""
        fits: Condition = DRAFT.c.self_rating.is_(None) if value == "none" else DRAFT.c.self_rating == value
        own = sa.and_(fits, PAST_THE_UNIT)
        if self.sight.concluded:
            own = sa.or_(sa.and_(self.concluded.is_(None), own), self.concluded == value)
        return [self.own_read, DRAFT.c.id.is_not(None), own]

    def ordered(self, wanted: Wanted) -> list[Column]:
        """The sort order of a list; it always ends with unit, name and the order of creation."""
        by: Mapping[str, Callable[[], Column]] = {
            "unit": lambda: UNIT_ID,
            "name": lambda: PERSON.c.name_order,
            "position": lambda: _POSITION,
            "form": lambda: sa.func.coalesce(REVIEW.c.rulebook + "|" + REVIEW.c.form, ""),
            "state": lambda: _place_of(STATE, STATES),
            "own": lambda: sa.case((self.own_read, _place_of(DRAFT.c.self_rating, _RATINGS)), else_=_LAST),
            "suggested": lambda: sa.case((self.own_read, _place_of(DRAFT.c.suggested, _RATINGS)), else_=_LAST),
            "ruled": lambda: sa.case((self.ruled_read, _place_of(RULING.c.rating, _RATINGS)), else_=_LAST),
            "active": lambda: ACTIVE,
        }
        first = by[wanted.by]()
        last = (UNIT_ID, PERSON.c.name_order, PERSON.c.id, REVIEW.c.place, REVIEW.c.id)
        return [first.desc() if wanted.down else first, *(one for one in last if one is not first)]


#: The rank of the ratings; reviews without one come last.
_RATINGS = tuple(Rating)
_LAST = 9


def _place_of(column: Column, words: Sequence[str]) -> Column:
    return sa.case({str(word): place for place, word in enumerate(words)}, value=column, else_=_LAST)


def _is(column: Column, value: object) -> Condition:
    return column.op("=", is_comparison=True)(value)


def _called(typed: str) -> Condition:
    """Every typed word is the beginning of a word of the name, or the text is the beginning of the roster key."""
    words = [PERSON.c.name_sought.contains(f" {word}", autoescape=True) for word in wanted_words(typed)]
    key = sa.func.lower(PERSON.c.roster_key).startswith(typed.lower(), autoescape=True)
    return sa.or_(sa.and_(*words), key) if words else key


def people_from(sight: Sight, *, drafts: bool = True, rulings: bool = True) -> sa.FromClause:
    """The people of an office, joined with their reviews in the campaign, the posts these are about and, if asked for,
    the newest draft and the ruling in force.
    """
    return _beside(PERSON.outerjoin(REVIEW, _of(sight)), drafts=drafts, rulings=rulings)


def reviews_from(sight: Sight, *, drafts: bool = True, rulings: bool = True) -> sa.FromClause:
    """The same for people with a review in the campaign only, read in the order of the reviews."""
    return _beside(REVIEW.join(PERSON, _of(sight)), drafts=drafts, rulings=rulings)


def _of(sight: Sight) -> Condition:
    return sa.and_(
        REVIEW.c.person_id == PERSON.c.id,
        REVIEW.c.campaign_id == sight.campaign,
        REVIEW.c.status != ReviewStatus.ENDED,
    )


def _beside(found: sa.FromClause, *, drafts: bool, rulings: bool) -> sa.FromClause:
    found = found.outerjoin(POST, POST.c.id == REVIEW.c.post_id)
    if drafts:
        # No draft has a higher version. In this form SQLite uses the covering index for lists instead of the unique
        # one.
        newest = sa.and_(DRAFT.c.review_id == REVIEW.c.id, DRAFT.c.version >= REVIEW.c.version)
        found = found.outerjoin(DRAFT, newest)
    if rulings:
        in_force = sa.and_(RULING.c.review_id == REVIEW.c.id, RULING.c.number == REVIEW.c.ruling)
        found = found.outerjoin(RULING, in_force)
    return found
