"""Tells open pages of this process that something new was kept for a person.

Ours: a library of signals calls its listeners and keeps the calls; a page wants to sleep and be woken, once for however
much came, and looks into the database for what it was.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator

#: An open page looks anew at least this often (seconds): another process may have kept something.
LOOK_ANEW = 5.0


class Hub:
    """Wakes everybody who watches a person's conversation. Holds nothing but the sleepers."""

    def __init__(self) -> None:
        self._sleepers: defaultdict[int, set[asyncio.Event]] = defaultdict(set)

    def changed(self, person: int) -> None:
        """Something new was kept and committed for this person."""
        for sleeper in self._sleepers.get(person, ()):
            sleeper.set()

    async def changes(self, person: int) -> AsyncIterator[None]:
        """Yields at once, then after each change, and at least every LOOK_ANEW seconds."""
        sleeper = asyncio.Event()
        self._sleepers[person].add(sleeper)
        try:
            while True:
                yield
                try:
                    async with asyncio.timeout(LOOK_ANEW):
                        await sleeper.wait()
                except TimeoutError:
                    continue
                finally:
                    sleeper.clear()
        finally:
            self._sleepers[person].discard(sleeper)
            if not self._sleepers[person]:
                del self._sleepers[person]
