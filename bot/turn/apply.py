"""The one place that carries out the commands of a turn, inside the event's transaction.

A test lists all kinds of commands and fails when one has no applier.
"""

import datetime as dt
from typing import Any

from bot.delivery.notices import notify
from bot.turn import apply_office, apply_rulings, apply_uploads
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core import turn as words
from rules.judging.interview import has_rating
from rules.nouns.reviews import Decision, Outcome

#: How long a code for another device of the same person holds.
DEVICE_CODE_HOLDS = dt.timedelta(minutes=30)


async def apply(commands: tuple[words.Command, ...], applying: CommandContext) -> None:
    """Carry the commands out, in order. Nothing is kept before the caller commits."""
    for command in commands:
        await APPLIERS[type(command)](applying, command)


async def _keep_answer(on: CommandContext, command: words.KeepAnswer) -> None:
    await on.tx.reviews.keep_answer(command.review, command.question, command.answer, on.actor.id, on.now)


async def _set_focus(on: CommandContext, command: words.SetFocus) -> None:
    await on.tx.conversations.set_focus(on.actor.id, dict(command.focus) if command.focus is not None else None)


async def _submit(on: CommandContext, command: words.Submit) -> None:
    version = await on.tx.reviews.submit(
        command.review, command.fingerprint, command.self_rating, command.suggested, on.now
    )
    await on.record("submitted", review=command.review, version=version, fingerprint=command.fingerprint)


async def _withdraw(on: CommandContext, command: words.Withdraw) -> None:
    await _decide(on, command, Outcome.WITHDRAWN)


async def _approve(on: CommandContext, command: words.Approve) -> None:
    await _decide(on, command, Outcome.APPROVED, comment=command.comment, for_whom=command.for_whom)
    await on.record("fingerprint approved", review=command.review, fingerprint=command.fingerprint)
    review = await on.tx.reviews.get(command.review)
    if review and not has_rating(on.books[review.campaign.edition].forms[review.form]):
        await on.tx.reviews.finish(command.review)  # a sheet without a rating: nothing is left to decide


async def _return(on: CommandContext, command: words.Return) -> None:
    said = {"comment": command.reason, "for_whom": command.for_whom}
    await _decide(on, command, Outcome.RETURNED, sections=command.sections, **said)


async def _decide(
    on: CommandContext, command: words.Approve | words.Return | words.Withdraw, outcome: Outcome, **said: Any
) -> None:
    decision = Decision(
        version=command.version,
        outcome=outcome,
        **on.signed,
        **said,
    )
    if not await on.tx.reviews.decide(command.review, decision):
        raise Overtaken
    await on.record(outcome.value, review=command.review, version=command.version)


async def _keep_comment(on: CommandContext, command: words.KeepComment) -> None:
    await on.tx.reviews.keep_comment(command.review, command.text)
    await on.record("comment written", review=command.review)


async def _set_language(on: CommandContext, command: words.SetLanguage) -> None:
    await on.tx.conversations.set_language(on.actor.id, command.language)


async def _tie_account(on: CommandContext, command: words.TieAccount) -> None:
    kind = await on.tx.invitations.use(command.invitation, on.now)
    if kind is None:
        raise Overtaken
    if kind == "roster":
        await on.tx.accounts.untie_person(command.person, on.now)  # a new code of the desk is for a new phone
    await on.tx.accounts.tie(on.incoming.channel, on.incoming.account, command.person, on.now)
    await on.tx.audit.record(
        command.person, "account tied", on.now, person_id=command.person, detail={"channel": on.incoming.channel}
    )


async def _issue_invitation(on: CommandContext, command: words.IssueInvitation) -> None:
    await on.tx.invitations.issue(on.actor.id, command.code, "device", on.now + DEVICE_CODE_HOLDS, on.now)
    await on.tx.audit.record(on.actor.id, "device code issued", on.now, person_id=on.actor.id)


async def _untie(on: CommandContext, _: words.Untie) -> None:
    await on.tx.accounts.untie(on.incoming.channel, on.incoming.account, on.now)
    await on.tx.audit.record(
        on.actor.id, "account untied", on.now, person_id=on.actor.id, detail={"channel": on.incoming.channel}
    )


async def _notify(on: CommandContext, command: words.Notify) -> None:
    await _tell(on, command.person, command.key, command)
    if command.cover_except is None:
        return
    for stand_in in await on.tx.covers.standing_in_for(command.person, on.now.date()):
        if stand_in not in {command.cover_except, on.actor.id}:
            await _tell(on, stand_in, f"{command.key}:{stand_in}", command)


async def _tell(on: CommandContext, person: int, key: str, command: words.Notify) -> None:
    delivery = await notify(on.tx, person, key, command.reply, on.now)
    if delivery is not None:
        on.notified.append((delivery, person))


APPLIERS: dict[type, Applier] = {
    words.KeepAnswer: _keep_answer,
    words.SetFocus: _set_focus,
    words.Submit: _submit,
    words.Withdraw: _withdraw,
    words.Approve: _approve,
    words.Return: _return,
    words.KeepComment: _keep_comment,
    words.SetLanguage: _set_language,
    words.TieAccount: _tie_account,
    words.IssueInvitation: _issue_invitation,
    words.Untie: _untie,
    words.Notify: _notify,
    **apply_rulings.APPLIERS,
    **apply_office.APPLIERS,
    **apply_uploads.APPLIERS,
}
