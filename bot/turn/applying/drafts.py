"""Applies commands about drafts: sending, withdrawing, commenting, returning, agreeing, and asking to redo."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.campaign.enrol import lead_anew
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.drafts import (
    AnswerAnew,
    Approve,
    AskAnew,
    Endorse,
    GiveOpinion,
    KeepComment,
    Return,
    Submit,
    Withdraw,
)
from rules.judging.interview import has_rating
from rules.nouns.reviews import Decision, Outcome
from rules.nouns.rulings import Endorsement


async def _submit(context: CommandContext, command: Submit) -> None:
    version = await context.tx.reviews.submit(
        command.review,
        command.stamp,
        command.self_rating,
        command.suggested,
        context.now,
        command.held,
        command.device,
    )
    review = await context.review(command.review)
    if review.barred:
        await lead_anew(
            context.tx, context.books, await context.tx.units.office_of(review.person.id), review, context.now
        )
        review = await context.review(command.review)
    assert review.draft is not None, "it was just sent"
    mark = await context.keeper.sent(review, review.draft)
    await context.record("submitted", review=command.review, version=version, fingerprint=mark)


async def _withdraw(context: CommandContext, command: Withdraw) -> None:
    await _decide(context, command, Outcome.WITHDRAWN)


async def _approve(context: CommandContext, command: Approve) -> None:
    await _decide(context, command, Outcome.APPROVED, comment=command.comment, for_whom=command.for_whom)
    review = await context.review(command.review)
    assert review.last_decision is not None, "it was just kept"
    await context.keeper.approved(review, review.last_decision)
    approved = await context.tx.documents.mark(command.review, command.version)
    await context.record("fingerprint approved", review=command.review, fingerprint=approved.fingerprint)
    if not has_rating(context.books[review.campaign.edition].forms[review.form]):
        await context.tx.reviews.finish(command.review)  # a sheet without a rating: nothing is left to decide


async def _return(context: CommandContext, command: Return) -> None:
    reason = {"comment": command.reason, "for_whom": command.for_whom, "points": command.points}
    await _decide(context, command, Outcome.RETURNED, sections=command.sections, **reason)


async def _decide(
    context: CommandContext, command: Approve | Return | Withdraw, outcome: Outcome, **details: Any
) -> None:
    before = None if outcome is Outcome.APPROVED else await context.tx.reviews.get(command.review)
    walked = before if before and (before.step or before.barred) else None
    decision = Decision(
        version=command.version,
        outcome=outcome,
        **context.signed,
        **details,
    )
    if not await context.tx.reviews.decide(command.review, decision):
        raise Overtaken
    if walked is not None:
        office = await context.tx.units.office_of(walked.person.id)
        await lead_anew(context.tx, context.books, office, walked, context.now)
    await context.record(outcome.value, review=command.review, version=command.version)


async def _keep_comment(context: CommandContext, command: KeepComment) -> None:
    await context.tx.reviews.keep_comment(command.review, command.text)
    await context.record("comment written", review=command.review)


async def _endorse(context: CommandContext, command: Endorse) -> None:
    review = await context.tx.reviews.locked(command.review)
    following = review.next_step if review else None
    if review is None or following is None or review.step != command.step:
        raise Overtaken  # the head and who stands in for them pressed at the same time
    step = review.steps[review.step]
    endorsement = Endorsement(
        version=command.version,
        step=review.step,
        role=step.role,
        **context.signed,
        comment=command.comment,
        for_whom=command.for_whom,
    )
    if not await context.tx.rulings.endorse(command.review, endorsement, following):
        raise Overtaken
    await context.keeper.endorsed(review, endorsement)
    agreed = await context.tx.documents.mark(review.id, command.version)
    content: dict[str, Any] = {"version": command.version, "fingerprint": agreed.fingerprint}
    await context.record("endorsed", review=review.id, step=review.step, **content)


async def _ask_anew(context: CommandContext, command: AskAnew) -> None:
    actor = context.actor
    asked = await context.tx.tracking.ask_anew(
        command.review, command.version, command.reason, actor.id, actor.name, context.now
    )
    if asked is None:
        raise Overtaken
    await context.record("asked to do anew", review=command.review, version=command.version)


async def _answer_anew(context: CommandContext, command: AnswerAnew) -> None:
    asked = {one.id: one for one in await context.tx.tracking.redoings(command.review)}
    actor, review = context.actor, await context.tx.reviews.locked(command.review)
    answered = replace(asked[command.redoing], agreed=command.agreed)
    who = (actor.id, actor.name, actor.position)
    if review is None or not await context.tx.tracking.answer_anew(answered, command.text, who, context.now):
        raise Overtaken
    if command.agreed:
        office = await context.tx.units.office_of(review.person.id)
        await context.tx.reviews.back_to_the_first_step(review.id)
        await lead_anew(context.tx, context.books, office, review, context.now)
    await context.record("done anew" if command.agreed else "stays", review=command.review, version=answered.version)


async def _give_opinion(context: CommandContext, command: GiveOpinion) -> None:
    if not await context.tx.opinions.give(
        command.opinion, command.text, context.actor.id, context.actor.name, context.now
    ):
        raise Overtaken
    review = await context.review(command.review)
    given = next(one for one in await context.tx.opinions.about([review.id]) if one.id == command.opinion)
    await context.keeper.opinion(review, given)
    await context.record("opinion given", review=command.review)


APPLIERS: Mapping[type, Applier] = {
    Submit: _submit,
    Withdraw: _withdraw,
    Approve: _approve,
    Return: _return,
    KeepComment: _keep_comment,
    Endorse: _endorse,
    AskAnew: _ask_anew,
    AnswerAnew: _answer_anew,
    GiveOpinion: _give_opinion,
}
