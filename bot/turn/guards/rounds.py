"""Guards of rounds: to whom the actor may send drafts, and what they may do with a round."""

from collections.abc import Mapping

from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard, are_here, of_campaign, of_that_campaign
from dialogs.core.commands.rounds import (
    AnswerRound,
    BeginRound,
    BeginSheets,
    ConcludeSheet,
    ConsentToName,
    EndRound,
    EnterSlips,
    ProlongRound,
    PutInBox,
    SettleComment,
    WeighPoints,
)
from rules.campaign.permissions import Action, Relation, may, relations_to_round, relations_to_unit


async def _begin_round(on: CommandContext, command: BeginRound, action: Action) -> bool:
    """Everybody asked must be of the actor's office; what may be sent is checked by the loaded data."""
    about = [one for one in (command.begun.owner, command.begun.person) if one is not None]
    own_text = command.begun.token.startswith("t")  # of nobody's review: who heads a unit sends one, and the desk
    held = relations_to_unit(on.actor, on.actor.office, on.actor.unit_id) | (set() if own_text else {Relation.SELF})
    whole = may(held, action)
    return whole and command.begun.office == on.actor.office and await are_here(on, [*command.asked, *about])


async def _begin_sheets(on: CommandContext, command: BeginSheets, action: Action) -> bool:
    """The sheets must be of a campaign of the office, each about a person of it."""
    if not await of_that_campaign(on, command.campaign, action):
        return False
    about = all(one.begun.campaign == command.campaign and one.begun.about_somebody for one in command.sheets)
    return about and all([await _begin_round(on, one, action) for one in command.sheets])


async def _round(
    on: CommandContext,
    command: AnswerRound | PutInBox | ConsentToName | EnterSlips | SettleComment | ProlongRound | EndRound,
    action: Action,
) -> bool:
    talk = await on.tx.rounds.talk(command.round)
    return talk is not None and may(relations_to_round(on.actor, talk), action)


GUARDS: Mapping[type, Guard] = {
    BeginRound: (Action.START_ROUND, _begin_round),
    BeginSheets: (Action.START_ROUND, _begin_sheets),
    AnswerRound: (Action.ANSWER_ROUND, _round),
    PutInBox: (Action.ANSWER_ROUND, _round),
    ConsentToName: (Action.ANSWER_ROUND, _round),
    EnterSlips: (Action.SETTLE_ROUND, _round),
    SettleComment: (Action.SETTLE_ROUND, _round),
    ProlongRound: (Action.SETTLE_ROUND, _round),
    EndRound: (Action.SETTLE_ROUND, _round),
    ConcludeSheet: (Action.SETTLE_ROUND, _round),
    WeighPoints: (Action.WEIGH_POINTS, of_campaign),
}
