"""Seals what was done, sent and decided since the last minute, so that `tusoi audit verify` can tell later changes."""

import datetime as dt
from collections.abc import Callable

from storage.repositories.seals import TOGETHER
from storage.store import Store

#: Rows that are sealed in one go: an old database is sealed over some minutes, people go on meanwhile.
MOST = 10_000


async def seal(store: Store, clock: Callable[[], dt.datetime]) -> int:
    """Seal what there is, at most `MOST` rows and one link; how many."""
    done, count = set[str](), 0
    while count < MOST:
        async with store.reading() as tx:
            found = await tx.seals.settled(done)
        if found is None:
            break
        of, upto = found
        sealed = TOGETHER
        while sealed == TOGETHER and count < MOST:
            # Nobody waits to write while rows are read and hashed.
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
