"""Seals new rows every minute, so that `tusoi audit verify` can detect later changes."""

import datetime as dt
from collections.abc import Callable

from storage.repositories.seals import TOGETHER
from storage.store import Store

#: Maximum number of rows sealed at once: an old database is sealed over several minutes while people continue to work.
MOST = 10_000


async def seal(store: Store, clock: Callable[[], dt.datetime]) -> int:
    """Seal at most `MOST` rows as one link; returns how many."""
    done, count = set[str](), 0
    while count < MOST:
        async with store.reading() as tx:
            found = await tx.seals.settled(done)
        if found is None:
            break
        of, upto = found
        sealed = TOGETHER
        while sealed == TOGETHER and count < MOST:
            # Rows are read and hashed before the write lock is taken.
            async with store.reading() as tx:
                link = await tx.seals.drawn_up(of, upto, clock())
            if link is None:
                break
            async with store.transaction() as tx:
                sealed = await tx.seals.add(link)
                await tx.commit()
            count += sealed
        done.add(of)
    return count
