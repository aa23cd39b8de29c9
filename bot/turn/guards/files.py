"""Guards of files handed in."""

from collections.abc import Mapping

from bot.campaign.upward.standing import seating_of
from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard, are_here, of_campaign
from dialogs.core.commands.files import KeepEnclosure, KeepOwnTable, TakeOutOwnTable
from rules.campaign.permissions import Action, answering_for, may, relations_to_office, relations_to_person


async def _enclosure(on: CommandContext, command: KeepEnclosure, action: Action) -> bool:
    """The enclosure must be of a person or unit of the actor's office, in a campaign of it."""
    actor, office = on.actor, on.actor.office
    if not any(part.office == office for part in await on.tx.campaigns.parts(command.campaign)):
        return False
    if command.person is not None:
        if not await are_here(on, [command.person]):
            return False
        return may(relations_to_person(actor, await on.tx.people.get(command.person)), action)
    if command.unit is not None:
        number = await on.tx.units.office_of(actor.id)
        if command.unit not in (await on.tx.units.of_office(number)).values():
            return False
        seating = await seating_of(on.tx, number, office)
        return may(answering_for(actor, command.unit, seating.sender(command.unit)), action)
    return may(relations_to_office(actor, office), action)


GUARDS: Mapping[type, Guard] = {
    KeepEnclosure: (Action.HAND_IN, _enclosure),
    KeepOwnTable: (Action.HAND_IN, of_campaign),
    TakeOutOwnTable: (Action.HAND_IN, of_campaign),
}
