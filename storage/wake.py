"""Who waits for something to be kept is woken when it is, instead of looking again and again.

Told of by a transaction once it is committed (`storage/transaction.py`). In the own process it is there at once; on
PostgreSQL the others hear of it a moment later (NOTIFY). On SQLite there is one process that serves; what a command writes
beside it is found when a sleeper looks anew by itself. Nothing rests on a wake alone: each sleeper says how long it sleeps at
most, and whoever lost the line is woken when it is back.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager

#: Something that is to be sent to others was written.
NOTICES = "notices"


def of_person(person: int) -> str:
    """Something new stands in this person's conversation."""
    return f"person:{person}"


def of_meeting(meeting: int) -> str:
    """Something happened in this meeting."""
    return f"meeting:{meeting}"


class Sleeper:
    """Sleeps until it is woken; what came while it was awake counts."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Something came."""
        self._woken.set()

    async def sleep(self, seconds: float | None) -> bool:
        """Until woken, `seconds` at most (None: somebody else looks for it); whether it was."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return False
        self._woken.clear()
        return True


class Wake:
    """Of one database. This one reaches its own process."""

    def __init__(self) -> None:
        self._sleepers: defaultdict[str, set[Sleeper]] = defaultdict(set)

    def tell(self, topics: Iterable[str]) -> None:
        """Something of these topics was committed."""
        self.here(topics)

    @contextmanager
    def sleeper(self, topic: str) -> Iterator[Sleeper]:
        """One who is woken whenever something of the topic was committed."""
        one = Sleeper()
        self._sleepers[topic].add(one)
        try:
            yield one
        finally:
            self._sleepers[topic].discard(one)
            if not self._sleepers[topic]:
                del self._sleepers[topic]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Hear what other processes tell, too."""
        yield

    async def close(self) -> None:
        """What was told has left this process."""

    def here(self, topics: Iterable[str]) -> None:
        """Wake those of this process alone."""
        for topic in topics:
            for sleeper in self._sleepers.get(topic, ()):
                sleeper.wake()

    def _everybody(self) -> None:
        self.here(tuple(self._sleepers))
