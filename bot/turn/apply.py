"""Applies the commands of a turn inside the event's transaction; there is no other place that does.

A test lists all kinds of commands and fails when one has no applier.
"""

from bot.campaign.months.following import changed_by, following
from bot.delivery.notices import Notice, notify
from bot.turn.applying import (
    accounts,
    answers,
    campaigns,
    drafts,
    files,
    improvement,
    inquiries,
    ledgers,
    meetings,
    personal,
    polls,
    refusals,
    reports,
    rounds,
    rulings,
    stand_ins,
    upward,
)
from bot.turn.command_context import Applier, CommandContext
from dialogs.core.turn import Notify, SetFocus, Turn


async def apply(turn: Turn, context: CommandContext) -> None:
    """Carry the turn's commands out, in order. Nothing is kept before the caller commits."""
    for command in turn.commands:
        await APPLIERS[type(command)](context, command)
    changed = await changed_by(context.tx, turn)
    for notice in await following(context.tx, context.books, changed):
        await _notify(context, notice)
    await _write(context)


async def _set_focus(context: CommandContext, command: SetFocus) -> None:
    await context.tx.conversations.set_focus(
        context.actor.id, dict(command.focus) if command.focus is not None else None
    )


async def _notify(context: CommandContext, command: Notify) -> None:
    context.told.append(Notice(command.person, command.key, command.reply))
    if command.cover_except is None:
        return
    for stand_in in await context.tx.covers.standing_in_for(command.person, context.now.date()):
        if stand_in not in {command.cover_except, context.actor.id}:
            context.told.append(Notice(stand_in, f"{command.key}:{stand_in}", command.reply))


async def _write(context: CommandContext) -> None:
    """The notices. Of several each would take as long as the step itself: they are written together."""
    if len(context.told) > 1:
        context.to_many += context.told
        return
    for one in context.told:
        delivery = await notify(context.tx, one.person, one.key, one.reply, context.now)
        if delivery is not None:
            context.notified.append(delivery)


APPLIERS: dict[type, Applier] = {
    SetFocus: _set_focus,
    Notify: _notify,
    **accounts.APPLIERS,
    **answers.APPLIERS,
    **campaigns.APPLIERS,
    **drafts.APPLIERS,
    **files.APPLIERS,
    **improvement.APPLIERS,
    **inquiries.APPLIERS,
    **ledgers.APPLIERS,
    **meetings.APPLIERS,
    **personal.APPLIERS,
    **polls.APPLIERS,
    **refusals.APPLIERS,
    **reports.APPLIERS,
    **rounds.APPLIERS,
    **rulings.APPLIERS,
    **stand_ins.APPLIERS,
    **upward.APPLIERS,
}
