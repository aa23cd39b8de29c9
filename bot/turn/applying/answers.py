"""Applies the commands given while somebody fills in their own form."""

from collections.abc import Mapping

from bot.turn.command_context import Applier, CommandContext
from dialogs.core.commands.answers import KeepAnswer, KeepAsked


async def _keep_answer(context: CommandContext, command: KeepAnswer) -> None:
    await context.tx.reviews.keep_answer(
        command.review, command.question, command.answer, context.actor.id, context.now
    )


async def _keep_asked(context: CommandContext, command: KeepAsked) -> None:
    await context.tx.reviews.keep_asked(command.review, command.stamps)


APPLIERS: Mapping[type, Applier] = {
    KeepAnswer: _keep_answer,
    KeepAsked: _keep_asked,
}
