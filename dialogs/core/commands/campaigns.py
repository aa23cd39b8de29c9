"""Commands of the desk about campaigns and the settings of its office."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.tracking import LastMonth, OutsideScore


@dataclass(frozen=True, slots=True)
class OpenCampaign:
    """Open a campaign for the people now on the roster. `timetable`: rulebook → milestone → last day."""

    rulebooks: tuple[str, ...]
    year: int
    period: str
    timetable: Mapping[str, Mapping[str, dt.date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoveMilestone:
    """Move the last day of a milestone."""

    campaign: int
    rulebook: str
    milestone: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Extend:
    """Grant reviews of a campaign a later last day, or take that back (`until` is None)."""

    campaign: int
    #: Each review with the extended day it had when this was shown, so that a concurrent change is noticed.
    was: tuple[tuple[int, dt.date | None], ...]
    until: dt.date | None
    reason: str


@dataclass(frozen=True, slots=True)
class RecordMonths:
    """Record the scores that a person's former body sent."""

    person: int
    scores: tuple[OutsideScore, ...]


@dataclass(frozen=True, slots=True)
class ChooseLastMonth:
    """Choose, once for a campaign of the year, how its last month counts."""

    campaign: int
    chosen: LastMonth


@dataclass(frozen=True, slots=True)
class CloseCampaign:
    """Close a campaign. `open_items` are the reviews that the desk was shown as still open."""

    campaign: int
    open_items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UndoCampaign:
    """Take back the opening of a campaign in which nobody has answered yet."""

    campaign: int


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Send a message to everybody that a filter selects. `to` are the people counted when it was shown."""

    campaign: int
    key: str
    text: str
    to: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SetOffice:
    """Change one setting of the office (rules.nouns.office.OfficeSettings), by name."""

    name: str
    value: str | int | bool | list[int]


CampaignCommand = (
    OpenCampaign
    | MoveMilestone
    | Extend
    | RecordMonths
    | ChooseLastMonth
    | CloseCampaign
    | UndoCampaign
    | Broadcast
    | SetOffice
)
