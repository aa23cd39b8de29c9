"""Counts that take long. Each kind is computed in the background, one at a time, and cached for a multiple of its own
duration. Pages meanwhile show the previous count with its time or, if there is none, that counting is in progress.
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

#: Seconds a page waits for a count. Faster counts are done for each page and never cached.
PATIENCE = 0.1

#: Seconds a page waits when it has no cached count, or one that has been due for renewal for longer than OLD.
AT_FIRST, OLD = 1.0, 60.0

#: A slow count is cached for this multiple of its duration, so that counting takes only a small part of a core.
TIMES = 20

#: Maximum number of cached counts, the latest; for a campaign, each reader has their own.
MOST = 200

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class CountedThen(Generic[Value]):
    """A count, and its time."""

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
        """The result of `count`, fresh or cached; None when the first count is still running. A count continues even if
        its reader leaves. Counts that are not `large` are never cached, however long a busy machine took.
        """
        kept, now = self._kept.get((kind, key)), time.monotonic()
        if kept is None or now > kept.until:
            task = self._running.get((kind, key)) or self._begin(kind, key, count, large)
            await asyncio.wait([task], timeout=self.patience if kept and now < kept.until + OLD else self.at_first)
            if task.done():
                return task.result()
        return kept

    async def close(self) -> None:
        """Cancel the running counts."""
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
            # The cache may be older than a count that was just seen.
            self._kept.pop((kind, key), None)
            if took > self.patience and large(value):
                self._kept[kind, key] = counted
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
            return counted
        finally:
            del self._running[kind, key]


def _told(task: asyncio.Task[Any]) -> None:
    """A waiting page raises the error; otherwise it is logged."""
    if not task.cancelled() and (error := task.exception()):
        _log.warning("a count of the console failed", error=type(error).__name__)
