"""What MEETING knows."""

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
    """A unit of which this person may call a meeting in a campaign that is open: how many reviews would be on its agenda. `body`: of a party cell, or a
    group of one, that has its row in that unit; then `unit_name` is its name, and `leaders` its secretary and deputy secretary.
    """

    campaign: int
    year: int
    period: str
    unit: int
    unit_name: str
    count: int
    body: int = 0
    leaders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CameUp:
    """What a unit proposes for a review, of what stands: `ratings` by what of them; `by` the unit's meeting or its chain; which version it is of, sent when."""

    unit: str
    ratings: tuple[tuple[str, str], ...]
    by: str
    version: int
    at: dt.datetime
    strengths: str = ""
    shortcomings: str = ""


@dataclass(frozen=True, slots=True)
class MeetingView:
    """MEETING. `meetings`: those of open campaigns that are this person's to see, and of which units they `may_call` one. Of the `meeting` that
    an event names: what its rulebooks say (`rules`), its reviews as they stand now (`lines`; what is owed no longer is not there), whole the
    one that is named (`review`), its `polls` with what they came to, the ratings that were `proposed` so far by campaign part. `agenda`, `people`: what and whom a meeting that
    is called now would have, `named`: that campaign and unit. `others`: of whom the chair may ask somebody besides.
    """

    meetings: tuple[Meeting, ...] = ()
    may_call: tuple[MayCall, ...] = ()
    meeting: Meeting | None = None
    rules: MeetingRules = field(default_factory=MeetingRules)
    lines: Mapping[int, ReviewLine] = field(default_factory=dict)
    review: Review | None = None
    proposed: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    named: MayCall | None = None
    agenda: tuple[ReviewLine, ...] = ()
    people: tuple[Person, ...] = ()
    others: tuple[Person, ...] = ()
    versions: Mapping[int, int] = field(default_factory=dict)  # review → its newest draft, of the agenda
    polls: tuple[tuple[Poll, Tally | None], ...] = ()
    seen: Seen = Seen.NONE  # what the code of the wall says that came with a press
    came_up: Mapping[int, CameUp] = field(default_factory=dict)  # review → in a meeting of the authority
