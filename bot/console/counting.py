"""What takes long to count: it is counted beside the pages, at most one of a kind at a time, and kept for some times as long as it took. Who
looks meanwhile reads what was counted last, with the moment it is of; where there is nothing yet, that it is being counted.
"""

import asyncio
import datetime as dt
import time
from collections import OrderedDict, defaultdict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import structlog

Value = TypeVar("Value")

#: Seconds that a page waits for a count; what takes no longer is counted anew for each page, and never kept.
PATIENCE = 0.1

#: Seconds that a page waits where it has nothing else to show, or only what was due to be counted anew longer than OLD ago.
AT_FIRST, OLD = 1.0, 60.0

#: What took longer is kept so many times as long: a count may never have more than a small part of a core.
TIMES = 20

#: So many counts are kept at most, those counted last: of a campaign each reader has their own.
MOST = 200

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CountedThen(Generic[Value]):
    """What was counted, and the moment it is of."""

    value: Value
    at: dt.datetime
    until: float  # of the monotonic clock


def _always(_: object) -> bool:
    return True


@dataclass(slots=True)
class Counts:
    """The counts of a process."""

    now: Callable[[], dt.datetime]
    patience: float = PATIENCE
    at_first: float = AT_FIRST
    _kept: OrderedDict[Hashable, CountedThen[Any]] = field(default_factory=OrderedDict)
    _running: dict[Hashable, asyncio.Task[CountedThen[Any]]] = field(default_factory=dict)
    _one: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def of(
        self, kind: str, key: Hashable, count: Callable[[], Awaitable[Value]], large: Callable[[Value], bool] = _always
    ) -> CountedThen[Value] | None:
        """What `count` finds, now or not long ago; None: it is being counted for the first time. Nobody's leaving ends a count. What is
        not `large` is never kept, however long a busy machine took.
        """
        kept, now = self._kept.get((kind, key)), time.monotonic()
        if kept is None or now > kept.until:
            task = self._running.get((kind, key)) or self._begin(kind, key, count, large)
            await asyncio.wait([task], timeout=self.patience if kept and now < kept.until + OLD else self.at_first)
            if task.done():
                return task.result()
        return kept

    async def close(self) -> None:
        """End what is being counted."""
        for task in (running := [*self._running.values()]):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _begin(
        self, kind: str, key: Hashable, count: Callable[[], Awaitable[Value]], large: Callable[[Value], bool]
    ) -> asyncio.Task[CountedThen[Value]]:
        task = asyncio.create_task(self._count(kind, key, count, large))
        self._running[kind, key] = task
        task.add_done_callback(_told)
        return task

    async def _count(
        self, kind: str, key: Hashable, count: Callable[[], Awaitable[Value]], large: Callable[[Value], bool]
    ) -> CountedThen[Value]:
        try:
            async with self._one[kind]:
                at, begun = self.now(), time.monotonic()
                value = await count()
                took = time.monotonic() - begun
            counted = CountedThen(value, at, begun + took + TIMES * took)
            # What was kept is older now than what was just seen.
            self._kept.pop((kind, key), None)
            if took > self.patience and large(value):
                self._kept[kind, key] = counted
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
            return counted
        finally:
            del self._running[kind, key]


def _told(task: asyncio.Task[Any]) -> None:
    """A page that waited raises it; where none did, the log has it."""
    if not task.cancelled() and (error := task.exception()):
        _log.warning("a count of the console failed", error=type(error).__name__)
