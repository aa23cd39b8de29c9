"""What is only ever added cannot be replaced, and what somebody changes round the program is told by the chain of seals."""

import asyncio
import datetime as dt
import sqlite3
from contextlib import closing

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.daily.sealing import seal
from rules.nouns.reviews import Answer
from storage import Store
from storage.repositories.seals import SEALED, TOGETHER, Break, Sealed
from tests.storage.house import AT, settle
from tests.storage.test_append_only import with_a_row_in_each


def clock():
    return AT + dt.timedelta(minutes=1)


async def verified(store) -> Sealed | Break:
    async with store.reading() as tx:
        return await tx.seals.verify()


def replaced(file, table, key):
    """Another row in the place of each, by its key or by what is unique of it; refused, or passed over."""
    names = [row[1] for row in file.execute(f"PRAGMA table_info({table})") if row[1] != "id"]
    quoted = ", ".join(f'"{name}"' for name in names)
    try:
        file.execute(f"INSERT OR REPLACE INTO {table} (id, {quoted}) SELECT {key}, {quoted} FROM {table}")
    except sqlite3.IntegrityError as error:
        return "append-only" in str(error)
    return table == "decision"  # the program inserts it with ON CONFLICT DO NOTHING


@pytest_asyncio.fixture
async def file(sqlite_store, sqlite_url):
    """A file with an office, as somebody opens it who does not go through the program."""
    async with sqlite_store.transaction() as tx:
        office = await settle(tx)
        await tx.commit()
    await with_a_row_in_each(sqlite_store, office)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("answer", "id"),
        ("audit", "id"),
        ("draft", "id"),
        ("decision", "id"),
        ("draft", "id + 99"),
        ("decision", "id + 99"),
    ],
)
async def test_a_kept_row_is_not_replaced(file, table, key):
    before = file.execute(f"SELECT * FROM {table}").fetchall()
    assert before
    assert replaced(file, table, key)
    assert file.execute(f"SELECT * FROM {table}").fetchall() == before


async def test_everything_is_sealed_once_and_holds(store, office):
    await with_a_row_in_each(store, office)
    async with store.reading() as tx:
        there = sum([await count(tx, one.name) for one in SEALED])
    await seal(store, clock)
    found = await verified(store)
    assert (found.rows, found.waiting) == (there, 0)
    assert await seal(store, clock) == 0
    assert await verified(store) == found


async def count(tx, table) -> int:
    return (await tx.connection.execute(sa.text(f"SELECT count(*) FROM {table}"))).scalar()


async def test_what_came_since_waits_and_joins_the_chain(store, office):
    await with_a_row_in_each(store, office)
    await seal(store, clock)
    first = await verified(store)
    async with store.transaction() as tx:
        for number in range(TOGETHER + 1):
            await tx.audit.record("system", "counted", AT, detail={"number": number})
        await tx.commit()
    assert (await verified(store)).waiting == TOGETHER + 1
    assert await seal(store, clock) == TOGETHER + 1
    then = await verified(store)
    assert (then.rows, then.links, then.waiting) == (first.rows + TOGETHER + 1, first.links + 2, 0)
    async with store.reading() as tx:
        assert await tx.seals.holds(first.head)
        assert not await tx.seals.holds("0" * 64)


async def tampered(store, *statements: str) -> None:
    """As somebody who may do everything: without triggers."""
    async with store.transaction() as tx:
        for table in ("audit", "draft", "seal"):
            if tx.connection.dialect.name == "sqlite":
                names = await tx.connection.execute(
                    sa.text(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'")
                )
                for (name,) in names.all():
                    await tx.connection.execute(sa.text(f"DROP TRIGGER {name}"))
            else:
                await tx.connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        for one in statements:
            await tx.connection.execute(sa.text(one))
        await tx.commit()


@pytest.mark.parametrize(
    ("statement", "of", "what"),
    [
        ("UPDATE audit SET what = 'nothing' WHERE id = (SELECT max(id) FROM audit)", "audit", "changed"),
        ("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", "audit", "gone"),
        ("UPDATE draft SET fingerprint = 'ff'", "draft", "changed"),
        ("UPDATE seal SET \"rows\" = 'x' WHERE id = (SELECT min(id) FROM seal)", "", "link"),
        ("DELETE FROM seal WHERE id = (SELECT min(id) FROM seal)", "", "link"),
        ("UPDATE seal SET of = 'draft' WHERE of = 'audit'", "", "link"),
    ],
)
async def test_what_was_changed_round_the_program_is_named(store, office, statement, of, what):
    await with_a_row_in_each(store, office)
    await seal(store, clock)
    await tampered(store, statement)
    found = await verified(store)
    assert isinstance(found, Break)
    assert found.what == what
    assert of in {"", found.of}


async def test_a_row_put_between_is_named(store, office):
    async with store.transaction() as tx:
        for _ in range(3):
            await tx.audit.record("system", "counted", AT)
        await tx.commit()
    await tampered(store, "DELETE FROM audit WHERE id = (SELECT max(id) - 1 FROM audit)")
    await seal(store, clock)
    assert isinstance(await verified(store), Sealed)
    await tampered(
        store,
        "INSERT INTO audit SELECT * FROM (SELECT max(id) - 1 FROM audit) AS one, "
        '(SELECT at, by_person, "by", what, review_id, person_id, detail FROM audit LIMIT 1) AS two',
    )
    found = await verified(store)
    assert isinstance(found, Break)
    assert (found.of, found.what) == ("audit", "added")


@pytest.mark.postgres
async def test_a_row_that_is_not_seen_yet_is_waited_for(postgres_url):
    """Ids are given before rows can be seen: the older of two comes later, and is sealed all the same."""
    store = await Store.open(postgres_url)
    async with store.transaction() as slow:
        await slow.audit.record("system", "slow", AT)
        assert [line.what for line in await slow.audit.newest(9)] == ["slow"]  # its row has its id now
        async with store.transaction() as quick:
            await quick.audit.record("system", "quick", AT)
            await quick.commit()
        assert await seal(store, clock) == 0  # half a second is waited, then it is left for the next minute
        await slow.commit()
    assert await seal(store, clock) == 2
    assert (await verified(store)).waiting == 0
    await store.close()


async def test_two_on_duty_make_one_chain(store, office, rival):
    await with_a_row_in_each(store, office)
    await asyncio.gather(seal(store, clock), seal(rival, clock))
    await seal(store, clock)
    found = await verified(store)
    assert isinstance(found, Sealed)
    assert found.waiting == 0


async def test_answers_are_kept_as_ever(store, office):
    await with_a_row_in_each(store, office)
    async with store.transaction() as tx:
        await tx.reviews.keep_answer(office.review, "cau_1", Answer("excellent"), office.an, AT)
        await tx.commit()
