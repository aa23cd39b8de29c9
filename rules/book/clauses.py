"""The clauses of a rulebook as values: conditions, caps, exclusions, quotas, milestones, each with its source."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from rules.book.remarks import Remarked
from rules.nouns.conditions import Test, When
from rules.nouns.values import OwedBy, Rating, Subject


@dataclass(frozen=True, slots=True)
class Condition(Remarked):
    """A comparison and the clause that asks for it.

    Conditions of the same `group` (0: alone) stand together: in a rating one of them suffices, as a ground of NOT_COMPLETED
    all of them are needed. `since` and `until`, here and of other rules, are the first and last day in force
    (`rules.book.editions`); None: as long as the rulebook. `only_known`: of an exception that is no condition of its own: it
    is met until it is known not to be.
    """

    test: Test
    cite: str
    group: int = 0
    since: dt.date | None = None
    until: dt.date | None = None
    only_known: bool = False


@dataclass(frozen=True, slots=True)
class GapRule(Remarked):
    """What the text says where no rating's conditions hold: between which ratings (`possible`, highest first) the
    authority decides. `when`: the case it speaks of; None: every one.
    """

    possible: tuple[Rating, ...]
    cite: str
    when: When | None = None


@dataclass(frozen=True, slots=True)
class RatingRules:
    """The conditions of the ratings for one kind of subject.

    All conditions of a rating must hold; of those of NOT_COMPLETED (its grounds) one suffices. `like`: the
    ratings not said here are those of that other kind of subject (already filled in when loaded). `otherwise`: of a gap
    between the ratings, the first whose `when` holds; none: nothing is said, the authority chooses between the two lowest. `asks_less`: where the text
    itself asks less of a higher rating than of a lower one, in words for the desk.
    """

    subject: Subject
    leader: bool
    conditions: Mapping[Rating, tuple[Condition, ...]]
    like: tuple[Subject, bool] | None = None
    notes: tuple[str, ...] = ()
    otherwise: tuple[GapRule, ...] = ()
    asks_less: str = ""

    desk_notes: tuple[str, ...] = ()

    @property
    def kind(self) -> tuple[Subject, bool]:
        """Whom it is about."""
        return self.subject, self.leader


@dataclass(frozen=True, slots=True)
class Cap(Remarked):
    """Khống chế: the highest rating when `when` holds, a fixed one or the one that a fact holds.

    `unless`: the exception, one test. The cap holds until it is known that this is so: nobody is held up by it.
    `because` says why in words that follow "vì", to whoever reads of it, here and of an exclusion.
    `room`: the clause by which the authority may decide above it, with a reason; "": nobody may.
    """

    when: When
    cite: str
    because: str
    at_most: Rating | None = None
    at_most_fact: str = ""
    unless: When | None = None
    key: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    room: str = ""


@dataclass(frozen=True, slots=True)
class NotRatedRule(Remarked):
    """When `when` holds there is no rating.

    `only_known`: a fact of it that is not known is taken as one that does not hold. For what nobody is asked and
    only a desk reports: a review that goes on is not asked whether it goes on.
    """

    when: When
    cite: str
    because: str
    key: str = ""
    only_known: bool = False
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class FormRule(Remarked):
    """Who fills which form; the first rule that matches wins. `why` says it to the person in words.

    `period`: `year` for the review of the year, `half`, `quarter` or `month` for what is filled in between.
    """

    form: str
    when: When
    cite: str
    why: str = ""
    period: str = "year"


@dataclass(frozen=True, slots=True)
class Quota(Remarked):
    """The share of a rating: at most `at_most_pct` percent of the base `of`, rounded down, and at most
    `at_most_count` (None: no such limit), in each group that each of `per` makes (`rules.book.quota`).

    Where the base (`below_of` "staff": the number in the list, rated or not) is below `when_below`, `allow` may have the
    rating. `leader`: only about those who lead, or who do not (None: about all). `stage`: `decision` or `proposal`.
    `by_decision_pct`: the share that the authority may grant an outstanding organisation (0: none), where its rating is
    as `by_decision_when` asks (None: it asks nothing). `subject`: whose list it is about (none: any list).
    `room`: the clause by which the authority may grant more, with a reason, no more than `by_decision_pct` where that
    is given; "": nobody may.
    """

    rating: Rating
    at_most_pct: float
    of: str
    per: tuple[str, ...]
    cite: str
    when_below: int = 0
    allow: int = 0
    below_of: str = "base"
    key: str = ""
    leader: bool | None = None
    stage: str = "decision"
    at_most_count: int | None = None
    by_decision_pct: float = 0
    by_decision_when: Test | None = None
    subject: tuple[Subject, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    room: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a milestone: a fixed `date`, or `month`/`day` of the campaign's year plus `years`.

    `before`: the day named is itself too late ("trước ngày 05/12").
    """

    month: int = 0
    day: int = 0
    years: int = 0
    before: bool = False
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Milestone(Remarked):
    """Mốc thời hạn: who owes what until when. `title` is what the plan calls it. `beside`: it is kept by other work than
    the reviews (criteria, reports, a conference), of which nothing here tells whether it is done.
    """

    key: str
    title: str
    owed_by: OwedBy
    due: Due
    cite: str
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Meeting(Remarked):
    """One step of the review, in the order of the rulebook: who meets, who leads, what is done."""

    key: str
    title: str
    cite: str
    led_by: str = ""
    attended_by: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Where two sources disagree: both clauses. `at_opening`: the desk is told before it opens a campaign of the year."""

    text: str
    cites: tuple[str, ...]
    unverified: bool = False
    at_opening: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
