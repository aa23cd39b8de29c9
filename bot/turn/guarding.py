"""Guards: before anything of a turn is stored, everything it names by an id is checked against the table of permissions
once more, so that nothing of another office can be reached, whatever a dialog let through.
"""

from collections.abc import Mapping

from bot.turn.command_context import CommandContext
from bot.turn.guards import (
    accounts,
    campaigns,
    drafts,
    files,
    inquiries,
    ledgers,
    meetings,
    personal,
    polls,
    rounds,
    stand_ins,
    upward,
)
from bot.turn.guards.office import Guard
from dialogs.core.commands.refusals import Refuse
from dialogs.core.turn import Reply, Turn
from dialogs.interview.question_page import news


async def guarded(on: CommandContext, turn: Turn) -> Turn:
    """The turn or, if it reaches outside the actor's office, its refusal, which is recorded in the audit."""
    for command in turn.commands:
        action, is_ours = GUARDS.get(type(command), (None, None))
        if action and is_ours and not await is_ours(on, command, action):
            said = Reply("review/line", {"news": [news("unknown")]})
            return Turn((said,), (Refuse(action, "other_office"),))
    return turn


#: What names something by its id. Reviews are not among them: who may do what with one is not a question of the office alone
#: (rules.campaign.permissions).
GUARDS: Mapping[type, Guard] = {
    **accounts.GUARDS,
    **campaigns.GUARDS,
    **drafts.GUARDS,
    **files.GUARDS,
    **inquiries.GUARDS,
    **ledgers.GUARDS,
    **meetings.GUARDS,
    **personal.GUARDS,
    **polls.GUARDS,
    **rounds.GUARDS,
    **stand_ins.GUARDS,
    **upward.GUARDS,
}
