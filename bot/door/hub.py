"""Tells open pages that something new was kept for a person: a page wants to sleep and be woken, once for however much came,
and looks into the database for what it was.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

from storage.store import Store
from storage.wake import of_person

#: Seconds between two looks for what nobody told of (a command beside the house, a wake that was lost): one small query
#: for all open pages of the process, none while no page is open.
LOOK_ANEW = 5.0


@dataclass(slots=True, eq=False)
class Hub:
    """How many pages sleep, and who looks anew for them."""

    sleeping: int = 0
    looking: asyncio.Task[None] | None = None

    async def changes(self, store: Store, person: int) -> AsyncIterator[None]:
        """Yields at once, then after each change of this person's conversation. Nothing is done for it meanwhile."""
        with store.wake.sleeper(of_person(person)) as sleeper:
            self.sleeping += 1
            if self.looking is None:
                self.looking = asyncio.create_task(_look(store))
            try:
                while True:
                    yield
                    await sleeper.sleep(None)
            finally:
                self.sleeping -= 1
                if not self.sleeping and self.looking:
                    self.looking.cancel()
                    self.looking = None


async def _look(store: Store) -> None:
    """Every LOOK_ANEW seconds, as far back as the look before the last: a turn may be committed after a later one."""
    far, newest, seen = -1, 0, frozenset[int]()
    while True:
        with suppress(Exception):  # a database that is away is told of by whoever needs it; here it is asked again
            async with store.reading() as tx:
                if far < 0:
                    far = newest = await tx.turns.newest_id()
                kept = await tx.turns.since(far)
            store.wake.here({of_person(turn.person_id) for turn in kept if turn.person_id and turn.id not in seen})
            far, newest = newest, max([newest, *(turn.id for turn in kept)])
            seen = frozenset(turn.id for turn in kept)
        await asyncio.sleep(LOOK_ANEW)
