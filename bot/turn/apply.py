"""The one place that carries out the commands of a turn, inside the event's transaction.

A test lists all kinds of commands and fails when one has no applier.
"""

import datetime as dt
from dataclasses import replace
from typing import Any

from bot.campaign.enrol import lead_anew
from bot.campaign.months.following import changed_by, following
from bot.delivery.notices import Notice, notify
from bot.turn import (
    apply_inquiries,
    apply_meeting,
    apply_office,
    apply_polls,
    apply_reports,
    apply_rounds,
    apply_upward,
)
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.accounts import (
    AgreeToCode,
    IssueConsoleLink,
    IssueInvitation,
    RefuseCode,
    SetLanguage,
    TieAccount,
    Untie,
    UntieOthers,
)
from dialogs.core.commands.answers import KeepAnswer, KeepAsked
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
from dialogs.core.commands.improvement import AddImprovement, EndImprovement
from dialogs.core.commands.rulings import AnswerPetition, Decide, FilePetition, Respond
from dialogs.core.commands.stand_ins import EndStandIn, SetStandIn
from dialogs.core.turn import Notify, SetFocus, Turn
from dialogs.lobby.console import LINK_MINUTES
from rules.judging.interview import has_rating
from rules.nouns.devices import CodeGiven
from rules.nouns.reviews import Decision, Outcome
from rules.nouns.rulings import Acknowledgement, Endorsement, Petition, Ruling
from storage.values import NewCode

#: How long a code for another device of the same person holds.
DEVICE_CODE_HOLDS = dt.timedelta(minutes=30)

#: How long a link to the console holds.
CONSOLE_LINK_HOLDS = dt.timedelta(minutes=LINK_MINUTES)


async def apply(turn: Turn, context: CommandContext) -> None:
    """Carry the turn's commands out, in order. Nothing is kept before the caller commits."""
    for command in turn.commands:
        await APPLIERS[type(command)](context, command)
    changed = await changed_by(context.tx, turn)
    for notice in await following(context.tx, context.books, changed):
        await _notify(context, notice)
    await _write(context)


# ── one's own review, and what the chain says to it ────────────────────────────────────────────


async def _keep_answer(context: CommandContext, command: KeepAnswer) -> None:
    await context.tx.reviews.keep_answer(
        command.review, command.question, command.answer, context.actor.id, context.now
    )


async def _set_focus(context: CommandContext, command: SetFocus) -> None:
    await context.tx.conversations.set_focus(
        context.actor.id, dict(command.focus) if command.focus is not None else None
    )


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


async def _keep_asked(context: CommandContext, command: KeepAsked) -> None:
    await context.tx.reviews.keep_asked(command.review, command.stamps)


async def _set_language(context: CommandContext, command: SetLanguage) -> None:
    await context.tx.conversations.set_language(context.actor.id, command.language)


async def _tie_account(context: CommandContext, command: TieAccount) -> None:
    kind = await context.tx.invitations.use(command.invitation, context.now)
    if kind is None:
        raise Overtaken
    if kind == "roster":
        await context.tx.accounts.untie_person(command.person, context.now)  # a new code of the desk is for a new phone
    await context.tx.accounts.tie(
        context.incoming.channel, context.incoming.account, command.person, context.now, command.invitation
    )
    await context.tx.audit.record(
        command.person,
        "account tied",
        context.now,
        person_id=command.person,
        detail={"channel": context.incoming.channel},
    )


async def _issue_invitation(context: CommandContext, command: IssueInvitation) -> None:
    """What comes in by it is as the device it is asked for on."""
    # Of several codes the newest is the one meant.
    await context.tx.invitations.revoke_device(context.actor.id, context.now)
    await context.tx.invitations.issue(
        NewCode(context.actor.id, command.code, context.device), "device", context.now + DEVICE_CODE_HOLDS, context.now
    )
    await context.tx.audit.record(context.actor.id, "device code issued", context.now, person_id=context.actor.id)


async def _issue_console_link(context: CommandContext, command: IssueConsoleLink) -> None:
    """The session that begins by it ends with this account."""
    incoming, actor = context.incoming, context.actor
    asked_from = (incoming.channel, incoming.account)
    await context.tx.consoles.issue(command.code, asked_from, actor.id, context.now + CONSOLE_LINK_HOLDS, context.now)
    await context.record("console link issued", person=actor.id, channel=incoming.channel)


async def _untie(context: CommandContext, command: Untie) -> None:
    if command.not_theirs:
        await context.tx.invitations.not_theirs(context.incoming.channel, context.incoming.account, context.now)
    await context.tx.accounts.untie(context.incoming.channel, context.incoming.account, context.now)
    await context.tx.audit.record(
        context.actor.id,
        "account untied",
        context.now,
        person_id=context.actor.id,
        detail={"channel": context.incoming.channel},
    )


async def _agree_to_code(context: CommandContext, command: AgreeToCode) -> None:
    await _own_code(context, command.invitation)
    await context.tx.invitations.open_now(command.invitation, context.now)
    await context.record("code agreed to", person=context.actor.id, invitation=command.invitation)


async def _refuse_code(context: CommandContext, command: RefuseCode) -> None:
    given = await _own_code(context, command.invitation)
    await context.tx.invitations.revoke_open(context.actor.id, context.now)
    await context.record("code refused", person=context.actor.id, invitation=command.invitation, given_by=given.by)


async def _own_code(context: CommandContext, invitation: int) -> CodeGiven:
    """Who gave the code. Overtaken when it is not, or no longer, the one that waits for the actor."""
    code = await context.tx.invitations.anew_for(context.actor.id, context.now)
    if code is None or code.id != invitation:
        raise Overtaken
    return code.given


async def _untie_others(context: CommandContext, _: UntieOthers) -> None:
    incoming, person = context.incoming, context.actor.id
    untied = await context.tx.accounts.untie_others(person, incoming.channel, incoming.account, context.now)
    await context.tx.invitations.revoke_device(person, context.now)
    await context.record("other accounts untied", person=person, accounts=untied, channel=incoming.channel)


async def _notify(context: CommandContext, command: Notify) -> None:
    context.told.append(Notice(command.person, command.key, command.reply))
    if command.cover_except is None:
        return
    for stand_in in await context.tx.covers.standing_in_for(command.person, context.now.date()):
        if stand_in not in {command.cover_except, context.actor.id}:
            context.told.append(Notice(stand_in, f"{command.key}:{stand_in}", command.reply))


async def _write(context: CommandContext) -> None:
    """The notices. Of several each would take as long as the step itself: they are written together."""
    if len(context.told) > 1:
        context.to_many += context.told
        return
    for one in context.told:
        delivery = await notify(context.tx, one.person, one.key, one.reply, context.now)
        if delivery is not None:
            context.notified.append(delivery)


# ── what authorities and people say to a review after it is handed in ──────────────────────────


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


async def _add_improvement(context: CommandContext, command: AddImprovement) -> None:
    await context.tx.improvements.add(context.actor.id, command.year, command.what, command.by, context.now)


async def _end_improvement(context: CommandContext, command: EndImprovement) -> None:
    await context.tx.improvements.end(command.improvement, context.actor.id, context.now, done=command.done)


async def _set_stand_in(context: CommandContext, command: SetStandIn) -> None:
    await context.tx.covers.set(
        command.absent, command.stand_in, command.since, command.until, context.actor.id, context.now
    )
    days: dict[str, Any] = {"since": command.since.isoformat(), "until": command.until.isoformat()}
    await context.record("stand-in named", person=command.absent, stand_in=command.stand_in, **days)


async def _end_stand_in(context: CommandContext, command: EndStandIn) -> None:
    await context.tx.covers.end(command.id, context.now)
    await context.record("stand-in ended", id=command.id)


APPLIERS: dict[type, Applier] = {
    KeepAnswer: _keep_answer,
    SetFocus: _set_focus,
    Submit: _submit,
    Withdraw: _withdraw,
    Approve: _approve,
    Return: _return,
    KeepComment: _keep_comment,
    KeepAsked: _keep_asked,
    SetLanguage: _set_language,
    TieAccount: _tie_account,
    IssueInvitation: _issue_invitation,
    IssueConsoleLink: _issue_console_link,
    Untie: _untie,
    UntieOthers: _untie_others,
    Notify: _notify,
    AgreeToCode: _agree_to_code,
    RefuseCode: _refuse_code,
    Endorse: _endorse,
    Decide: _rule,
    Respond: _respond,
    FilePetition: _file_petition,
    AnswerPetition: _answer_petition,
    AskAnew: _ask_anew,
    AnswerAnew: _answer_anew,
    GiveOpinion: _give_opinion,
    AddImprovement: _add_improvement,
    EndImprovement: _end_improvement,
    SetStandIn: _set_stand_in,
    EndStandIn: _end_stand_in,
    **apply_office.APPLIERS,
    **apply_meeting.APPLIERS,
    **apply_rounds.APPLIERS,
    **apply_inquiries.APPLIERS,
    **apply_reports.APPLIERS,
    **apply_polls.APPLIERS,
    **apply_upward.APPLIERS,
}
