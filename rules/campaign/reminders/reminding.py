"""Who is to be told today, and of what, as values: no wording and no sending."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rules.book.clauses import Milestone
from rules.nouns.office import OfficeSettings
from rules.nouns.reviews import Campaign
from rules.nouns.rulings import Improvement, Opinion, Petition, StandIn
from rules.nouns.standings import ReviewLine
from rules.nouns.values import OwedBy


class What(StrEnum):
    """What a person is told of, most important first: what others wait for, then their own, then what they oversee."""

    PETITION = "petition"  # a petition to be answered
    DATA = "data"  # what somebody asks about their data, and the desk has not answered
    WAITING = "waiting"  # drafts to be looked at
    DECIDE = "decide"  # approved reviews to be decided
    ROUND = "round"  # a draft sent round that was not answered
    OPINION = "opinion"  # an opinion that was asked
    LEAVING = "leaving"  # what somebody has not handed in, and their last day is near
    NAMING = "naming"  # the desk: a body's report that nobody drafts
    OWN = "own"  # one's own review
    PART = "part"  # a part of a body's report that was given to somebody
    FILES = "files"  # files that one is to hand in for a dossier
    UNSENT = "unsent"  # a unit has sent nothing up; of the desk (milestone "desk"): which units have not
    TASK = "task"  # a milestone of the plan that one answers for
    LATE = "late"  # escalation: what others owe and is late
    STANDS = "stands"  # the desk: how the reviews of a part stand
    DOSSIER = "dossier"  # the desk: the files that dossiers lack, and who owes them
    RESULTS = "results"  # what was decided about people of one's units
    PLAN = "plan"  # a line of one's plan of improvement
    DIGEST = "digest"  # how one's units stand


@dataclass(frozen=True, slots=True)
class ReviewTally:
    """How the reviews of a unit stand in one period."""

    unit: str
    total: int
    #: Handed in at least once, and not returned.
    handed_in: int
    waiting: int
    #: Not yet agreed to by the chain.
    unfinished: int
    year: int = 0
    period: str = ""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A file missing in a dossier."""

    title: str
    owed_by: OwedBy
    #: None: the plan has no day.
    due: dt.date | None
    milestone: str = ""
    #: Who owes it (None: nobody on the roster), with the name `name`.
    owner: int | None = None
    name: str = ""
    #: The person or unit it belongs to, if that is not the owner.
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing of which one person is told today."""

    person: int
    what: What
    #: The last day, if there is one.
    due: dt.date | None = None
    campaign: int | None = None
    #: The milestone of the plan, with its `title`; "": it is none. For ROUND whether a "sheet" about somebody or a "draft" went round.
    milestone: str = ""
    title: str = ""
    #: The reviews concerned; for STANDS all of the part.
    reviews: tuple[ReviewLine, ...] = ()
    #: For DIGEST.
    tallies: tuple[ReviewTally, ...] = ()
    #: For FILES and DOSSIER.
    files: tuple[Lacking, ...] = ()
    #: The text of a plan's line, or who asks about their data.
    text: str = ""
    #: The campaign whose period is told: of the tallies or files, or of a TASK or LATE.
    of: Campaign | None = None

    @property
    def order(self) -> tuple[int, dt.date]:
        """The sort key, most important first."""
        return _ORDER[self.what], self.due or dt.date.max


_ORDER: Mapping[What, int] = {what: place for place, what in enumerate(What)}


@dataclass(frozen=True, slots=True)
class CampaignPart:
    """The part of a campaign under one rulebook: its milestones, its reviews, and the missing files to be told today."""

    milestones: Sequence[Milestone]
    campaign: Campaign
    standings: Sequence[ReviewLine]
    lacking: Sequence[Lacking] = ()


@dataclass(frozen=True, slots=True)
class OwedPart:
    """An unfinished part of a body's report (`review`). `place`: the section, item or question of its form."""

    review: int
    writer: int
    place: str
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class Posts:
    """Who is responsible for what in an office."""

    #: Id → name.
    units: Mapping[int, str] = field(default_factory=dict)
    #: Unit → its head.
    heads: Mapping[int, int] = field(default_factory=dict)
    #: Unit → the leader in charge above it.
    in_charge: Mapping[int, int] = field(default_factory=dict)
    #: The people who run the campaigns.
    desk: Sequence[int] = ()
    #: Those who act for somebody absent.
    stand_ins: Sequence[StandIn] = ()

    def acting(self, today: dt.date) -> Mapping[int, tuple[int, ...]]:
        """Absent person → who acts for them today."""
        acting: dict[int, tuple[int, ...]] = {}
        for one in self.stand_ins:
            if one.holds(today):
                acting[one.absent] = (*acting.get(one.absent, ()), one.stand_in)
        return acting


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """Everything on which the reminders of an office depend."""

    today: dt.date
    settings: OfficeSettings
    posts: Posts
    parts: Sequence[CampaignPart]
    #: Those waiting for an answer, as are `opinions`.
    petitions: Sequence[Petition] = ()
    opinions: Sequence[Opinion] = ()
    #: Lines that are not done.
    improvements: Sequence[Improvement] = ()
    report_parts: Sequence[OwedPart] = ()
    #: Person → the results of which they are told, decided since reminders were last sent.
    results: Mapping[int, Sequence[ReviewLine]] = field(default_factory=dict)

    @property
    def standings(self) -> Iterator[ReviewLine]:
        """The reviews of all parts."""
        for part in self.parts:
            yield from part.standings


def for_each(owed: Iterable[Owed], day: OfficeDay) -> dict[int, list[Owed]]:
    """Person → everything they are told today: the most important first, each thing once.

    Somebody who postponed reminders is not told of their own review and plan, but still of what others wait for. A
    stand-in is told what the absent person would be told about other people's reviews, never about that person's own.
    """
    snoozed = {one.person.id for one in day.standings if one.snoozed}
    acting = day.posts.acting(day.today)
    told: dict[int, dict[tuple[object, ...], Owed]] = {}
    for one in owed:
        for each in _with_stand_ins(one, acting):
            if each.person not in snoozed or each.what not in _ONES_OWN:
                _put(told.setdefault(each.person, {}), each)
    return {person: sorted(things.values(), key=lambda one: one.order) for person, things in told.items()}


def _with_stand_ins(one: Owed, acting: Mapping[int, tuple[int, ...]]) -> Iterator[Owed]:
    yield one
    if one.what in _ONES_OWN:
        return
    for stand_in in acting.get(one.person, ()):
        others = tuple(review for review in one.reviews if review.person.id != stand_in)
        if others or not one.reviews:
            yield replace(one, person=stand_in, reviews=others)


#: What nobody can do for another.
_ONES_OWN = frozenset({What.OWN, What.PART, What.FILES, What.PLAN, What.ROUND})

#: Things that are told once for each person, even if they wait under several milestones.
_PILES = frozenset({What.WAITING, What.DECIDE})


def _put(things: dict[tuple[object, ...], Owed], new: Owed) -> None:
    """Add one thing to what the person is told; if it is due by two last days, the earlier is kept."""
    known = things.get(_which(new))
    if known is None:
        things[_which(new)] = new
        return
    first, second = sorted((known, new), key=lambda one: one.order)
    reviews = {one.review: one for one in (*first.reviews, *second.reviews)}
    things[_which(new)] = replace(first, reviews=tuple(reviews.values()))


def _which(one: Owed) -> tuple[object, ...]:
    """What identifies a thing."""
    if one.what in _PILES:
        return (one.what,)
    about = one.reviews[0].review if one.reviews else 0
    return (one.what, about) if one.what is What.OWN else (one.what, about, one.campaign, one.milestone, one.text)
