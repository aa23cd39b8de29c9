"""Applies commands about accounts: signing in and out, codes and links, language, and reminders."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from bot.campaign.enrol import INVITATION_HOLDS
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.accounts import (
    AgreeHaste,
    AgreeToCode,
    AskHaste,
    ConfirmNewcomer,
    IssueConsoleLink,
    IssueInvitation,
    RefuseCode,
    Reissue,
    RevokeInvitations,
    SetLanguage,
    Snooze,
    TieAccount,
    Untie,
    UntieOthers,
    UntiePerson,
)
from dialogs.lobby.console import LINK_MINUTES
from rules.nouns.devices import CodeGiven
from storage.values import NewCode

#: How long a code for another device of the same person is valid.
DEVICE_CODE_HOLDS = dt.timedelta(minutes=30)

#: How long a console link is valid.
CONSOLE_LINK_HOLDS = dt.timedelta(minutes=LINK_MINUTES)


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
    """Issue a code. A device that comes in by it is treated like the device that asked for it."""
    # Of several codes only the newest is valid.
    await context.tx.invitations.revoke_device(context.actor.id, context.now)
    await context.tx.invitations.issue(
        NewCode(context.actor.id, command.code, context.device), "device", context.now + DEVICE_CODE_HOLDS, context.now
    )
    await context.tx.audit.record(context.actor.id, "device code issued", context.now, person_id=context.actor.id)


async def _issue_console_link(context: CommandContext, command: IssueConsoleLink) -> None:
    """Issue a console link. The session begun by it ends with this account."""
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
    """The issuer of the code that is waiting for the actor. Raises Overtaken when that is another code by now, or none."""
    code = await context.tx.invitations.anew_for(context.actor.id, context.now)
    if code is None or code.id != invitation:
        raise Overtaken
    return code.given


async def _untie_others(context: CommandContext, _: UntieOthers) -> None:
    incoming, person = context.incoming, context.actor.id
    untied = await context.tx.accounts.untie_others(person, incoming.channel, incoming.account, context.now)
    await context.tx.invitations.revoke_device(person, context.now)
    await context.record("other accounts untied", person=person, accounts=untied, channel=incoming.channel)


async def _reissue(context: CommandContext, command: Reissue) -> None:
    tx, actor = context.tx, context.actor
    await tx.invitations.revoke_open(command.person, context.now)
    if command.opens_at is None and await tx.invitations.has_been_in(command.person):
        raise Overtaken  # they came in meanwhile: from then on a code is given anew
    first = command.opens_at is None
    # A head takes no part in reviews sent from a device they let in, until somebody else has confirmed the person.
    bars = actor.head or not first
    through = tuple(sorted(context.device.bars)) if context.device else ()
    given = CodeGiven(actor.id, actor.name, actor.position, context.now, first, through) if bars or through else None
    await tx.invitations.issue(
        NewCode(command.person, command.code, given, command.opens_at),
        "roster",
        context.now + INVITATION_HOLDS,
        context.now,
    )
    waits: dict[str, Any] = {"opens_at": command.opens_at.isoformat()} if command.opens_at else {}
    await context.record("invitation issued", person=command.person, **waits)


async def _ask_haste(context: CommandContext, command: AskHaste) -> None:
    if not await context.tx.invitations.hasten(command.invitation, context.actor.id, command.reason, context.now):
        raise Overtaken
    await context.record("haste asked", person=command.person, invitation=command.invitation, reason=command.reason)


async def _agree_haste(context: CommandContext, command: AgreeHaste) -> None:
    """A second person, who neither issued the code nor asked for haste, agrees that it may be used at once."""
    code = await context.tx.invitations.anew_for(command.person, context.now)
    if code is None or code.id != command.invitation or not context.others_than({*code.given.bars, code.hastened_by}):
        raise Overtaken
    if code.hastened_by is None or not await context.tx.invitations.open_now(code.id, context.now):
        raise Overtaken
    hastened: dict[str, Any] = {"asked_by": code.hastened_by, "reason": code.reason}
    await context.record("wait ended early", person=command.person, invitation=code.id, **hastened)


async def _confirm(context: CommandContext, command: ConfirmNewcomer) -> None:
    if not await context.tx.invitations.confirm(command.person, context.actor.id, context.now):
        raise Overtaken
    await context.record("newcomer confirmed", person=command.person)


async def _revoke(context: CommandContext, command: RevokeInvitations) -> None:
    await context.tx.invitations.revoke_open(command.person, context.now)
    await context.record("invitations revoked", person=command.person)


async def _untie_person(context: CommandContext, command: UntiePerson) -> None:
    untied = await context.tx.accounts.untie_person(command.person, context.now)
    await context.record("accounts untied", person=command.person, accounts=untied)


async def _snooze(context: CommandContext, command: Snooze) -> None:
    await context.tx.people.snooze(context.actor.id, command.until)
    await context.record("snoozed", person=context.actor.id, until=command.until.isoformat())


APPLIERS: Mapping[type, Applier] = {
    SetLanguage: _set_language,
    TieAccount: _tie_account,
    IssueInvitation: _issue_invitation,
    IssueConsoleLink: _issue_console_link,
    Untie: _untie,
    UntieOthers: _untie_others,
    AgreeToCode: _agree_to_code,
    RefuseCode: _refuse_code,
    Reissue: _reissue,
    AskHaste: _ask_haste,
    AgreeHaste: _agree_haste,
    ConfirmNewcomer: _confirm,
    RevokeInvitations: _revoke,
    UntiePerson: _untie_person,
    Snooze: _snooze,
}
