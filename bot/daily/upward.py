"""Reminders for units that have sent nothing up, and for the desk about all of them, by the plan's day."""

import datetime as dt
from collections.abc import Sequence

from bot.campaign.upward.packing import due_day, sending_day
from bot.campaign.upward.standing import parts_by_campaign, seating_of, sends_up
from dialogs.core.handlers import Books
from rules.campaign.reminders.days import is_reminder_day
from rules.campaign.reminders.reminding import Owed, What
from rules.nouns.reviews import Campaign
from storage.transaction import Transaction


async def unsent_today(
    tx: Transaction, books: Books, office: int, name: str, opened: Sequence[Campaign], today: dt.date
) -> dict[int, list[Owed]]:
    """Person → what they are told. Without a day for sending in the plan, that of the dossiers applies once any unit
    has sent. Units whose reviews are all decided are not reminded: their papers went another way.
    """
    told: dict[int, list[Owed]] = {}
    for campaign, parts in parts_by_campaign(books, opened).items():
        sends = sending_day(books, parts) or bool(await tx.sent_ups.of_campaign(campaign))
        due = due_day(books, parts) if sends else None
        if due is None or not is_reminder_day(today, due):
            continue
        seating = await seating_of(tx, office, name)
        names = {seat.id: seat.name for seat in await tx.units.seats(office) if seat.id not in seating.top}
        lines = await tx.standings.of_campaign(campaign, today)
        waiting = {one.person.unit_id for one in lines if not one.decided}
        units = await sends_up(tx, books, campaign, lines, names)
        open_ = [one for one in units if one.standing is None and one.unit in waiting]
        told_of = {(seating.sender(one.unit), one.name) for one in open_}
        whole = ", ".join(one.name for one in open_)
        every = [(head, unit, False) for head, unit in told_of if head is not None]
        every += [(member, whole, True) for member in await tx.units.desk_of(name) if open_]
        for person, text, of_desk in every:
            owed = Owed(person, What.UNSENT, due, campaign, "desk" if of_desk else "", text=text, of=parts[0])
            told.setdefault(person, []).append(owed)
    return told
