"""What guards ask of the actor's office."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from bot.turn.command_context import CommandContext
from dialogs.core.commands.campaigns import ChooseLastMonth, CloseCampaign, Extend, MoveMilestone, UndoCampaign
from dialogs.core.commands.files import KeepOwnTable, TakeOutOwnTable
from rules.campaign.permissions import Action, may, relations_to_office

#: As what it is refused, and whether all it names is the actor's to name.
Guard = tuple[Action, Callable[[CommandContext, Any, Action], Awaitable[bool]]]


async def are_here(on: CommandContext, people: Iterable[int]) -> bool:
    """Whether all of these are of the actor's office."""
    known = await on.tx.people.keys(await on.tx.units.office_of(on.actor.id))
    return known.keys() >= set(people)


async def of_that_campaign(on: CommandContext, campaign: int, action: Action) -> bool:
    """What the actor is to the office of the campaign: of another one nothing is allowed."""
    parts = await on.tx.campaigns.parts(campaign)
    return any(may(relations_to_office(on.actor, part.office), action) for part in parts)


async def of_campaign(
    on: CommandContext,
    command: MoveMilestone | Extend | ChooseLastMonth | CloseCampaign | UndoCampaign | KeepOwnTable | TakeOutOwnTable,
    action: Action,
) -> bool:
    """The same of a command that names its campaign."""
    return await of_that_campaign(on, command.campaign, action)
