"""Notices to other people: stored in the transaction that causes them, and delivered afterwards, once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.delivery.seam import Jobs
from bot.door.kept import reply_to_json
from dialogs.core.turn import Reply
from storage.transaction import Transaction
from storage.values import NewDelivery, NewTurn

#: The channel name of notices in the history of a conversation.
NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to one person. `key` makes it unique: a second notice with the same key is ignored. `kind`: `notice` or
    `reminder`.
    """

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
    """Store the notice as a delivery and in the person's history.

    Returns the id of the delivery, or None when a notice with this key exists. The caller enqueues the id in the same
    transaction. A notice to a body goes to the drafter of its report.
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
    """Store and enqueue many notices with few statements, in this transaction; returns the new ones. A notice to a body
    goes to the drafter of its report.
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
