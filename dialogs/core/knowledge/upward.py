"""Knowledge of the room UPWARD."""

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
    """A unit in an open campaign, and the package it sends up."""

    up: UnitUp
    year: int
    period: str
    #: What this person is to the package.
    held: frozenset[Relation] = frozenset()
    #: The unit is the office itself, whose papers go to an authority outside.
    office: bool = False
    head: str = ""
    #: The last day by the plan.
    due: dt.date | None = None
    #: Since when the authority's meeting goes through it; "": it does not.
    looked_at: str = ""
    #: Whose own meeting is not over; "": nobody's.
    running: str = ""


@dataclass(frozen=True, slots=True)
class ToConsult:
    """A meeting of the authority that may be called in a campaign."""

    campaign: int
    rule: ConsultRule
    #: The unit of the office itself.
    unit: int
    unit_name: str
    #: The head of the office.
    chair: Person
    due: dt.date | None = None
    #: The reviews that were sent up and are in no such meeting yet. `versions`: the newest draft of each.
    agenda: tuple[ReviewLine, ...] = ()
    versions: Mapping[int, int] = field(default_factory=dict)
    #: The members of the meeting.
    people: tuple[Person, ...] = ()
    rules: MeetingRules = field(default_factory=MeetingRules)


@dataclass(frozen=True, slots=True)
class UpwardView:
    """Knowledge of UPWARD."""

    #: The units of open campaigns whose packages this person may read.
    units: tuple[UnitSends, ...] = ()
    #: The one that the event names.
    at: UnitSends | None = None
    #: For those who may send: what it would send now. `mark` identifies that.
    value: Mapping[str, Json] | None = None
    mark: str = ""
    #: The drafts of that unit that were handed in and to which it has not agreed.
    unagreed: tuple[ReviewLine, ...] = ()
    #: The last package that was sent; `before` is the version before it.
    kept: Mapping[str, Any] | None = None
    before: Mapping[str, Any] | None = None
    #: The rating lists of its campaign.
    rated: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    editions: Mapping[str, tuple[str, dt.date]] = field(default_factory=dict)
    #: The meetings of the authority that may be called in the named campaign; `meetings` are those already called.
    consulting: tuple[ToConsult, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    #: To whom units send by the text.
    to: SendRule | None = None
