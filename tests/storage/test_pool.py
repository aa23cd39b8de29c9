"""The connections to PostgreSQL: as many are kept as events are handled at once."""

import asyncio

import pytest
import sqlalchemy as sa

from bot.telegram.handling import AT_ONCE
from storage import Store


@pytest.mark.postgres
async def test_as_many_at_once_as_events_are_handled_use_the_same_connections_again(postgres_url):
    store = await Store.open(postgres_url)
    here = 0
    all_here = asyncio.Event()

    async def process() -> int:
        nonlocal here
        async with store.reading() as tx:
            found = (await tx.connection.execute(sa.text("SELECT pg_backend_pid()"))).scalar()
            here += 1
            if here == AT_ONCE:
                all_here.set()
            await all_here.wait()
            return found

    seen = []
    for _ in range(3):
        here = 0
        all_here.clear()
        seen.append(set(await asyncio.wait_for(asyncio.gather(*(process() for _ in range(AT_ONCE))), 60)))
    await store.close()
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == AT_ONCE
