"""What takes long to count: it is counted beside the pages, at most one at a time, and kept for some times as long as it took. Who looks
meanwhile reads what was counted last, with the moment it is of; where there is nothing yet, that it is being counted.
"""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import structlog

Value = TypeVar("Value")

#: Seconds that a page waits for a count; what takes no longer is counted anew for each page, and never kept.
PATIENCE = 0.1

#: What took longer is kept so many times as long: a count may never have more than a small part of a core.
TIMES = 20

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Counted(Generic[Value]):
    """What was counted, and the moment it is of."""

    value: Value
    at: dt.datetime
    until: float  # of the monotonic clock


@dataclass(slots=True)
class Counts:
    """The counts of a process."""

    now: Callable[[], dt.datetime]
    patience: float = PATIENCE
    _kept: dict[Hashable, Counted[Any]] = field(default_factory=dict)
    _running: dict[Hashable, asyncio.Task[Counted[Any]]] = field(default_factory=dict)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def of(self, key: Hashable, count: Callable[[], Awaitable[Value]]) -> Counted[Value] | None:
        """What `count` finds, now or not long ago; None: it is being counted for the first time. Nobody's leaving ends a count."""
        kept = self._kept.get(key)
        if kept is None or time.monotonic() > kept.until:
            task = self._running.get(key) or self._begin(key, count)
            await asyncio.wait([task], timeout=self.patience)
            if task.done():
                return task.result()
        return kept

    async def close(self) -> None:
        """End what is being counted."""
        for task in (running := [*self._running.values()]):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _begin(self, key: Hashable, count: Callable[[], Awaitable[Value]]) -> asyncio.Task[Counted[Value]]:
        task = asyncio.create_task(self._count(key, count))
        self._running[key] = task
        task.add_done_callback(_told)
        return task

    async def _count(self, key: Hashable, count: Callable[[], Awaitable[Value]]) -> Counted[Value]:
        try:
            async with self._one:
                at, begun = self.now(), time.monotonic()
                value = await count()
                took = time.monotonic() - begun
            counted = Counted(value, at, time.monotonic() + (TIMES * took if took > self.patience else 0.0))
            self._kept[key] = counted
            return counted
        finally:
            del self._running[key]


def _told(task: asyncio.Task[Any]) -> None:
    """A page that waited raises it; where none did, the log has it."""
    if not task.cancelled() and (error := task.exception()):
        _log.warning("a count of the console failed", error=type(error).__name__)
