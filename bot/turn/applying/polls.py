"""Applies commands about polls: setting, amending and advancing them, and letting people in to their page."""

from collections.abc import Mapping
from dataclasses import replace

from bot.balloting import protocol
from bot.campaign.polls.telling import of_count
from bot.delivery.notices import Notice
from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.polls import AdmitToPoll, AmendPoll, CountOn, OpenPoll, WalkPoll
from dialogs.polls.setting import teller_notice
from rules.balloting.poll import Mode, Poll, Stage, obstacles


async def _open(context: CommandContext, command: OpenPoll) -> None:
    office = await context.tx.units.office_of(context.actor.id)
    poll_id = await context.tx.polls.add(replace(command.poll, office=office), context.now)
    poll = replace(command.poll, id=poll_id)
    told = [
        Notice(one.person, f"poll-teller:{poll_id}:{one.person}:{context.now.isoformat()}", teller_notice(poll))
        for one in poll.tellers  # of a round before: they count again
        if one.person != context.actor.id
    ]
    context.to_many.extend(told)
    await context.record("poll set", poll=poll_id, mode=command.poll.mode.value)


async def _amend(context: CommandContext, command: AmendPoll) -> None:
    poll = await _locked(context, command.poll.id)
    if poll.stage is not Stage.PREPARING:
        raise Overtaken
    # Keys that tellers' phones have made meanwhile are kept.
    made = {one.person: (one.teller, one.public) for one in poll.taking}
    taking = tuple(
        replace(one, public=made[one.person][1]) if made.get(one.person, (0,))[0] == one.teller else one
        for one in command.poll.taking
    )
    await context.tx.polls.amend(replace(command.poll, taking=taking))
    await context.record("poll amended", poll=poll.id)


async def _walk(context: CommandContext, command: WalkPoll) -> None:
    """Advance the poll. The stage and time are recorded in the audit, since they are announced in the room; nothing
    about ballots is.
    """
    poll = await _locked(context, command.poll)
    if obstacles(poll, command.to, early=await protocol.is_early(context.tx, poll)):
        raise Overtaken
    if command.to is Stage.GATHERING:
        await protocol.open_gathering(context.tx, poll, context.now)
    elif command.to is Stage.COUNTED and poll.mode is Mode.OPEN:
        await protocol.close_open(context.tx, poll, context.now)
        told = await of_count(context.tx, context.books, replace(poll, stage=Stage.COUNTED))
        context.to_many.extend(one for one in told if one.person != context.actor.id)
    else:
        await context.tx.polls.walk(poll.id, command.to, context.now)
    await context.record("poll led on", poll=poll.id, stage=command.to.value)


async def _count_on(context: CommandContext, command: CountOn) -> None:
    poll = await _locked(context, command.poll)
    try:
        await protocol.count_on(context.tx, poll)
    except protocol.RefusedError:
        raise Overtaken from None
    await context.record("poll counted on", poll=poll.id)


async def _admit(context: CommandContext, command: AdmitToPoll) -> None:
    await context.tx.polls.admit(command.poll, context.actor.id, command.code)


async def _locked(context: CommandContext, poll_id: int) -> Poll:
    poll = await context.tx.polls.locked(poll_id)
    if poll is None:
        raise Overtaken
    return poll


APPLIERS: Mapping[type, Applier] = {
    OpenPoll: _open,
    AmendPoll: _amend,
    WalkPoll: _walk,
    CountOn: _count_on,
    AdmitToPoll: _admit,
}
