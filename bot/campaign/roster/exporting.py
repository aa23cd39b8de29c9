"""Exporting the stored roster as a workbook that can be imported again."""

import io

from bot.campaign.invitations.invited import office_meant
from bot.roster.template import write_roster
from rules.roster.people import Roster
from storage.store import Store


async def kept_roster(store: Store, office: str = "") -> Roster:
    """The roster of everybody who has not left. Raises TusoiError when it is not clear which office is meant."""
    async with store.reading() as tx:
        _, id_ = await office_meant(tx, office)
        return (await tx.rosters.kept(id_)).present


def workbook(roster: Roster) -> bytes:
    """The workbook. It takes seconds for a province, so do not call it in the event loop."""
    made = io.BytesIO()
    write_roster(made, roster)
    return made.getvalue()
