"""Applies commands about packages that units send up."""

from collections.abc import Mapping

from bot.turn.command_context import Applier, CommandContext, Overtaken
from dialogs.core.commands.upward import KeepSentUp
from rules.upward.package import fingerprint
from rules.upward.standing import Deed

#: Deed → its name in the audit.
TOLD: Mapping[Deed, str] = {
    Deed.SENT: "sent up",
    Deed.WITHDRAWN: "sent up withdrawn",
    Deed.RETURNED: "sent up returned",
}


async def _keep(context: CommandContext, command: KeepSentUp) -> None:
    tx = context.tx
    await tx.campaigns.take_turns(command.campaign)
    kept = await tx.sent_ups.add(
        *(command.campaign, command.unit, command.deed, context.actor, context.now),
        content=command.content,
        reason=command.reason,
        after=command.after,
    )
    if not kept:
        raise Overtaken
    mark = fingerprint(command.content) if command.content is not None else ""
    await context.record(TOLD[command.deed], campaign=command.campaign, unit=command.unit, fingerprint=mark)


APPLIERS: Mapping[type, Applier] = {KeepSentUp: _keep}
