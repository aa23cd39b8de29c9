"""Loads the requests people made about their data."""

from bot.turn.rooms.context import RoomContext
from dialogs.core.knowledge.personal import AskedOfDesk, DataKnown
from rules.campaign.permissions import Action, may, relations_to_office


async def asked_data(context: RoomContext) -> DataKnown:
    """What this person asked, and for the desk what of it waits for an answer."""
    mine = tuple(await context.tx.requests.of_person(context.person.id))
    if not may(relations_to_office(context.person, context.person.office), Action.ANSWER_DATA):
        return DataKnown(mine)
    office = await context.tx.units.office_of(context.person.id)
    waiting = await context.tx.requests.of_office(office, waiting=True)
    return DataKnown(mine, tuple(AskedOfDesk(one.request, one.person) for one in waiting))
