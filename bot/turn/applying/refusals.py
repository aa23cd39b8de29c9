"""Records refusals."""

from collections.abc import Mapping
from typing import Any

from bot.turn.command_context import Applier, CommandContext
from dialogs.core.commands.refusals import Refuse


async def _refuse(context: CommandContext, command: Refuse) -> None:
    """Record a refusal. If an invented id was named, only the attempt is recorded."""
    review = await context.tx.reviews.get(command.review) if command.review else None
    person = await context.tx.people.names([command.person]) if command.person else {}
    about: dict[str, Any] = {"campaign": command.campaign} if command.campaign else {}
    await context.record(
        "refused",
        review=review.id if review else None,
        person=next(iter(person), None),
        action=str(command.action),
        reason=command.reason,
        **about,
    )


APPLIERS: Mapping[type, Applier] = {
    Refuse: _refuse,
}
