"""Carries out what heads, authorities and people say to a review after it is handed in."""

from typing import Any

from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core import commands as words
from rules.nouns.reviews import Review
from rules.nouns.rulings import Acknowledgement, Endorsement, Petition, Ruling


async def _endorse(on: CommandContext, command: words.Endorse) -> None:
    review = await _review(on, command.review)
    following = review.next_step
    if following is None or review.step != command.step:
        raise Overtaken  # the head and who stands in for them pressed at the same time
    step = review.steps[review.step]
    endorsement = Endorsement(
        version=command.version,
        step=review.step,
        role=step.role,
        **on.signed,
        comment=command.comment,
        for_whom=command.for_whom,
    )
    if not await on.tx.rulings.endorse(command.review, endorsement, following):
        raise Overtaken
    content: dict[str, Any] = {"version": command.version, "fingerprint": command.fingerprint}
    await on.record("endorsed", review=review.id, step=review.step, **content)


async def _decide(on: CommandContext, command: words.Decide) -> None:
    ruling = Ruling(
        number=command.number,
        version=command.version,
        ratings=command.ratings,
        **on.signed,
        remarks=command.remarks,
        measures=command.measures,
        reason=command.reason,
        cite=command.cite,
        document=command.document,
        signer=command.signer,
        for_whom=command.for_whom,
        prospects=command.prospects,
    )
    if not await on.tx.rulings.rule(command.review, ruling):
        raise Overtaken
    await on.record("decided", review=command.review, number=command.number, version=command.version)


async def _respond(on: CommandContext, command: words.Respond) -> None:
    said = Acknowledgement(command.number, command.response, on.now, command.text)
    if not await on.tx.rulings.respond(command.review, said):
        raise Overtaken
    await on.record(command.response.value, review=command.review, number=command.number)


async def _file_petition(on: CommandContext, command: words.FilePetition) -> None:
    petition = Petition(0, command.review, command.number, on.actor.id, command.text, on.now, command.due, command.cite)
    if not await on.tx.rulings.petition(petition):
        raise Overtaken
    await on.record("petition filed", review=command.review, number=command.number)


async def _answer_petition(on: CommandContext, command: words.AnswerPetition) -> None:
    answered = await on.tx.rulings.answer(
        command.petition, command.review, command.outcome, command.answer, on.actor.id, on.now
    )
    if not answered:
        raise Overtaken
    await on.record("petition answered", review=command.review, outcome=command.outcome.value)


async def _give_opinion(on: CommandContext, command: words.GiveOpinion) -> None:
    if not await on.tx.opinions.give(command.opinion, command.text, on.actor.id, on.actor.name, on.now):
        raise Overtaken
    await on.record("opinion given", review=command.review)


async def _add_improvement(on: CommandContext, command: words.AddImprovement) -> None:
    await on.tx.improvements.add(on.actor.id, command.year, command.what, command.by, on.now)


async def _end_improvement(on: CommandContext, command: words.EndImprovement) -> None:
    await on.tx.improvements.end(command.improvement, on.actor.id, on.now, done=command.done)


async def _set_stand_in(on: CommandContext, command: words.SetStandIn) -> None:
    await on.tx.covers.set(command.absent, command.stand_in, command.since, command.until, on.actor.id, on.now)
    days: dict[str, Any] = {"since": command.since.isoformat(), "until": command.until.isoformat()}
    await on.record("stand-in named", person=command.absent, stand_in=command.stand_in, **days)


async def _end_stand_in(on: CommandContext, command: words.EndStandIn) -> None:
    await on.tx.covers.end(command.id, on.now)
    await on.record("stand-in ended", id=command.id)


async def _review(on: CommandContext, review: int) -> Review:
    found = await on.tx.reviews.locked(review)
    if found is None:
        raise Overtaken
    return found


APPLIERS: dict[type, Applier] = {
    words.Endorse: _endorse,
    words.Decide: _decide,
    words.Respond: _respond,
    words.FilePetition: _file_petition,
    words.AnswerPetition: _answer_petition,
    words.GiveOpinion: _give_opinion,
    words.AddImprovement: _add_improvement,
    words.EndImprovement: _end_improvement,
    words.SetStandIn: _set_stand_in,
    words.EndStandIn: _end_stand_in,
}
