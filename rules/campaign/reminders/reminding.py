"""Who is to be told today, and of what: what is owed, what is late, how units stand. No words, no sending."""

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
    """What somebody is told of, in the order of importance: first what others wait for, then one's own, then what
    one watches.
    """

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
    """How the reviews of a unit stand in one period: all, handed in at least once and not returned, waiting, not agreed to yet."""

    unit: str
    total: int
    handed_in: int
    waiting: int
    unfinished: int
    year: int = 0
    period: str = ""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A file that a dossier lacks. `owner`: who owes it (None: nobody of the roster), called `name`; `whose`: of whom or of which unit it is,
    where that is not they; `due`: None where the plan has no day.
    """

    title: str
    owed_by: OwedBy
    due: dt.date | None
    milestone: str = ""
    owner: int | None = None
    name: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing one person is told of today.

    `due`: the last day, None where there is none; `milestone`, `title`: of the plan, "" where it is none of its.
    `reviews`: what it is about, of STANDS all of the part; `tallies`: of DIGEST; `files`: of FILES and DOSSIER. `of`: the campaign of these, of a TASK or LATE, whose period is told. `text`: what a line of a plan says, or who asks about their data.
    """

    person: int
    what: What
    due: dt.date | None = None
    campaign: int | None = None
    milestone: str = ""
    title: str = ""
    reviews: tuple[ReviewLine, ...] = ()
    tallies: tuple[ReviewTally, ...] = ()
    files: tuple[Lacking, ...] = ()
    text: str = ""
    of: Campaign | None = None

    @property
    def order(self) -> tuple[int, dt.date]:
        """What comes before what."""
        return _ORDER[self.what], self.due or dt.date.max


_ORDER: Mapping[What, int] = {what: place for place, what in enumerate(What)}


@dataclass(frozen=True, slots=True)
class CampaignPart:
    """A campaign under one rulebook: its milestones, its reviews, and the files that its dossiers lack and that are told of today."""

    milestones: Sequence[Milestone]
    campaign: Campaign
    standings: Sequence[ReviewLine]
    lacking: Sequence[Lacking] = ()


@dataclass(frozen=True, slots=True)
class OwedPart:
    """A part of a body's report (`review`) that is not done; `place`: which of its form."""

    review: int
    writer: int
    place: str
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class Posts:
    """Who answers for what in an office. `units`: id → name; `heads`: unit → its head; `in_charge`: unit → the leader
    in charge above it; `desk`: who run the campaigns; `stand_ins`: those who act for somebody absent.
    """

    units: Mapping[int, str] = field(default_factory=dict)
    heads: Mapping[int, int] = field(default_factory=dict)
    in_charge: Mapping[int, int] = field(default_factory=dict)
    desk: Sequence[int] = ()
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
    """All that reminders of an office rest on. `petitions`, `opinions`: those that wait; `improvements`: open lines; `results`:
    who hears of which results, decided since the last day on which anything was told.
    """

    today: dt.date
    settings: OfficeSettings
    posts: Posts
    parts: Sequence[CampaignPart]
    petitions: Sequence[Petition] = ()
    opinions: Sequence[Opinion] = ()
    improvements: Sequence[Improvement] = ()
    report_parts: Sequence[OwedPart] = ()
    results: Mapping[int, Sequence[ReviewLine]] = field(default_factory=dict)

    @property
    def standings(self) -> Iterator[ReviewLine]:
        """The reviews of all parts."""
        for part in self.parts:
            yield from part.standings


def for_each(owed: Iterable[Owed], day: OfficeDay) -> dict[int, list[Owed]]:
    """Person → all they are told of today, the most important first, each thing once.

    Who has put reminders off is not told of their own review and plan; what others wait for is told as ever. Who stands in for somebody is told what the
    absent is told of other people's reviews; never of their own.
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


#: What nobody does for another.
_ONES_OWN = frozenset({What.OWN, What.PART, What.FILES, What.PLAN, What.ROUND})

#: Things of which a person has one at most: what waits under several milestones is one pile.
_PILES = frozenset({What.WAITING, What.DECIDE})


def _put(things: dict[tuple[object, ...], Owed], new: Owed) -> None:
    """Add it to what the person is told of; the same thing under two last days is told with the earlier."""
    known = things.get(_which(new))
    if known is None:
        things[_which(new)] = new
        return
    first, second = sorted((known, new), key=lambda one: one.order)
    reviews = {one.review: one for one in (*first.reviews, *second.reviews)}
    things[_which(new)] = replace(first, reviews=tuple(reviews.values()))


def _which(one: Owed) -> tuple[object, ...]:
    """What makes it the same thing."""
    if one.what in _PILES:
        return (one.what,)
    about = one.reviews[0].review if one.reviews else 0
    return (one.what, about) if one.what is What.OWN else (one.what, about, one.campaign, one.milestone, one.text)
