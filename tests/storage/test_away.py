"""The server of PostgreSQL goes away, stands still or is started anew; a process keeps a lock for ever."""

import asyncio

import psycopg
import pytest
import sqlalchemy as sa

from storage import Store, postgres
from storage.errors import Away, Busy, Unreachable

pytestmark = pytest.mark.postgres


@pytest.fixture
async def store(postgres_url):
    store = await Store.open(postgres_url, busy_seconds=0.2)
    yield store
    await store.close()


async def backend(store: Store) -> int:
    async with store.reading() as tx:
        return (await tx.connection.execute(sa.text("SELECT pg_backend_pid()"))).scalar()


def end(url: str, *, but: int = 0) -> None:
    """As a server does that is stopped."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> %s",
            (but,),
        )


async def test_a_server_that_went_in_the_midst_is_away_and_the_next_transaction_finds_it_again(store, postgres_url):
    async def hold(begun: asyncio.Event, go: asyncio.Event) -> None:
        async with store.reading() as tx:
            await tx.connection.execute(sa.text("SELECT 1"))
            begun.set()
            await go.wait()
            await tx.accounts.person_of("web", "a")

    begun, go = [asyncio.Event() for _ in range(3)], asyncio.Event()
    holding = [asyncio.create_task(hold(one, go)) for one in begun]
    await asyncio.gather(*(one.wait() for one in begun))
    end(postgres_url)
    go.set()
    assert [type(one) for one in await asyncio.gather(*holding, return_exceptions=True)] == [Away] * 3
    assert await backend(store)


async def test_connections_that_lay_idle_while_the_server_was_started_anew_are_tried_first(
    store, postgres_url, monkeypatch
):
    monkeypatch.setattr(postgres, "_FRESH", 0.0)
    before = await backend(store)
    end(postgres_url)
    assert await backend(store) not in {0, before}


async def test_a_lock_that_nobody_lets_go_is_given_up(store, postgres_url):
    with psycopg.connect(postgres_url) as other:
        other.execute("LOCK TABLE person IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(Busy):
            async with store.transaction() as tx:
                await tx.people.get(1)


async def test_a_transaction_of_a_process_that_stands_still_is_ended_by_the_server(postgres_url, monkeypatch):
    monkeypatch.setattr(postgres, "_NOTHING_DONE", 1)
    store = await Store.open(postgres_url)

    async def stand_still() -> None:
        async with store.transaction() as tx:
            await tx.connection.execute(sa.text("SELECT 1"))
            await asyncio.to_thread(_until_gone, postgres_url)
            await tx.connection.execute(sa.text("SELECT 1"))

    with pytest.raises(Away):
        await stand_still()
    await store.close()


def _until_gone(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        left = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'"
        )
        while connection.execute(left).fetchone() != (0,):
            connection.execute("SELECT pg_sleep(0.05)")


async def test_both_ends_notice_a_line_whose_other_end_vanished(store):
    async with store.reading() as tx:
        asked = "SELECT name, setting FROM pg_settings WHERE name ~ '^(tcp_|idle_in_tr|lock_t)'"
        found = dict((await tx.connection.execute(sa.text(asked))).all())
    assert found["lock_timeout"] == "200"
    assert found["idle_in_transaction_session_timeout"] == "60000"


async def test_options_of_the_address_are_kept(postgres_url):
    address = sa.make_url(postgres_url).update_query_dict({"options": "-c application_name=thu"})
    store = await Store.open(address.render_as_string(hide_password=False))
    async with store.reading() as tx:
        assert (await tx.connection.execute(sa.text("SHOW application_name"))).scalar() == "thu"
    await store.close()


async def test_a_server_that_is_not_there_is_away_and_one_that_refuses_us_is_not(store, postgres_url):
    nobody = postgres.Postgres(sa.make_url("postgresql+psycopg://a@127.0.0.1:1/b"), 1)
    with pytest.raises(Away):
        await read(nobody)
    address = sa.make_url(postgres_url).set(drivername="postgresql+psycopg")
    for wrong in (address.set(database="nowhere"), address.set(username="nobody")):
        refusing = postgres.Postgres(wrong, 1)
        with pytest.raises(Unreachable) as refused:
            await read(refusing)
        assert not isinstance(refused.value, Away)


async def read(database: postgres.Postgres) -> None:
    try:
        async with database.reading() as connection:
            await connection.execute(sa.text("SELECT 1"))
    finally:
        await database.close()
