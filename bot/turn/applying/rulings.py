"""Applies commands about decisions of authorities and the responses to them."""

from collections.abc import Mapping

from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.rulings import AnswerPetition, Decide, FilePetition, Respond
from rules.nouns.rulings import Acknowledgement, Petition, Ruling


async def _rule(context: CommandContext, command: Decide) -> None:
    ruling = Ruling(
        number=command.number,
        version=command.version,
        ratings=command.ratings,
        **context.signed,
        remarks=command.remarks,
        measures=command.measures,
        reason=command.reason,
        cite=command.cite,
        document=command.document,
        signer=command.signer,
        for_whom=command.for_whom,
        prospects=command.prospects,
    )
    if not await context.tx.rulings.rule(command.review, ruling):
        raise Overtaken
    await context.keeper.ruled(await context.review(command.review), ruling)
    await context.record("decided", review=command.review, number=command.number, version=command.version)


async def _respond(context: CommandContext, command: Respond) -> None:
    acknowledgement = Acknowledgement(command.number, command.response, context.now, command.text)
    if not await context.tx.rulings.respond(command.review, acknowledgement):
        raise Overtaken
    await context.keeper.answered(await context.review(command.review), acknowledgement)
    await context.record(command.response.value, review=command.review, number=command.number)


async def _file_petition(context: CommandContext, command: FilePetition) -> None:
    petition = Petition(
        0, command.review, command.number, context.actor.id, command.text, context.now, command.due, command.cite
    )
    if not await context.tx.rulings.petition(petition):
        raise Overtaken
    await context.record("petition filed", review=command.review, number=command.number)


async def _answer_petition(context: CommandContext, command: AnswerPetition) -> None:
    answered = await context.tx.rulings.answer(
        command.petition, command.review, command.outcome, command.answer, context.actor.id, context.now
    )
    if not answered:
        raise Overtaken
    await context.record("petition answered", review=command.review, outcome=command.outcome.value)


APPLIERS: Mapping[type, Applier] = {
    Decide: _rule,
    Respond: _respond,
    FilePetition: _file_petition,
    AnswerPetition: _answer_petition,
}
