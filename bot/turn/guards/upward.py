"""The guard of what units send up."""

from collections.abc import Mapping

from bot.campaign.upward.standing import seating_of
from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard
from dialogs.core.commands.upward import KeepSentUp
from rules.campaign.permissions import Action, may
from rules.upward.places import action_of, relations_to_sent


async def _sent_up(on: CommandContext, command: KeepSentUp, _: Action) -> bool:
    """Of a unit of the actor's office, in a campaign of it."""
    office = await on.tx.units.office_of(on.actor.id)
    if not any(part.office == on.actor.office for part in await on.tx.campaigns.parts(command.campaign)):
        return False
    if command.unit not in (await on.tx.units.of_office(office)).values():
        return False
    seating = await seating_of(on.tx, office, on.actor.office)
    held = relations_to_sent(on.actor, seating, command.unit, await on.tx.covers.acts_for(on.actor.id, on.now.date()))
    return may(held, action_of(command.deed, seating, command.unit))


GUARDS: Mapping[type, Guard] = {
    KeepSentUp: (Action.SEND_UP, _sent_up),
}
