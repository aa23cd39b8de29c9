"""Before anything of a turn is kept: nothing it names by an id may be of another office, whatever a dialog let through."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from bot.turn.command_context import CommandContext
from dialogs.core import commands as words
from dialogs.core.turn import Reply, Turn
from dialogs.interview.question_page import news
from rules.campaign.permissions import Action


async def guarded(on: CommandContext, turn: Turn) -> Turn:
    """The turn, or in its place the refusal of what reaches out of the actor's office; that is kept in the audit."""
    for command in turn.commands:
        action, is_ours = GUARDS.get(type(command), (None, None))
        if action and is_ours and not await is_ours(on, command):
            said = Reply("review/line", {"news": [news("unknown")]})
            return Turn((said,), (words.Refuse(action, "other_office"),))
    return turn


async def _people(on: CommandContext, people: Iterable[int]) -> bool:
    known = await on.tx.people.keys(await on.tx.units.office_of(on.actor.id))
    return known.keys() >= set(people)


async def _campaign(on: CommandContext, campaign: int) -> bool:
    parts = await on.tx.campaigns.parts(campaign)
    return any(part.office == on.actor.office for part in parts)


async def _of_campaign(on: CommandContext, command: words.MoveMilestone | words.CloseCampaign) -> bool:
    return await _campaign(on, command.campaign)


async def _of_person(on: CommandContext, command: words.Reissue | words.RevokeInvitations | words.UntiePerson) -> bool:
    return await _people(on, [command.person])


async def _broadcast(on: CommandContext, command: words.Broadcast) -> bool:
    return await _people(on, command.to) and (not command.campaign or await _campaign(on, command.campaign))


async def _set_stand_in(on: CommandContext, command: words.SetStandIn) -> bool:
    return await _people(on, [command.absent, command.stand_in])


async def _end_stand_in(on: CommandContext, command: words.EndStandIn) -> bool:
    office = await on.tx.units.office_of(on.actor.id)
    return command.id in {one.id for one in await on.tx.covers.of_office(office)}


async def _give_opinion(on: CommandContext, command: words.GiveOpinion) -> bool:
    """Asked of the actor; of a body outside, about a review of the actor's office."""
    asked = {one.id: one for one in await on.tx.opinions.about([command.review])}
    one, review = asked.get(command.opinion), await on.tx.reviews.get(command.review)
    if one is None or review is None:
        return False
    return one.asked == on.actor.id or (one.asked is None and review.campaign.office == on.actor.office)


#: What names something by its id → as what it is refused, and whether all it names is the actor's to name. Reviews are
#: not among them: who may do what with one is not a question of the office alone (rules.campaign.permissions).
GUARDS: Mapping[type, tuple[Action, Callable[[CommandContext, Any], Awaitable[bool]]]] = {
    words.MoveMilestone: (Action.MOVE_DATES, _of_campaign),
    words.CloseCampaign: (Action.CLOSE_CAMPAIGN, _of_campaign),
    words.Broadcast: (Action.BROADCAST, _broadcast),
    words.Reissue: (Action.INVITE, _of_person),
    words.RevokeInvitations: (Action.UNTIE, _of_person),
    words.UntiePerson: (Action.UNTIE, _of_person),
    words.SetStandIn: (Action.SET_STAND_IN, _set_stand_in),
    words.EndStandIn: (Action.SET_STAND_IN, _end_stand_in),
    words.GiveOpinion: (Action.GIVE_OPINION, _give_opinion),
}
