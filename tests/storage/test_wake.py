"""Who waits for something is woken when it is kept: here, and over PostgreSQL in other processes."""

import asyncio
import datetime as dt

import pytest
import sqlalchemy as sa

from storage import Store
from storage import postgres_wake as wakes
from storage.wake import NOTICES, Sleeper, of_person
from tests.waiting import PATIENCE, until

NOW = dt.datetime(2026, 11, 29, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
async def person(store, office) -> int:
    return office.an


async def say(store: Store, person: int, update: str, *, commit: bool = True) -> None:
    async with store.transaction() as tx:
        await tx.turns.keep(person, "web", "a", update, None, [], NOW)
        if commit:
            await tx.commit()


async def woken(sleeper: Sleeper) -> bool:
    return await sleeper.sleep(PATIENCE)


async def asleep(sleeper: Sleeper) -> bool:
    return not await sleeper.sleep(0)


async def test_who_waits_for_a_person_is_woken_by_what_is_kept_of_them(store, person):
    with store.wake.sleeper(of_person(person)) as theirs, store.wake.sleeper(of_person(person + 1)) as of_another:
        await say(store, person, "1", commit=False)
        assert await asleep(theirs)
        await say(store, person, "1")
        assert await woken(theirs)
        assert await asleep(theirs)
        assert await asleep(of_another)


async def test_who_sends_is_woken_by_a_notice(store, person):
    with store.wake.sleeper(NOTICES) as sender:
        async with store.transaction() as tx:
            await tx.deliveries.add("k", person, {}, "notice", NOW)
            await tx.commit()
        assert await woken(sender)


@pytest.fixture
async def rival(postgres_url):
    """Another process on the same database."""
    other = await Store.open(postgres_url)
    yield other
    await other.close()


@pytest.fixture
async def here(postgres_url):
    store = await Store.open(postgres_url)
    async with store.wake.listening():
        yield store
    await store.close()


async def listeners(store: Store) -> int:
    async with store.reading() as tx:
        counted = sa.text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )
        return (await tx.connection.execute(counted)).scalar()


async def test_another_process_wakes_us_and_a_line_that_broke_is_opened_anew(here, rival, monkeypatch):
    monkeypatch.setattr(wakes, "_FIRST_PAUSE", 0.01)
    with here.wake.sleeper(of_person(7)) as sleeper:
        await until(lambda: has_begun(here))
        await sleeper.sleep(0)
        rival.wake.tell([of_person(7)])
        assert await woken(sleeper)
        async with rival.transaction() as tx:
            broken = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
            await tx.connection.execute(broken)
        assert await woken(sleeper)  # what came meanwhile may have been missed
        rival.wake.tell([of_person(7)])
        assert await woken(sleeper)


async def has_begun(store: Store) -> bool:
    return await listeners(store) == 1


async def test_what_a_command_tells_has_left_when_it_ends(here, postgres_url):
    with here.wake.sleeper(NOTICES) as sleeper:
        await until(lambda: has_begun(here))
        await sleeper.sleep(0)
        command = await Store.open(postgres_url)
        command.wake.tell([NOTICES])
        await command.close()
        assert await woken(sleeper)


async def test_many_are_told_of_in_as_many_notifications_as_they_need(here, rival):
    with here.wake.sleeper(of_person(5999)) as last, here.wake.sleeper(of_person(1)) as first:
        await until(lambda: has_begun(here))
        await asyncio.gather(first.sleep(0), last.sleep(0))
        rival.wake.tell(of_person(one) for one in range(6000))
        assert await woken(first)
        assert await woken(last)
