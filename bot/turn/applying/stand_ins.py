"""Applies commands that name stand-ins and end their time."""

from collections.abc import Mapping
from typing import Any

from bot.turn.command_context import Applier, CommandContext
from dialogs.core.commands.stand_ins import EndStandIn, SetStandIn


async def _set_stand_in(context: CommandContext, command: SetStandIn) -> None:
    await context.tx.covers.set(
        command.absent, command.stand_in, command.since, command.until, context.actor.id, context.now
    )
    days: dict[str, Any] = {"since": command.since.isoformat(), "until": command.until.isoformat()}
    await context.record("stand-in named", person=command.absent, stand_in=command.stand_in, **days)


async def _end_stand_in(context: CommandContext, command: EndStandIn) -> None:
    await context.tx.covers.end(command.id, context.now)
    await context.record("stand-in ended", id=command.id)


APPLIERS: Mapping[type, Applier] = {
    SetStandIn: _set_stand_in,
    EndStandIn: _end_stand_in,
}
