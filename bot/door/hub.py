"""Tells open pages that something new was stored for a person. A page sleeps and is woken once, however much arrived,
and then reads it from the database.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

from storage.store import Store
from storage.wake import of_person

#: Seconds between checks for changes that nobody announced (a command run beside the server, a lost wake): one small
#: query for all open pages of the process, and none while no page is open.
LOOK_ANEW = 5.0


@dataclass(slots=True, eq=False)
class Hub:
    """The number of sleeping pages, and the task that checks for them."""

    sleeping: int = 0
    looking: asyncio.Task[None] | None = None

    async def changes(self, store: Store, person: int) -> AsyncIterator[None]:
        """Yields immediately, and then after each change of this person's conversation. No work is done for it
        meanwhile.
        """
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
    """Check every LOOK_ANEW seconds, going back to the check before last: a turn may be committed after one with a
    higher id.
    """
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
