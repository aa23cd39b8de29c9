"""A notice to another person: kept in the transaction that causes it, delivered afterwards, once."""

import datetime as dt

from bot.kept import reply_to_json
from dialogs.turn import Reply
from storage.unit import Unit

#: The channel name under which notices stand in a conversation's history.
NOTICE = "notice"


async def notify(
    unit: Unit,
    person: int,
    key: str,
    reply: Reply,
    now: dt.datetime,
    *,
    kind: str = "notice",
    campaign: int | None = None,
    milestone: str = "",
    due_on: dt.date | None = None,
) -> int | None:
    """Write the notice into `delivery` and into the person's history.

    Returns the id of the delivery, or None when a notice with this key was written before: the key
    is what "once each" rests on. The caller enqueues the id in the same transaction.
    """
    kept = reply_to_json(reply)
    delivery = await unit.deliveries.add(
        key, person, kept, kind, now, campaign_id=campaign, milestone=milestone, due_on=due_on
    )
    if delivery is not None:
        await unit.turns.keep(person, NOTICE, "", key, None, [kept], now)
    return delivery
