"""The guard of opinions given on a draft."""

from collections.abc import Mapping

from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard
from dialogs.core.commands.drafts import GiveOpinion
from rules.campaign.permissions import Action, may, relations, relations_to_office


async def _give_opinion(on: CommandContext, command: GiveOpinion, action: Action) -> bool:
    """Asked of the actor; of a body outside, about a review of the actor's office."""
    asked = {one.id: one for one in await on.tx.opinions.about([command.review])}
    opinion, review = asked.get(command.opinion), await on.tx.reviews.get(command.review)
    if opinion is None or review is None:
        return False
    if opinion.asked is None:
        return may(relations_to_office(on.actor, review.campaign.office), Action.RECORD_OUTSIDE)
    return may(relations(on.actor, review, asked=opinion.asked == on.actor.id), action)


GUARDS: Mapping[type, Guard] = {
    GiveOpinion: (Action.GIVE_OPINION, _give_opinion),
}
