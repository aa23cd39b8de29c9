"""The kept roster as the workbook it would be imported from."""

import asyncio
import io
from collections.abc import Sequence

from bot.campaign.invitations import office_meant
from bot.door.channel import Document
from bot.roster.template import write_roster
from bot.roster.values import Roster
from rules.campaign.permissions import Action, may, relations_to_office
from storage.store import Store


async def kept_roster(store: Store, office: str = "") -> Roster:
    """The roster of whoever is here now. Raises TusoiError when it is not clear which office is meant."""
    async with store.reading() as tx:
        _, id_ = await office_meant(tx, office)
        return (await tx.rosters.kept(id_)).present


def workbook(roster: Roster) -> bytes:
    """The file itself. Takes seconds for a province: not on the event loop."""
    made = io.BytesIO()
    write_roster(made, roster)
    return made.getvalue()


async def roster_for(store: Store, person: int) -> Sequence[Document]:
    """The file of the person's own office, if they may import it; else none."""
    async with store.reading() as tx:
        who = await tx.people.get(person)
        if not may(relations_to_office(who, who.office), Action.IMPORT_ROSTER):
            return ()
        kept = await tx.rosters.kept(await tx.units.office_of(person))
    return (Document("roster", "danh-sach.xlsx", await asyncio.to_thread(workbook, kept.present)),)
