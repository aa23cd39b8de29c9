"""Wakes: whoever waits for a change is woken when it is committed, instead of polling.

A transaction reports its topics once it is committed (`storage/transaction.py`). Sleepers in the same process are woken
at once; on PostgreSQL other processes hear of it a moment later (NOTIFY). A SQLite file has one serving process; what a
command writes beside it is noticed when a sleeper next looks by itself. Nothing depends on a wake alone: each sleeper
has a maximum time of sleep, and all are woken when a lost connection is back.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager

#: Topic: a delivery was written.
NOTICES = "notices"


def of_person(person: int) -> str:
    """Topic: something new in this person's conversation."""
    return f"person:{person}"


def of_meeting(meeting: int) -> str:
    """Topic: a happening in this meeting."""
    return f"meeting:{meeting}"


class Sleeper:
    """Sleeps until woken. A wake that comes while it is awake is remembered."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Wake the sleeper."""
        self._woken.set()

    async def sleep(self, seconds: float | None) -> bool:
        """Sleep until woken, at most `seconds` (None: without limit, because somebody else polls); returns whether it
        was woken.
        """
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return False
        self._woken.clear()
        return True


class Wake:
    """The wake of a database. This class reaches its own process only."""

    def __init__(self) -> None:
        self._sleepers: defaultdict[str, set[Sleeper]] = defaultdict(set)

    def tell(self, topics: Iterable[str]) -> None:
        """Notify everybody that changes about these topics were committed."""
        self.here(topics)

    @contextmanager
    def sleeper(self, topic: str) -> Iterator[Sleeper]:
        """A sleeper that is woken by every change about the topic."""
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
        """Listen for notifications of other processes."""
        yield

    async def close(self) -> None:
        """Send the remaining notifications and close."""

    def here(self, topics: Iterable[str]) -> None:
        """Wake the sleepers of this process only."""
        for topic in topics:
            for sleeper in self._sleepers.get(topic, ()):
                sleeper.wake()

    def _everybody(self) -> None:
        self.here(tuple(self._sleepers))
