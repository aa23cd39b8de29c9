"""Applies commands about data requests and their answers."""

from collections.abc import Mapping

from bot.personal.answering import answered
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.personal import AnswerData, AskData, SeeData, WithdrawData
from rules.personal.requests import DataRequest, RequestOutcome


async def _ask_data(context: CommandContext, command: AskData) -> None:
    who = context.actor.id
    asked = DataRequest(
        *(0, who, command.kind, command.text, context.now),
        *(command.reply_due, command.act_due, command.cite),
    )
    request = await context.tx.requests.ask(asked)
    await context.record("data asked", person=who, request=request, kind=command.kind.value)


async def _withdraw_data(context: CommandContext, command: WithdrawData) -> None:
    who = context.actor.id
    if not await context.tx.requests.answer(command.request, RequestOutcome.WITHDRAWN, "", who, context.now, of=who):
        raise Overtaken
    await context.record("data request withdrawn", person=who, request=command.request)


async def _see_data(context: CommandContext, command: SeeData) -> None:
    asked = await context.tx.requests.get(command.request)
    if asked is None or not await context.tx.requests.see(command.request, context.actor.id, context.now):
        raise Overtaken
    await context.record("data request seen", person=asked.person.id, request=command.request)


async def _answer_data(context: CommandContext, command: AnswerData) -> None:
    tx = context.tx
    if not await answered(tx, command.request, command.outcome, command.answer, context.actor.id, context.now):
        raise Overtaken


APPLIERS: Mapping[type, Applier] = {
    AskData: _ask_data,
    WithdrawData: _withdraw_data,
    SeeData: _see_data,
    AnswerData: _answer_data,
}
