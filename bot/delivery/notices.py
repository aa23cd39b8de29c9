"""A notice to another person: kept in the transaction that causes it, delivered afterwards, once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.delivery.seam import Jobs
from bot.door.kept import reply_to_json
from dialogs.core.turn import Reply
from storage.transaction import Transaction
from storage.values import NewDelivery, NewTurn

#: The channel name under which notices stand in a conversation's history.
NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Notice:
    """What one person is to be told. `key` is what "once each" rests on. `kind`: `notice` or `reminder`."""

    person: int
    key: str
    reply: Reply
    kind: str = "notice"
    campaign: int | None = None
    milestone: str = ""
    due_on: dt.date | None = None


async def notify(
    tx: Transaction,
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
    is what "once each" rests on. The caller enqueues the id in the same transaction. What is for a body goes to whoever drafts its report.
    """
    kept = reply_to_json(reply)
    person = (await tx.reports.spoken_for([person])).get(person, person)
    delivery = await tx.deliveries.add(
        key, person, kept, kind, now, campaign_id=campaign, milestone=milestone, due_on=due_on
    )
    if delivery is not None:
        await tx.turns.keep(person, NOTICE, "", key, None, [kept], now)
    return delivery


async def notify_many(tx: Transaction, notices: Sequence[Notice], now: dt.datetime, jobs: Jobs) -> list[Notice]:
    """Write many notices in few statements and hand them over, all in this transaction; those that are new. As with one, what is for a
    body goes to whoever drafts its report.
    """
    drafts = await tx.reports.spoken_for({one.person for one in notices})
    notices = [replace(one, person=drafts.get(one.person, one.person)) for one in notices]
    written = [
        NewDelivery(one.key, one.person, reply_to_json(one.reply), one.kind, one.campaign, one.milestone, one.due_on)
        for one in notices
    ]
    added = await tx.deliveries.add_many(written, now)
    fresh = {new.key: new for new in written if new.key in added}
    turns = [NewTurn(new.person_id, NOTICE, "", new.key, None, [dict(new.reply)]) for new in fresh.values()]
    await tx.turns.keep_many(turns, now)
    await jobs.enqueue_many(tx.connection, sorted(added.values()))
    new = {one.key: one for one in notices if one.key in added}
    return list(new.values())
