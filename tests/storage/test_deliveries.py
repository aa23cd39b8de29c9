"""Notices and reminders: once each, whatever happens on the way."""

import asyncio
import datetime as dt
from collections import Counter

from tests.storage.house import AT
from tests.waiting import give_way

SOON = AT + dt.timedelta(minutes=5)
KEY = "1:self_review:3:2026-11-27"
REPLY = {"template": "reminder", "values": {"due": "2026-11-28"}}


async def add(tx, office, key=KEY, **more) -> int | None:
    return await tx.deliveries.add(key, office.an, REPLY, "reminder", AT, campaign_id=office.campaign, **more)


async def test_a_delivery_is_taken_sent_and_done(store, office):
    async with store.transaction() as tx:
        delivery = await add(tx, office, milestone="self_review", due_on=dt.date(2026, 11, 28))
        taken = await tx.deliveries.take(delivery, AT)
        await tx.deliveries.done(delivery, [["telegram", 815]], SOON)
        sent = await tx.deliveries.get(delivery)
    assert (taken.person_id, taken.reply, taken.kind) == (office.an, REPLY, "reminder")
    assert (taken.milestone, taken.due_on) == ("self_review", dt.date(2026, 11, 28))
    assert (taken.status, taken.attempts) == ("sending", 1)
    assert (sent.status, sent.sent_at, sent.message_ids) == ("sent", SOON, [["telegram", 815]])


async def test_a_key_is_delivered_once(store, rival, office):
    async with store.transaction() as tx:
        assert await add(tx, office) is not None
        await tx.commit()
    async with rival.transaction() as tx:
        assert await add(tx, office) is None
        assert await add(tx, office, key="1:self_review:3:2026-11-28") is not None


async def test_two_workers_that_remind_at_once_write_one_delivery(store, rival, office):
    async def remind(at_store):
        async with at_store.transaction() as tx:
            delivery = await add(tx, office)
            await give_way(store)
            await tx.commit()
            return delivery

    written = await asyncio.gather(*(remind(at) for at in (store, rival, store, rival)))
    assert sum(delivery is not None for delivery in written) == 1


async def test_of_two_workers_one_takes_it(store, rival, office):
    async with store.transaction() as tx:
        delivery = await add(tx, office)
        await tx.commit()

    async def take(at_store):
        async with at_store.transaction() as tx:
            taken = await tx.deliveries.take(delivery, AT)
            await tx.commit()
            return taken is not None

    assert sorted(await asyncio.gather(take(store), take(rival))) == [False, True]


async def test_a_rolled_back_event_leaves_nothing_to_send(store, office):
    async with store.transaction() as tx:
        delivery = await add(tx, office)
    async with store.transaction() as tx:
        assert await tx.deliveries.take(delivery, AT) is None
        assert await add(tx, office) is not None


async def test_it_is_not_sent_before_its_time(store, office):
    async with store.transaction() as tx:
        delivery = await add(tx, office, next_at=SOON)
        assert await tx.deliveries.take(delivery, AT) is None
        assert await tx.deliveries.take(delivery, SOON) is not None


async def test_what_did_not_go_out_is_tried_again_later(store, office):
    async with store.transaction() as tx:
        delivery = await add(tx, office)
        await tx.deliveries.take(delivery, AT)
        await tx.deliveries.later(delivery, SOON, "429")
        assert await tx.deliveries.take(delivery, AT) is None
        again = await tx.deliveries.take(delivery, SOON)
    assert (again.attempts, again.error) == (2, "429")


async def test_what_is_blocked_or_refused_is_not_tried_again(store, office):
    async with store.transaction() as tx:
        blocked, failed = await add(tx, office, "a"), await add(tx, office, "b")
        await tx.deliveries.blocked(blocked)
        await tx.deliveries.failed(failed, "400")
        assert await tx.deliveries.take(blocked, SOON) is None
        assert await tx.deliveries.take(failed, SOON) is None
        assert await tx.deliveries.stuck(SOON) == []
        assert await tx.deliveries.report(office.campaign) == {"": Counter(blocked=1, failed=1)}


async def test_the_sweep_finds_what_a_lost_worker_was_sending(store, office):
    async with store.transaction() as tx:
        lost, fresh = await add(tx, office, "a"), await add(tx, office, "b", next_at=SOON)
        await tx.deliveries.take(lost, AT)
        await tx.deliveries.take(fresh, SOON)
        assert [one.id for one in await tx.deliveries.stuck(AT + dt.timedelta(minutes=2))] == [lost]
        assert (await tx.deliveries.take(lost, SOON)).attempts == 2


async def test_the_sweep_finds_what_was_never_begun(store, office):
    async with store.transaction() as tx:
        waiting = await add(tx, office)
        assert await tx.deliveries.stuck(AT - dt.timedelta(minutes=1)) == []
        assert [one.id for one in await tx.deliveries.stuck(SOON)] == [waiting]


async def test_when_somebody_was_last_reminded_is_known(store, office):
    async with store.transaction() as tx:
        await add(tx, office)
        await tx.deliveries.add("later", office.an, REPLY, "reminder", SOON)
        await tx.deliveries.add("told", office.an, REPLY, "notice", SOON + dt.timedelta(hours=1))
        never = await tx.deliveries.last_reminded([office.an, office.head], AT)
        before, after = [
            await tx.deliveries.last_reminded([office.an, office.head], at)
            for at in (SOON, SOON + dt.timedelta(days=1))
        ]
    assert (never, before, after) == ({}, {office.an: AT}, {office.an: SOON})
