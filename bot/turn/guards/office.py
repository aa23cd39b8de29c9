"""What guards check about the actor's office."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from bot.turn.command_context import CommandContext
from dialogs.core.commands.campaigns import ChooseLastMonth, CloseCampaign, Extend, MoveMilestone, UndoCampaign
from dialogs.core.commands.files import KeepOwnTable, TakeOutOwnTable
from rules.campaign.permissions import Action, may, relations_to_office

#: The name of the refusal, and whether the actor may name all that the command names.
Guard = tuple[Action, Callable[[CommandContext, Any, Action], Awaitable[bool]]]


async def are_here(on: CommandContext, people: Iterable[int]) -> bool:
    """Whether all of these people are of the actor's office."""
    known = await on.tx.people.keys(await on.tx.units.office_of(on.actor.id))
    return known.keys() >= set(people)


async def of_that_campaign(on: CommandContext, campaign: int, action: Action) -> bool:
    """The actor's relations to the office of the campaign; none, so that nothing is allowed, for another office."""
    parts = await on.tx.campaigns.parts(campaign)
    return any(may(relations_to_office(on.actor, part.office), action) for part in parts)


async def of_campaign(
    on: CommandContext,
    command: MoveMilestone | Extend | ChooseLastMonth | CloseCampaign | UndoCampaign | KeepOwnTable | TakeOutOwnTable,
    action: Action,
) -> bool:
    """The same for a command that names its campaign."""
    return await of_that_campaign(on, command.campaign, action)
