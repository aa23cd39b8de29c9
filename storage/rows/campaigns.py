"""Campaigns as rows: their columns, and their dates as JSON."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from rules.nouns.periods import PeriodDays
from rules.nouns.reviews import Campaign
from rules.nouns.tracking import LastMonth, LastMonthChoice
from storage.columns import read
from storage.queries import columns
from storage.tables import CAMPAIGN, CAMPAIGN_PART, OFFICE


def _dates(timetable: Mapping[str, str]) -> Mapping[str, dt.date]:
    return {milestone: dt.date.fromisoformat(day) for milestone, day in timetable.items()}


def _period_days(kept: Mapping[str, str]) -> PeriodDays:
    return PeriodDays(**_dates(kept))


def _last_month(kept: Mapping[str, str]) -> LastMonth | None:
    return LastMonth(LastMonthChoice(kept["choice"]), kept["allowed_by"], kept["paper"]) if kept else None


CAMPAIGN_COLUMNS = columns(
    Campaign,
    CAMPAIGN,
    rulebook=CAMPAIGN_PART.c.rulebook,
    office=OFFICE.c.name,
    timetable=read(CAMPAIGN_PART.c.timetable, _dates),
    closed=CAMPAIGN.c.closed_at.is_not(None),
    days=read(CAMPAIGN.c.days, _period_days),
    last_month=read(CAMPAIGN.c.last_month, _last_month),
)


def timetable_json(timetable: Mapping[str, dt.date]) -> dict[str, object]:
    """The dates of the milestones as they are kept."""
    return {milestone: day.isoformat() for milestone, day in timetable.items()}


def period_json(days: PeriodDays) -> dict[str, object]:
    """The days of a period as stored; those that follow from the year are left out."""
    return timetable_json({name: day for name, day in dataclasses.asdict(days).items() if day})
