"""Guards of stand-ins: for whom the actor may name one."""

from collections.abc import Mapping

from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard, are_here
from dialogs.core.commands.stand_ins import EndStandIn, SetStandIn
from rules.campaign.permissions import Action, may, relations_to_office, relations_to_person


async def _set_stand_in(on: CommandContext, command: SetStandIn, action: Action) -> bool:
    return await are_here(on, [command.stand_in]) and await _for_absent(on, command.absent, action)


async def _end_stand_in(on: CommandContext, command: EndStandIn, action: Action) -> bool:
    stand_in = await on.tx.covers.get(command.id)
    return stand_in is not None and await _for_absent(on, stand_in.absent, action)


async def _for_absent(on: CommandContext, absent: int, action: Action) -> bool:
    if not await are_here(on, [absent]):
        return False
    of_office = relations_to_office(on.actor, on.actor.office)
    return may(of_office | relations_to_person(on.actor, await on.tx.people.get(absent)), action)


GUARDS: Mapping[type, Guard] = {
    SetStandIn: (Action.SET_STAND_IN, _set_stand_in),
    EndStandIn: (Action.SET_STAND_IN, _end_stand_in),
}
