"""What is long is done in pieces: others have their turn in between, whatever is read of whom."""

import asyncio

import pytest
import sqlalchemy as sa

from storage import pieces, upgrade
from storage.engine import database_at
from storage.pieces import ROWS, each
from storage.queries import Prepared

MANY = 10 * ROWS + 1


@pytest.fixture
def always_long(monkeypatch):
    monkeypatch.setattr(pieces, "LONG", -1.0)


async def turns_of_others(work) -> int:
    """How often somebody else had a turn meanwhile."""
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(others())
    await asyncio.sleep(0)
    await work
    task.cancel()
    return turns


async def test_each_of_many_is_made_some_at_a_time(always_long):
    made = each(str, range(MANY))
    assert await turns_of_others(made) > 10
    assert await each(str, range(MANY)) == [str(number) for number in range(MANY)]


async def test_many_rows_are_read_some_at_a_time(tmp_path, always_long):
    url = f"sqlite:///{tmp_path}/store.sqlite"
    await upgrade(url)
    database = database_at(url)
    numbers = Prepared[int](
        int,
        sa.text(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) SELECT i FROM n"
        ).columns(i=sa.Integer),
    )
    for most in (1, ROWS - 1, ROWS, ROWS + 1, MANY):
        async with database.reading() as connection:
            rows = asyncio.ensure_future(connection.fetch(numbers, {"most": most}))
            turns = await turns_of_others(rows)
            assert await rows == list(range(1, most + 1))
            assert turns >= most // ROWS
    await database.close()
