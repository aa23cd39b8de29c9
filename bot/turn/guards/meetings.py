"""Guards of meetings: which ones the actor may call, and what they may do in them."""

from collections.abc import Mapping

from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard
from dialogs.core.commands.meetings import AddToMeeting, CallMeeting, IssueWallLink, KeepMinutes
from rules.campaign.permissions import Action, Relation, may, relations_to_unit
from rules.meeting.cells import CELLS, leaders_of
from rules.meeting.places import may_happen, relations_to_meeting


async def _call_meeting(on: CommandContext, command: CallMeeting, action: Action) -> bool:
    """The meeting must be of a unit of the actor's office, in a campaign of it, and called by its head or deputy, a
    stand-in for the head, or the desk.
    """
    actor, office = on.actor, await on.tx.units.office_of(on.actor.id)
    if not any(part.office == actor.office for part in await on.tx.campaigns.parts(command.campaign)):
        return False
    units, heads = await on.tx.units.of_office(office), await on.tx.units.heads(office)
    acts_for = await on.tx.covers.acts_for(actor.id, on.now.date())
    stands_in = {Relation.STAND_IN} if heads.get(command.unit) in acts_for else set()
    held = relations_to_unit(actor, actor.office, command.unit) | stands_in
    if await _leads_cell(on, command, office):
        held |= {Relation.CELL_LEADER}
    return command.unit in units.values() and may(held, action)


async def _leads_cell(on: CommandContext, command: CallMeeting, office: int) -> bool:
    """Whether the meeting is one of a party body of that unit which the actor leads according to the roster."""
    bodies = [
        one for one in await on.tx.people.of_office(office) if one.subject in CELLS and one.unit_id == command.unit
    ]
    body = next((one for one in bodies if one.id == command.first.data.get("body")), None)
    return body is not None and on.actor.id in leaders_of(body, await on.tx.units.bodies(office))


async def _meeting(on: CommandContext, command: AddToMeeting | KeepMinutes | IssueWallLink, action: Action) -> bool:
    """The meeting must be of the actor's office, and every happening theirs to bring about."""
    meeting = await on.tx.meetings.get(command.meeting)
    if meeting is None:
        return False
    acts_for = await on.tx.covers.acts_for(on.actor.id, on.now.date())
    match command:
        case AddToMeeting(happenings=happenings):
            return all(may_happen(on.actor, meeting, one, acts_for) for one in happenings)
        case KeepMinutes(adopted=True):
            return may(relations_to_meeting(on.actor, meeting, acts_for), Action.CHAIR_MEETING)
        case _:
            return may(relations_to_meeting(on.actor, meeting, acts_for), action)


GUARDS: Mapping[type, Guard] = {
    CallMeeting: (Action.CALL_MEETING, _call_meeting),
    AddToMeeting: (Action.SPEAK, _meeting),
    KeepMinutes: (Action.WRITE_MINUTES, _meeting),
    IssueWallLink: (Action.WRITE_MINUTES, _meeting),
}
