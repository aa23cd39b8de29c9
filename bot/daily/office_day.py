"""Loads the data for an office's reminders: the states of reviews, but no answers."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.clock import ZONE
from bot.daily.lacking import lacking_today
from dialogs.core.handlers import Books
from rules.book.clauses import Due, Milestone
from rules.book.rulebook import Rulebook
from rules.campaign.deciding.told import hear_of
from rules.campaign.months.tracking import last_month
from rules.campaign.reminders.reminding import CampaignPart, OfficeDay, Posts
from rules.nouns.reviews import Campaign, ReviewStatus
from rules.nouns.rulings import Opinion, Petition
from rules.nouns.standings import ReviewLine
from rules.nouns.values import OwedBy
from storage.transaction import Transaction

#: The key of the milestone for the desk's own choice.
LAST_MONTH = "last_month"

#: Number of days after which people are no longer told of a result.
RESULTS_WITHIN = 31


async def office_day(tx: Transaction, parts: Sequence[Campaign], books: Books, today: dt.date) -> OfficeDay:
    """The day of the office with these parts of open campaigns, whose rulebooks must be usable."""
    office = await tx.units.office(parts[0].office)
    assert office is not None
    loaded = [
        _part(books[one.edition], one, await tx.standings.of_campaign(one.id, today, one.rulebook)) for one in parts
    ]
    loaded = [replace(one, lacking=await lacking_today(tx, books, one, today)) for one in loaded]
    standings = [one for part in loaded for one in part.standings]
    posts = await _posts(tx, office, parts[0].office)
    return OfficeDay(
        today,
        await tx.units.settings(office),
        posts,
        loaded,
        await _petitions(tx, standings),
        await _opinions(tx, parts),
        report_parts=[one for id_ in sorted({part.id for part in parts}) for one in await tx.reports.owed(id_)],
        results=await _results(tx, books, standings, posts, today),
    )


async def _results(
    tx: Transaction, books: Books, standings: Sequence[ReviewLine], posts: Posts, today: dt.date
) -> dict[int, list[ReviewLine]]:
    """Who is told of which results that were decided until last night. Each person was told of earlier ones in their
    last reminder, so that none is lost on days when the program was down.
    """
    last_night, first = _midnight(today), _midnight(today - dt.timedelta(days=RESULTS_WITHIN))
    told = [one for one in standings if one.decided and books[one.campaign.edition].told]
    decided = await tx.rulings.decided_between([one.review for one in told], first, last_night) if told else {}
    hearing: dict[int, list[ReviewLine]] = {}
    for one in told:
        if one.review in decided:
            for person in hear_of(books[one.campaign.edition], one, posts.heads, posts.in_charge):
                hearing.setdefault(person, []).append(one)
    reminded = await tx.deliveries.last_reminded([*hearing], last_night)
    since = {person: _midnight(at.astimezone(ZONE).date()) for person, at in reminded.items()}
    found = {
        person: [one for one in of if decided[one.review] >= since.get(person, first)] for person, of in hearing.items()
    }
    return {person: of for person, of in found.items() if of}


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZONE)


def _part(book: Rulebook, campaign: Campaign, standings: Sequence[ReviewLine]) -> CampaignPart:
    """A part, with the desk's outstanding choice as a milestone before the day of reference."""
    rule = last_month(book, campaign.span)
    if rule is None or campaign.last_month:
        return CampaignPart(book.milestones, campaign, standings)
    day = campaign.span.as_of - dt.timedelta(days=1)
    choosing = Milestone(LAST_MONTH, rule.title, OwedBy.DESK, Due(date=day), rule.before, beside=True)
    dated = replace(campaign, timetable={**campaign.timetable, LAST_MONTH: day})
    return CampaignPart((*book.milestones, choosing), dated, standings)


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
