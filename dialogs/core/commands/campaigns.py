"""Campaigns and settings of an office, as its desk runs them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.tracking import LastMonth, OutsideScore


@dataclass(frozen=True, slots=True)
class OpenCampaign:
    """The desk opens a campaign over the roster as it is kept. `timetable`: rulebook → milestone → day."""

    rulebooks: tuple[str, ...]
    year: int
    period: str
    timetable: Mapping[str, Mapping[str, dt.date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MoveMilestone:
    """The desk moves the last day of a milestone."""

    campaign: int
    rulebook: str
    milestone: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Extend:
    """The desk gives reviews of a campaign another last day, or takes it back (`until` None). `was`: each review with the day it had by an
    extension when that was shown.
    """

    campaign: int
    was: tuple[tuple[int, dt.date | None], ...]
    until: dt.date | None
    reason: str


@dataclass(frozen=True, slots=True)
class RecordMonths:
    """The desk records what the body before sent of somebody."""

    person: int
    scores: tuple[OutsideScore, ...]


@dataclass(frozen=True, slots=True)
class ChooseLastMonth:
    """The desk chooses, once for a campaign of the year, how its last month counts."""

    campaign: int
    chosen: LastMonth


@dataclass(frozen=True, slots=True)
class CloseCampaign:
    """The desk closes a campaign; `open_items` are the reviews it saw as open and named so."""

    campaign: int
    open_items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UndoCampaign:
    """The desk takes an opening back: nobody has answered."""

    campaign: int


@dataclass(frozen=True, slots=True)
class Broadcast:
    """The desk writes to all whom a filter names. `to` are the people it was counted for."""

    campaign: int
    key: str
    text: str
    to: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SetOffice:
    """The desk changes a setting of its office (rules.nouns.office.OfficeSettings), by name."""

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
