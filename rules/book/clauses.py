"""The clauses of a rulebook as values: conditions, caps, exclusions, quotas, milestones, each with its source.

In every rule `since` and `until` are its first and last day in force (`rules.book.editions`); None: the same as the
rulebook.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from rules.book.remarks import Remarked
from rules.nouns.conditions import Test, When
from rules.nouns.values import OwedBy, Rating, Subject


@dataclass(frozen=True, slots=True)
class Condition(Remarked):
    """A test of one fact, and the clause that requires it."""

    test: Test
    cite: str
    #: Conditions of one group (0: none) belong together: of a rating, one of them suffices; of the grounds of
    #: NOT_COMPLETED, all are needed.
    group: int = 0
    since: dt.date | None = None
    until: dt.date | None = None
    #: For an exception that is no condition of its own: it counts as met until it is known not to be.
    only_known: bool = False


@dataclass(frozen=True, slots=True)
class GapRule(Remarked):
    """What the text says where the conditions of no rating hold."""

    #: The ratings between which the authority decides, highest first.
    possible: tuple[Rating, ...]
    cite: str
    #: The case that the text speaks of; None: every case.
    when: When | None = None


@dataclass(frozen=True, slots=True)
class RatingRules:
    """The conditions of the ratings for one kind of subject.

    A rating needs all of its conditions. NOT_COMPLETED needs only one of its own (its grounds).
    """

    subject: Subject
    leader: bool
    conditions: Mapping[Rating, tuple[Condition, ...]]
    #: Another kind of subject, whose conditions apply for the ratings missing here; loading has already filled them in.
    like: tuple[Subject, bool] | None = None
    notes: tuple[str, ...] = ()
    #: For a gap between the ratings: the first whose `when` holds applies. None: the authority chooses between the two
    #: lowest.
    otherwise: tuple[GapRule, ...] = ()
    #: Where the text demands less of a higher rating than of a lower one: a remark for the desk.
    asks_less: str = ""

    desk_notes: tuple[str, ...] = ()

    @property
    def kind(self) -> tuple[Subject, bool]:
        """The kind of subject it is about."""
        return self.subject, self.leader


@dataclass(frozen=True, slots=True)
class Cap(Remarked):
    """Khống chế: the highest possible rating while `when` holds."""

    when: When
    cite: str
    #: The reason, in words that follow "vì".
    because: str
    #: The highest rating; None: the one that the fact `at_most_fact` holds.
    at_most: Rating | None = None
    at_most_fact: str = ""
    #: The exception. The cap applies until the exception is known to hold, so no review has to wait for that.
    unless: When | None = None
    key: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    #: The clause by which the authority may decide above the cap, with a reason; "": it may not.
    room: str = ""


@dataclass(frozen=True, slots=True)
class NotRatedRule(Remarked):
    """While `when` holds there is no rating."""

    when: When
    cite: str
    because: str
    key: str = ""
    #: An unknown fact counts as not holding. It is for facts that only a desk reports and nobody is asked, such as
    #: whether the review goes on.
    only_known: bool = False
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class FormRule(Remarked):
    """Who fills in which form; the first rule that matches applies."""

    form: str
    when: When
    cite: str
    #: The reason, in words for the person.
    why: str = ""
    #: `year` for the yearly review; `half`, `quarter` or `month` for what is filled in between.
    period: str = "year"


@dataclass(frozen=True, slots=True)
class Quota(Remarked):
    """The greatest share of a rating, in each group formed by each item of `per` (`rules.book.quota`)."""

    rating: Rating
    #: Percent of the base `of`, rounded down.
    at_most_pct: float
    of: str
    per: tuple[str, ...]
    cite: str
    #: If the base `below_of` is smaller than this, `allow` people may have the rating. "staff" counts the list, rated
    #: or not.
    when_below: int = 0
    allow: int = 0
    below_of: str = "base"
    key: str = ""
    #: Only for those who lead (True) or do not (False); None: for all.
    leader: bool | None = None
    #: `decision` or `proposal`.
    stage: str = "decision"
    #: The greatest number besides the share; None: no such limit.
    at_most_count: int | None = None
    #: The share that the authority may grant an outstanding organisation (0: none), if its rating passes
    #: `by_decision_when`.
    by_decision_pct: float = 0
    by_decision_when: Test | None = None
    #: The subjects whose list it applies to; empty: any list.
    subject: tuple[Subject, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    #: The clause by which the authority may grant more, with a reason, up to `by_decision_pct` if that is given; "": it
    #: may not.
    room: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a milestone: a fixed `date`, or `month` and `day` of the campaign's year plus `years`."""

    month: int = 0
    day: int = 0
    years: int = 0
    #: The named day is itself too late ("trước ngày 05/12").
    before: bool = False
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Milestone(Remarked):
    """Mốc thời hạn: who owes what, and until when."""

    key: str
    #: The name that the plan gives it.
    title: str
    owed_by: OwedBy
    due: Due
    cite: str
    #: It is met by work other than the reviews (criteria, reports, a conference), so the program cannot tell whether it
    #: is done.
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
    """A disagreement between two sources, with both clauses."""

    text: str
    cites: tuple[str, ...]
    unverified: bool = False
    #: The desk is told before it opens a campaign of the year.
    at_opening: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
