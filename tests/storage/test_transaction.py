"""The promises of a unit of work: commit, rollback, race, replay."""

import asyncio
import contextlib

import pytest
import sqlalchemy as sa

from rules.nouns.reviews import Answer
from storage import Store
from storage.errors import AlreadyKept, Busy, LostRace
from tests.storage.house import AT, settle
from tests.waiting import PATIENCE, give_way, until_somebody_stands_in_line


async def answered(store, office) -> dict:
    async with store.reading() as tx:
        review = await tx.reviews.get(office.review)
    return {question: answer.value for question, answer in review.answers.items()}


async def test_what_is_committed_is_there_for_the_next_program(store, office, database_url):
    async with store.transaction() as tx:
        await tx.reviews.keep_answer(office.review, "cau_1", Answer("good"), office.an, AT)
        await tx.commit()
    await store.close()
    next_program = await Store.open(database_url)
    assert await answered(next_program, office) == {"cau_1": "good"}
    await next_program.close()


async def test_leaving_without_commit_changes_nothing(store, office):
    async with store.transaction() as tx:
        await tx.reviews.keep_answer(office.review, "cau_1", Answer("good"), office.an, AT)
        await tx.accounts.tie("web", "phone", office.an, AT)
    async with store.reading() as tx:
        assert await tx.accounts.person_of("web", "phone") is None
    assert await answered(store, office) == {}


async def test_an_error_in_the_middle_changes_nothing(store, office):
    with contextlib.suppress(ZeroDivisionError):
        async with store.transaction() as tx:
            await tx.reviews.keep_answer(office.review, "cau_1", Answer("good"), office.an, AT)
            raise ZeroDivisionError
    assert await answered(store, office) == {}


async def test_a_cancelled_unit_changes_nothing_and_holds_nobody_up(store, office):
    middle = asyncio.Event()

    async def stopped_in_the_middle():
        async with store.transaction() as tx:
            await tx.reviews.keep_answer(office.review, "cau_1", Answer("good"), office.an, AT)
            middle.set()
            await asyncio.Event().wait()

    working = asyncio.create_task(stopped_in_the_middle())
    await middle.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    async with asyncio.timeout(PATIENCE), store.transaction() as tx:
        await tx.reviews.keep_answer(office.review, "cau_2", Answer("met"), office.an, AT)
        await tx.commit()
    assert await answered(store, office) == {"cau_2": "met"}


async def test_two_devices_at_once_both_keep_their_answer(store, rival, office):
    async def device(at_store, question, value):
        async with at_store.transaction() as tx:
            await tx.conversations.locked(office.an)
            own = await tx.reviews.own(office.an)
            await give_way(store)
            await tx.reviews.keep_answer(own.id, question, Answer(value), office.an, AT)
            await tx.commit()

    await asyncio.gather(device(store, "cau_1", "good"), device(rival, "cau_2", "met"), device(store, "cau_3", 7))
    assert await answered(store, office) == {"cau_1": "good", "cau_2": "met", "cau_3": 7}


async def test_the_second_event_of_a_person_sees_what_the_first_did(store, rival, office):
    order, locked = [], asyncio.Event()

    async def event(at_store, name):
        async with at_store.transaction() as tx:
            conversation = await tx.conversations.locked(office.an)
            order.append((name, conversation.focus))
            if name == "first":
                locked.set()
                await until_somebody_stands_in_line(store)
            await tx.conversations.set_focus(office.an, {"jump": name})
            await tx.commit()

    first = asyncio.create_task(event(store, "first"))
    await locked.wait()
    await asyncio.gather(first, event(rival, "second"))
    assert order == [("first", None), ("second", {"jump": "first"})]


async def test_an_update_that_was_kept_is_replayed_and_not_kept_again(store, rival, office):
    async with store.transaction() as tx:
        await tx.turns.keep(office.an, "telegram", "7", "u1", {"said": "Chào"}, [{"template": "hello"}], AT)
        await tx.commit()
    async with rival.transaction() as tx:
        assert await tx.turns.seen("telegram", "7", "u1") == [{"template": "hello"}]
        with pytest.raises(AlreadyKept):
            await tx.turns.keep(office.an, "telegram", "7", "u1", {"said": "Chào"}, [], AT)


async def test_the_same_update_twice_at_once_is_kept_once(store, rival, office):
    async def deliver(at_store):
        async with at_store.transaction() as tx:
            await tx.reviews.keep_answer(office.review, "cau_1", Answer("good"), office.an, AT)
            await give_way(store)
            await tx.turns.keep(office.an, "telegram", "7", "u1", None, [], AT)
            await tx.commit()

    outcomes = await asyncio.gather(deliver(store), deliver(rival), return_exceptions=True)
    assert sorted(type(outcome) for outcome in outcomes if outcome) == [AlreadyKept]
    async with store.reading() as tx:
        assert [turn.channel for turn in await tx.turns.history(office.an)] == ["telegram"]


async def test_an_update_of_one_channel_is_not_one_of_another(store, office):
    async with store.transaction() as tx:
        await tx.turns.keep(office.an, "telegram", "7", "u1", None, [], AT)
        await tx.turns.keep(office.an, "web", "7", "u1", None, [], AT)
        assert await tx.turns.seen("web", "7", "u2") is None


async def test_looking_waits_for_no_writer(store, office):
    async with asyncio.timeout(PATIENCE), store.transaction() as writer:
        await writer.reviews.keep_answer(office.review, "cau_1", Answer("good"), office.an, AT)
        assert await answered(store, office) == {}


@pytest.mark.postgres
async def test_of_two_that_wait_for_each_other_one_loses_the_race(postgres_url):
    store = await Store.open(postgres_url)
    async with store.transaction() as tx:
        office = await settle(tx)
        await tx.commit()

    both = asyncio.Barrier(2)

    async def lock(first, second):
        async with store.transaction() as tx:
            await tx.conversations.locked(first)
            await both.wait()
            await tx.conversations.locked(second)

    outcomes = await asyncio.gather(lock(office.an, office.head), lock(office.head, office.an), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes if outcome] == [LostRace]
    await store.close()


async def test_on_sqlite_the_loop_goes_on_while_another_program_writes(sqlite_url):
    writer, patient, impatient = [await Store.open(sqlite_url, seconds) for seconds in (10, PATIENCE, 0.1)]

    async def write(store):
        async with store.transaction():
            pass

    async with writer.transaction():
        waiting = asyncio.create_task(write(patient))
        for _ in range(4):
            await asyncio.sleep(0.01)  # this loop goes on
        assert not waiting.done()
        with pytest.raises(Busy):
            await write(impatient)
    await waiting
    for store in (writer, patient, impatient):
        await store.close()


async def test_on_sqlite_a_unit_inside_a_unit_is_refused_instead_of_waiting_for_ever(sqlite_url):
    store = await Store.open(sqlite_url, busy_seconds=0.05)
    async with store.transaction():
        with pytest.raises(Busy):
            async with store.transaction():
                pass
    await store.close()


async def test_a_library_writes_in_the_same_transaction_through_the_connection(store, office):
    async with store.transaction() as tx:
        await tx.connection.run_sync(lambda plain: plain.exec_driver_sql("DELETE FROM conversation"))
        assert await tx.connection.run_sync(lambda plain: plain.in_transaction())
    async with store.transaction() as tx:
        assert (await tx.conversations.locked(office.an)).person.name == "Nguyễn Thị An"
        assert (await tx.connection.execute(sa.text("SELECT count(*) FROM conversation"))).scalar() == 3
