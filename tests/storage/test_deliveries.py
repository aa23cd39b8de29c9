"""Notices and reminders: once each, whatever happens on the way."""

import asyncio
import datetime as dt
from collections import Counter

from tests.storage.house import AT

SOON = AT + dt.timedelta(minutes=5)
KEY = "1:self_review:3:2026-11-27"
REPLY = {"template": "reminder", "values": {"due": "2026-11-28"}}


async def add(unit, office, key=KEY, **more) -> int | None:
    return await unit.deliveries.add(key, office.an, REPLY, "reminder", AT, campaign_id=office.campaign, **more)


async def test_a_delivery_is_taken_sent_and_done(store, office):
    async with store.unit() as unit:
        delivery = await add(unit, office, milestone="self_review", due_on=dt.date(2026, 11, 28))
        taken = await unit.deliveries.take(delivery, AT)
        await unit.deliveries.done(delivery, [["telegram", 815]], SOON)
        sent = await unit.deliveries.get(delivery)
    assert (taken.person_id, taken.reply, taken.kind) == (office.an, REPLY, "reminder")
    assert (taken.milestone, taken.due_on) == ("self_review", dt.date(2026, 11, 28))
    assert (taken.status, taken.attempts) == ("sending", 1)
    assert (sent.status, sent.sent_at, sent.message_ids) == ("sent", SOON, [["telegram", 815]])


async def test_a_key_is_delivered_once(store, rival, office):
    async with store.unit() as unit:
        assert await add(unit, office) is not None
        await unit.commit()
    async with rival.unit() as unit:
        assert await add(unit, office) is None
        assert await add(unit, office, key="1:self_review:3:2026-11-28") is not None


async def test_two_workers_that_remind_at_once_write_one_delivery(store, rival, office):
    async def remind(at_store):
        async with at_store.unit() as unit:
            delivery = await add(unit, office)
            await asyncio.sleep(0.02)
            await unit.commit()
            return delivery

    written = await asyncio.gather(*(remind(at) for at in (store, rival, store, rival)))
    assert sum(delivery is not None for delivery in written) == 1


async def test_of_two_workers_one_takes_it(store, rival, office):
    async with store.unit() as unit:
        delivery = await add(unit, office)
        await unit.commit()

    async def take(at_store):
        async with at_store.unit() as unit:
            taken = await unit.deliveries.take(delivery, AT)
            await unit.commit()
            return taken is not None

    assert sorted(await asyncio.gather(take(store), take(rival))) == [False, True]


async def test_a_rolled_back_event_leaves_nothing_to_send(store, office):
    async with store.unit() as unit:
        delivery = await add(unit, office)
    async with store.unit() as unit:
        assert await unit.deliveries.take(delivery, AT) is None
        assert await add(unit, office) is not None


async def test_it_is_not_sent_before_its_time(store, office):
    async with store.unit() as unit:
        delivery = await add(unit, office, next_at=SOON)
        assert await unit.deliveries.take(delivery, AT) is None
        assert await unit.deliveries.take(delivery, SOON) is not None


async def test_what_did_not_go_out_is_tried_again_later(store, office):
    async with store.unit() as unit:
        delivery = await add(unit, office)
        await unit.deliveries.take(delivery, AT)
        await unit.deliveries.later(delivery, SOON, "429")
        assert await unit.deliveries.take(delivery, AT) is None
        again = await unit.deliveries.take(delivery, SOON)
    assert (again.attempts, again.error) == (2, "429")


async def test_what_is_blocked_or_refused_is_not_tried_again(store, office):
    async with store.unit() as unit:
        blocked, failed = await add(unit, office, "a"), await add(unit, office, "b")
        await unit.deliveries.blocked(blocked)
        await unit.deliveries.failed(failed, "400")
        assert await unit.deliveries.take(blocked, SOON) is None
        assert await unit.deliveries.take(failed, SOON) is None
        assert await unit.deliveries.stuck(SOON) == []
        assert await unit.deliveries.report(office.campaign) == {"": Counter(blocked=1, failed=1)}


async def test_the_sweep_finds_what_a_lost_worker_was_sending(store, office):
    async with store.unit() as unit:
        lost, fresh = await add(unit, office, "a"), await add(unit, office, "b", next_at=SOON)
        await unit.deliveries.take(lost, AT)
        await unit.deliveries.take(fresh, SOON)
        assert [one.id for one in await unit.deliveries.stuck(AT + dt.timedelta(minutes=2))] == [lost]
        assert (await unit.deliveries.take(lost, SOON)).attempts == 2


async def test_the_sweep_finds_what_was_never_begun(store, office):
    async with store.unit() as unit:
        waiting = await add(unit, office)
        assert await unit.deliveries.stuck(AT - dt.timedelta(minutes=1)) == []
        assert [one.id for one in await unit.deliveries.stuck(SOON)] == [waiting]
