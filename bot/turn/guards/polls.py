"""Guards of polls: which ones the actor may set, lead, or take part in."""

from collections.abc import Mapping

from bot.turn.command_context import CommandContext
from bot.turn.guards.office import Guard, are_here
from dialogs.core.commands.polls import AdmitToPoll, AmendPoll, CountOn, OpenPoll, WalkPoll
from rules.campaign.permissions import Action, may, relations_to_unit
from rules.meeting.nouns.meeting import Meeting, Status
from rules.meeting.places import relations_to_meeting
from rules.meeting.voting import let_in


async def _poll_set(on: CommandContext, command: OpenPoll | AmendPoll, action: Action) -> bool:
    """The poll must be of the actor's unit or office, with people of the office only; an existing one must be led by
    the actor.
    """
    if not await are_here(on, [one.person for one in command.poll.taking]):
        return False
    if isinstance(command, AmendPoll):
        return await _poll_led(on, command.poll.id, action)
    if command.poll.meeting:
        meeting = await _chaired(on, command.poll.meeting)
        called = {one.id for one in meeting.called} if meeting and meeting.status is Status.RUNNING else set()
        return meeting is not None and all(one.person in called for one in command.poll.taking)
    return may(relations_to_unit(on.actor, on.actor.office, command.poll.unit or 0), action)


async def _poll_walk(on: CommandContext, command: WalkPoll, action: Action) -> bool:
    return await _poll_led(on, command.poll, action)


async def _poll_led(on: CommandContext, poll_id: int, action: Action) -> bool:
    poll = await on.tx.polls.get(poll_id)
    if poll is None or poll.office != await on.tx.units.office_of(on.actor.id):
        return False
    if poll.chair == on.actor.id or may(relations_to_unit(on.actor, on.actor.office, poll.unit or 0), action):
        return True
    return bool(poll.meeting and await _chaired(on, poll.meeting))


async def _chaired(on: CommandContext, meeting_id: int) -> Meeting | None:
    """The meeting, if the actor chairs it; otherwise None."""
    meeting = await on.tx.meetings.get(meeting_id)
    if meeting is None:
        return None
    covers = await on.tx.covers.acts_for(on.actor.id, on.now.date())
    return meeting if may(relations_to_meeting(on.actor, meeting, covers), Action.CHAIR_MEETING) else None


async def _poll_part(on: CommandContext, command: AdmitToPoll, _: Action) -> bool:
    poll = await on.tx.polls.get(command.poll)
    if poll is None or poll.part_of(on.actor.id) is None:
        return False
    meeting = await on.tx.meetings.get(poll.meeting) if poll.meeting else None
    return meeting is None or let_in(meeting, poll, on.actor.id)


GUARDS: Mapping[type, Guard] = {
    OpenPoll: (Action.HOLD_POLL, _poll_set),
    AmendPoll: (Action.HOLD_POLL, _poll_set),
    WalkPoll: (Action.HOLD_POLL, _poll_walk),
    CountOn: (Action.HOLD_POLL, _poll_walk),
    AdmitToPoll: (Action.HOLD_POLL, _poll_part),
}
