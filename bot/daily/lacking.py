"""The files missing in dossiers, for reminders on the days before they are due."""

import asyncio
import datetime as dt
from collections.abc import Sequence

from bot.campaign.dossiers.at_hand import files_of, lacking, seated, with_meetings
from dialogs.core.handlers import Books
from rules.campaign.reminders.days import is_reminder_day
from rules.campaign.reminders.reminding import CampaignPart, Lacking
from storage.transaction import Transaction


async def lacking_today(tx: Transaction, books: Books, part: CampaignPart, today: dt.date) -> Sequence[Lacking]:
    """What to tell of today; nothing is looked up on other days."""
    book, campaign = books[part.campaign.edition], part.campaign
    keys = {
        *book.dossier_by.values(),
        *(one.by for items in book.dossier.values() for item in items for one in item.parts),
    }
    if not any(is_reminder_day(today, day) for key, day in campaign.timetable.items() if key in keys):
        return ()
    seats = await seated(tx, campaign.office)
    files = files_of(book, campaign, seats, part.standings, await tx.enclosures.of_campaign(campaign.id))
    kept = await with_meetings(tx, campaign, files)
    names = await tx.people.names(list(seats.heads.values()))
    return await asyncio.to_thread(
        lambda: [one for one in lacking(book, kept, names) if one.due and is_reminder_day(today, one.due)]
    )
