"""The files that dossiers lack, as reminders tell of them: only on the days on which their last day is called to mind."""

import asyncio
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.campaign.dossiers.at_hand import adopted_minutes, files_of, seated
from dialogs.core.handlers import Books
from rules.book.rulebook import Rulebook
from rules.campaign.assembling import AtHand, Missing, missing_files
from rules.campaign.reminder_days import is_reminder_day
from rules.campaign.reminding import CampaignPart, Lacking
from storage.transaction import Transaction


async def lacking_today(tx: Transaction, books: Books, part: CampaignPart, today: dt.date) -> Sequence[Lacking]:
    """What is told of today; nothing is looked for on any other day."""
    book, campaign = books[part.campaign.edition], part.campaign
    keys = {
        *book.dossier_by.values(),
        *(one.by for items in book.dossier.values() for item in items for one in item.parts),
    }
    if not any(is_reminder_day(today, day) for key, day in campaign.timetable.items() if key in keys):
        return ()
    seats = await seated(tx, campaign.office)
    files = files_of(book, campaign, seats, part.standings, await tx.enclosures.of_campaign(campaign.id))
    kept = replace(files, minutes=await adopted_minutes(tx, campaign))
    names = await tx.people.names(list(seats.heads.values()))
    return await asyncio.to_thread(lambda: [*_lacking(book, kept, names, today)])


def _lacking(book: Rulebook, kept: AtHand, names: Mapping[int, str], today: dt.date) -> Iterator[Lacking]:
    for one in missing_files(book.dossier, kept):
        if one.due and is_reminder_day(today, one.due):
            yield _told(one, one.due, names)


def _told(one: Missing, due: dt.date, names: Mapping[int, str]) -> Lacking:
    debt, about = one.debt, one.debt.about
    own = about is not None and about.id == debt.person
    name = about.name if own and about else names.get(debt.person or 0, "")
    whose = "" if own else about.name if about else debt.unit
    return Lacking(one.title, debt.owed_by, due, one.milestone, debt.person, name, whose)
