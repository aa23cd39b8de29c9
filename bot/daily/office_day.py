"""Loads what the reminders of an office rest on. No answers: only where reviews stand."""

import datetime as dt
from collections.abc import Iterable, Sequence

from dialogs.core.handlers import Books
from rules.campaign.reminding import OfficeDay, Part, Posts
from rules.nouns.reviews import Campaign, ReviewStatus
from rules.nouns.rulings import Opinion, Petition
from rules.nouns.standings import Standing
from storage.unit import Unit


async def office_day(unit: Unit, parts: Sequence[Campaign], books: Books, today: dt.date) -> OfficeDay:
    """The day of the office whose open campaigns these parts are; their rulebooks can be used."""
    office = await unit.units.office(parts[0].office)
    assert office is not None
    loaded = [
        Part(books[one.edition].milestones, one, await unit.standings.of_campaign(one.id, today, one.rulebook))
        for one in parts
    ]
    standings = [one for part in loaded for one in part.standings]
    return OfficeDay(
        today,
        await unit.units.settings(office),
        await _posts(unit, office, parts[0].office),
        loaded,
        await _petitions(unit, standings),
        await _opinions(unit, parts),
    )


async def _posts(unit: Unit, office: int, name: str) -> Posts:
    seats = await unit.units.seats(office)
    return Posts(
        {seat.id: seat.name for seat in seats},
        await unit.units.heads(office),
        {seat.id: seat.in_charge for seat in seats if seat.in_charge},
        await unit.units.desk_of(name),
        await unit.covers.of_office(office),
    )


async def _petitions(unit: Unit, standings: Iterable[Standing]) -> list[Petition]:
    appealed = tuple(one.review for one in standings if one.status is ReviewStatus.APPEALED)
    return await unit.rulings.petitions_of(appealed) if appealed else []


async def _opinions(unit: Unit, parts: Iterable[Campaign]) -> list[Opinion]:
    campaigns = dict.fromkeys(part.id for part in parts)
    return [one for campaign in campaigns for one in await unit.opinions.missing(campaign)]
