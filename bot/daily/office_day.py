"""Loads what the reminders of an office rest on. No answers: only where reviews stand."""

import datetime as dt
from collections.abc import Iterable, Sequence

from dialogs.core.handlers import Books
from rules.campaign.reminding import CampaignPart, OfficeDay, Posts
from rules.nouns.reviews import Campaign, ReviewStatus
from rules.nouns.rulings import Opinion, Petition
from rules.nouns.standings import ReviewLine
from storage.transaction import Transaction


async def office_day(tx: Transaction, parts: Sequence[Campaign], books: Books, today: dt.date) -> OfficeDay:
    """The day of the office whose open campaigns these parts are; their rulebooks can be used."""
    office = await tx.units.office(parts[0].office)
    assert office is not None
    loaded = [
        CampaignPart(books[one.edition].milestones, one, await tx.standings.of_campaign(one.id, today, one.rulebook))
        for one in parts
    ]
    standings = [one for part in loaded for one in part.standings]
    return OfficeDay(
        today,
        await tx.units.settings(office),
        await _posts(tx, office, parts[0].office),
        loaded,
        await _petitions(tx, standings),
        await _opinions(tx, parts),
    )


async def _posts(tx: Transaction, office: int, name: str) -> Posts:
    seats = await tx.units.seats(office)
    return Posts(
        {seat.id: seat.name for seat in seats},
        await tx.units.heads(office),
        {seat.id: seat.in_charge for seat in seats if seat.in_charge},
        await tx.units.desk_of(name),
        await tx.covers.of_office(office),
    )


async def _petitions(tx: Transaction, standings: Iterable[ReviewLine]) -> list[Petition]:
    appealed = tuple(one.review for one in standings if one.status is ReviewStatus.APPEALED)
    return await tx.rulings.petitions_of(appealed) if appealed else []


async def _opinions(tx: Transaction, parts: Iterable[Campaign]) -> list[Opinion]:
    campaigns = dict.fromkeys(part.id for part in parts)
    return [one for campaign in campaigns for one in await tx.opinions.missing(campaign)]
