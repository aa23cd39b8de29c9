"""Loads data requests."""

from bot.turn.rooms.context import RoomContext
from dialogs.core.knowledge.personal import AskedOfDesk, DataKnown
from rules.campaign.permissions import Action, may, relations_to_office


async def asked_data(context: RoomContext) -> DataKnown:
    """The requests of this person; for the desk also all requests of the office that wait for an answer."""
    mine = tuple(await context.tx.requests.of_person(context.person.id))
    if not may(relations_to_office(context.person, context.person.office), Action.ANSWER_DATA):
        return DataKnown(mine)
    office = await context.tx.units.office_of(context.person.id)
    waiting = await context.tx.requests.of_office(office, waiting=True)
    return DataKnown(mine, tuple(AskedOfDesk(one.request, one.person) for one in waiting))
