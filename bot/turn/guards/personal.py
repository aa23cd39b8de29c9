"""The guard of data requests."""

from collections.abc import Mapping

from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard
from dialogs.core.commands.personal import AnswerData, SeeData
from rules.campaign.permissions import Action, may, relations_to_person


async def _data_request(on: CommandContext, command: SeeData | AnswerData, action: Action) -> bool:
    asked = await on.tx.requests.get(command.request)
    return asked is not None and may(relations_to_person(on.actor, asked.person), action)


GUARDS: Mapping[type, Guard] = {
    SeeData: (Action.ANSWER_DATA, _data_request),
    AnswerData: (Action.ANSWER_DATA, _data_request),
}
