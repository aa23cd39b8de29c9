"""Opening a campaign: the roster becomes an office, and everybody's reviews begin."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.campaign.enrol import Enrolled, enrol
from bot.campaign.importing import match_campaigns
from bot.campaign.roster_keeping import apply_roster
from bot.clock import now as real_now
from dialogs.core.handlers import Books
from rules.book.milestones import SELF_REVIEW, timetable
from rules.nouns.reviews import Campaign, Json
from rules.roster.people import Roster
from storage.store import Store
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class OpenedCampaign:
    """What came of it."""

    campaign: int
    enrolled: Enrolled


async def open_campaign(
    store: Store,
    books: Books,
    rulebooks: Sequence[str],
    year: int,
    roster: Roster,
    now: dt.datetime | None = None,
    *,
    period: str = "year",
    dates: Mapping[str, dt.date] | None = None,
) -> OpenedCampaign:
    """Keep the roster, open the campaign, begin everybody's reviews, issue a code to whoever has none.

    `dates`: last days that differ from the rulebooks', by milestone (in every rulebook that has it). Doing it again
    with a changed roster updates people and adds what is new; nothing kept is lost.
    """
    moment = now or real_now()
    async with store.transaction() as tx:
        office = await tx.units.keep_office(roster.office.name, roster.office.above)
        change = await apply_roster(tx, office, roster, moment)
        await match_campaigns(tx, books, office, change, moment)
        days = {
            name: {**_usual(books, name, year, period), **_those_of(books, name, year, dates)} for name in rulebooks
        }
        campaign = await begin(tx, office, days, year, period, moment)
        enrolled = await enrol(tx, books, office, campaign.id, moment)
        detail: dict[str, Json] = {"rulebooks": [*rulebooks], "year": year, "period": period}
        await tx.audit.record("system", "campaign opened", moment, detail=detail)
        await tx.commit()
    return OpenedCampaign(campaign.id, enrolled)


async def begin(
    tx: Transaction, office: int, days: Mapping[str, Mapping[str, dt.date]], year: int, period: str, now: dt.datetime
) -> Campaign:
    """The campaign with a part for each rulebook of `days`; its first part."""
    parts = [await tx.campaigns.open(office, name, year, dates, now, period) for name, dates in days.items()]
    return parts[0]


def _usual(books: Books, rulebook: str, year: int, period: str) -> Mapping[str, dt.date]:
    """The rulebook's own last days: they are of the year, a month or a quarter has none."""
    return timetable(books[rulebook, year], year) if period == "year" else {}


def _those_of(books: Books, rulebook: str, year: int, dates: Mapping[str, dt.date] | None) -> Mapping[str, dt.date]:
    known = {SELF_REVIEW, *(milestone.key for milestone in books[rulebook, year].milestones)}
    return {key: day for key, day in (dates or {}).items() if key in known}
