"""Guards of campaigns: their dates, months recorded, messages to many."""

from collections.abc import Mapping

from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard, are_here, of_campaign, of_that_campaign
from dialogs.core.commands.campaigns import (
    Broadcast,
    ChooseLastMonth,
    CloseCampaign,
    Extend,
    MoveMilestone,
    RecordMonths,
    UndoCampaign,
)
from rules.campaign.permissions import Action, may, relations_to_office, relations_to_person


async def _record_months(on: CommandContext, command: RecordMonths, action: Action) -> bool:
    """The months must be of one person of the office, and not be recorded by that person."""
    if any(one.person != command.person for one in command.scores) or not await are_here(on, [command.person]):
        return False
    return may(relations_to_person(on.actor, await on.tx.people.get(command.person)), action)


async def _broadcast(on: CommandContext, command: Broadcast, action: Action) -> bool:
    if not may(relations_to_office(on.actor, on.actor.office), action) or not await are_here(on, command.to):
        return False
    return not command.campaign or await of_that_campaign(on, command.campaign, action)


GUARDS: Mapping[type, Guard] = {
    MoveMilestone: (Action.MOVE_DATES, of_campaign),
    Extend: (Action.MOVE_DATES, of_campaign),
    RecordMonths: (Action.RECORD_OUTSIDE, _record_months),
    ChooseLastMonth: (Action.MOVE_DATES, of_campaign),
    CloseCampaign: (Action.CLOSE_CAMPAIGN, of_campaign),
    UndoCampaign: (Action.OPEN_CAMPAIGN, of_campaign),
    Broadcast: (Action.BROADCAST, _broadcast),
}
