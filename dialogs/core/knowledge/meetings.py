"""Knowledge of the room MEETING."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.balloting.poll import Poll
from rules.balloting.slips import Tally
from rules.book.meeting import MeetingRules
from rules.book.quota import Rated
from rules.meeting.nouns.meeting import Meeting
from rules.meeting.presence import Seen
from rules.nouns.people import Person
from rules.nouns.reviews import Review
from rules.nouns.standings import ReviewLine


@dataclass(frozen=True, slots=True)
class MayCall:
    """A unit for which this person may call a meeting in an open campaign."""

    campaign: int
    year: int
    period: str
    unit: int
    #: The name of the unit, or of the party body.
    unit_name: str
    #: How many reviews would be on the agenda.
    count: int
    #: The row of a party cell or group in that unit; 0: it is the unit's own meeting.
    body: int = 0
    #: The secretary and deputy secretary of that party body.
    leaders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CameUp:
    """What a unit proposed for a review, in the package that is in force."""

    unit: str
    #: For each part that is rated: its name and the rating.
    ratings: tuple[tuple[str, str], ...]
    #: Whether the unit's meeting or its chain proposed it.
    by: str
    #: The version of the package; `at` is when it was sent.
    version: int
    at: dt.datetime
    strengths: str = ""
    shortcomings: str = ""


@dataclass(frozen=True, slots=True)
class MeetingView:
    """Knowledge of MEETING."""

    #: The meetings of open campaigns that this person may see.
    meetings: tuple[Meeting, ...] = ()
    #: The units for which they may call one.
    may_call: tuple[MayCall, ...] = ()
    #: The meeting that the event names. The next five fields belong to it.
    meeting: Meeting | None = None
    #: What its rulebooks say.
    rules: MeetingRules = field(default_factory=MeetingRules)
    #: Its reviews as they stand now, without those that are no longer owed.
    lines: Mapping[int, ReviewLine] = field(default_factory=dict)
    #: The review that is named, complete.
    review: Review | None = None
    #: By part of the campaign, the ratings proposed so far.
    proposed: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    #: The campaign and unit for which a meeting is being called; `agenda` and `people` are what it would have.
    named: MayCall | None = None
    agenda: tuple[ReviewLine, ...] = ()
    people: tuple[Person, ...] = ()
    #: People of whom the chair may invite somebody in addition.
    others: tuple[Person, ...] = ()
    #: Review of the agenda → its newest draft.
    versions: Mapping[int, int] = field(default_factory=dict)
    #: The meeting's polls, with their results.
    polls: tuple[tuple[Poll, Tally | None], ...] = ()
    #: What the wall's code that came with a press proves.
    seen: Seen = Seen.NONE
    #: In a meeting of the authority: review → what its unit proposed.
    came_up: Mapping[int, CameUp] = field(default_factory=dict)
