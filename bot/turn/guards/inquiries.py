"""Guards of inquiries: about whom the actor may ask outside bodies."""

from collections.abc import Mapping

from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard, are_here
from dialogs.core.commands.inquiries import AskOutside, ReceiveOutside, WithdrawLink
from rules.campaign.permissions import Action, may, relations_to_person


async def _ask_outside(on: CommandContext, command: AskOutside, action: Action) -> bool:
    """The people must be of the actor's office and in a campaign of it, and the actor must be allowed to ask about
    each.
    """
    people = [person for person, _ in command.people]
    if not any(part.office == on.actor.office for part in await on.tx.campaigns.parts(command.campaign)):
        return False
    if not await are_here(on, people):
        return False
    about = [await on.tx.people.get(one) for one in people]
    return all(may(relations_to_person(on.actor, one), action) for one in about)


async def _inquiry(on: CommandContext, command: WithdrawLink, action: Action) -> bool:
    asked = await on.tx.inquiries.one(command.inquiry)
    return asked is not None and may(relations_to_person(on.actor, await on.tx.people.get(asked.person_id)), action)


async def _outside_answer(on: CommandContext, command: ReceiveOutside, action: Action) -> bool:
    answer = await on.tx.inquiries.answer(command.answer)
    return answer is not None and await _inquiry(on, WithdrawLink(answer.inquiry_id), action)


GUARDS: Mapping[type, Guard] = {
    AskOutside: (Action.ASK_OUTSIDE, _ask_outside),
    WithdrawLink: (Action.ASK_OUTSIDE, _inquiry),
    ReceiveOutside: (Action.RECEIVE_OUTSIDE, _outside_answer),
}
