"""What UPWARD knows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.book.meeting import MeetingRules
from rules.book.quota import Rated
from rules.book.upward import ConsultRule, SendRule
from rules.campaign.permissions import Relation
from rules.meeting.nouns.meeting import Meeting
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.standings import ReviewLine
from rules.upward.standing import UnitUp


@dataclass(frozen=True, slots=True)
class UnitSends:
    """A unit in an open campaign, and what it sends up. `held`: what this person is to that; `office`: it is the office itself, whose papers go to an
    authority outside; `due`: its last day by the plan; `looked_at`: since when the authority's meeting goes through it, "": none does;
    `running`: whose own meeting is not over, "": none's.
    """

    up: UnitUp
    year: int
    period: str
    held: frozenset[Relation] = frozenset()
    office: bool = False
    head: str = ""
    due: dt.date | None = None
    looked_at: str = ""
    running: str = ""


@dataclass(frozen=True, slots=True)
class ToConsult:
    """A meeting of the authority that may be called in a campaign. `agenda`: the reviews of what came up and no such meeting has; `versions`: of them
    the newest draft; `people`: who sits in it; `chair`: who heads the office; `unit`: of the office itself.
    """

    campaign: int
    rule: ConsultRule
    unit: int
    unit_name: str
    chair: Person
    due: dt.date | None = None
    agenda: tuple[ReviewLine, ...] = ()
    versions: Mapping[int, int] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    rules: MeetingRules = field(default_factory=MeetingRules)


@dataclass(frozen=True, slots=True)
class UpwardView:
    """UPWARD. `units`: those of open campaigns of which this person may read it. Of the one that an event names (`at`): the `value` that it would
    send now, with its `mark`, for who may send; what stands or stood last (`kept`) and the version before that (`before`); the `rated` lists of its campaign. Of the campaign that an event names
    the meetings that may be called (`consulting`), and those that were (`meetings`). `to`: to whom units send by the text.
    """

    units: tuple[UnitSends, ...] = ()
    at: UnitSends | None = None
    value: Mapping[str, Json] | None = None
    mark: str = ""
    kept: Mapping[str, Any] | None = None
    before: Mapping[str, Any] | None = None
    rated: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    editions: Mapping[str, tuple[str, dt.date]] = field(default_factory=dict)
    consulting: tuple[ToConsult, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    to: SendRule | None = None
