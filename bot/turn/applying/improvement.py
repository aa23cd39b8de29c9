"""Applies commands about a person's own plan of improvement."""

from collections.abc import Mapping

from bot.turn.command_context import Applier, CommandContext
from dialogs.core.commands.improvement import AddImprovement, EndImprovement


async def _add_improvement(context: CommandContext, command: AddImprovement) -> None:
    await context.tx.improvements.add(context.actor.id, command.year, command.what, command.by, context.now)


async def _end_improvement(context: CommandContext, command: EndImprovement) -> None:
    await context.tx.improvements.end(command.improvement, context.actor.id, context.now, done=command.done)


APPLIERS: Mapping[type, Applier] = {
    AddImprovement: _add_improvement,
    EndImprovement: _end_improvement,
}
