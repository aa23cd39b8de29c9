"""Guards of accounts: whose codes and devices the actor may change."""

from collections.abc import Mapping

from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard, are_here
from dialogs.core.commands.accounts import (
    AgreeHaste,
    AskHaste,
    ConfirmNewcomer,
    Reissue,
    RevokeInvitations,
    UntiePerson,
)
from rules.campaign.permissions import Action, may, relations_to_person


async def _of_person(
    on: CommandContext,
    command: Reissue | RevokeInvitations | UntiePerson | AskHaste | AgreeHaste | ConfirmNewcomer,
    action: Action,
) -> bool:
    if not await are_here(on, [command.person]):
        return False
    return may(relations_to_person(on.actor, await on.tx.people.get(command.person)), action)


GUARDS: Mapping[type, Guard] = {
    Reissue: (Action.INVITE, _of_person),
    AskHaste: (Action.HASTEN, _of_person),
    AgreeHaste: (Action.AGREE_HASTE, _of_person),
    ConfirmNewcomer: (Action.AGREE_HASTE, _of_person),
    RevokeInvitations: (Action.UNTIE, _of_person),
    UntiePerson: (Action.UNTIE, _of_person),
}
