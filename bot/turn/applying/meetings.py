"""Applies commands about meetings."""

import datetime as dt
from collections.abc import Mapping

from bot.documents.minutes import minutes_of
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.meetings import AddToMeeting, CallMeeting, IssueWallLink, KeepMinutes
from dialogs.meeting.steering import WALL_MINUTES
from rules.meeting.happenings import Kind, NewHappening
from rules.meeting.minutes import fingerprint
from rules.meeting.voting import still_on


async def _call(context: CommandContext, command: CallMeeting) -> None:
    tx = context.tx
    await tx.campaigns.take_turns(command.campaign)
    meeting = await tx.meetings.call(command.campaign, command.unit, command.first, context.actor, context.now)
    await context.record("meeting called", campaign=command.campaign, unit=command.unit, meeting=meeting)


async def _add(context: CommandContext, command: AddToMeeting) -> None:
    closing = any(one.kind is Kind.CLOSED for one in command.happenings)
    if closing and still_on(await context.tx.polls.of_meeting(command.meeting)):
        raise Overtaken
    if not await context.tx.meetings.add(
        command.meeting, command.happenings, context.actor, context.now, command.after
    ):
        raise Overtaken
    for one in command.happenings:
        kind = one.kind.value
        await context.record("meeting went on", review=one.item, person=one.person, meeting=command.meeting, kind=kind)


async def _minutes(context: CommandContext, command: KeepMinutes) -> None:
    """Store minutes. They are made from the meeting as it stands in this transaction; adopting them stores the version
    that was laid, word for word, with the people who agreed.
    """
    tx = context.tx
    meeting = await tx.meetings.get(command.meeting)
    if meeting is None or meeting.last != command.after:
        raise Overtaken
    value = await minutes_of(tx, meeting, final=command.adopted)
    if command.adopted:
        laid = await tx.meetings.minutes(meeting.id)
        assert laid is not None, "only what was laid is adopted"
        value = {**laid.content, "adopted": value["adopted"]}
    mark = fingerprint(value)
    await tx.meetings.keep_minutes(meeting.id, value, mark, context.actor.id, context.now, final=command.adopted)
    kind = Kind.ADOPTED if command.adopted else Kind.MINUTES
    new = NewHappening(kind, data={"fingerprint": mark})
    if not await tx.meetings.add(meeting.id, (new,), context.actor, context.now, command.after):
        raise Overtaken
    await context.record("minutes adopted" if command.adopted else "minutes kept", meeting=meeting.id, fingerprint=mark)


async def _wall(context: CommandContext, command: IssueWallLink) -> None:
    opens = context.now + dt.timedelta(minutes=WALL_MINUTES)
    await context.tx.meetings.issue_wall(command.code, command.meeting, context.actor.id, opens, context.now)
    await context.record("wall link issued", meeting=command.meeting)


APPLIERS: Mapping[type, Applier] = {
    CallMeeting: _call,
    AddToMeeting: _add,
    KeepMinutes: _minutes,
    IssueWallLink: _wall,
}
