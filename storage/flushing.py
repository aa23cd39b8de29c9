"""Group flushing of SQLite's write-ahead log: transactions that commit at about the same time share one flush to the
disk.

With `synchronous = FULL` SQLite flushes inside each commit: one flush for each person, one after the other, each
costing two switches between the event loop and a thread. With `NORMAL` a commit only writes the log. This module then
flushes the log once for everybody who has committed meanwhile. Nobody is answered, and no reader's result is released,
while it rests on a commit that a power cut could still undo. SQLite itself still flushes where order matters: the
header of a new log, the log before the database, and the database before the log restarts.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from storage.errors import FlushFailed

#: A flush that takes longer than this (seconds) counts as slow. The next FEWEST flushes are then awaited in a thread;
#: each time the disk is still slow afterwards their number doubles, up to MOST.
SLOW, FEWEST, MOST = 0.001, 4, 64

#: Limits in commits and in seconds: how many wait, and how long, for others who are about to commit.
TOGETHER, A_MOMENT = 16, 0.005

Flush = Callable[[], None]


def flush_of(log: Path) -> Flush:
    """A function that flushes this file to the disk."""

    def flush() -> None:
        file = os.open(log, os.O_RDONLY)
        try:
            getattr(os, "fdatasync", os.fsync)(file)
        finally:
            os.close(file)

    return flush


class Flushing:
    """The flushes of one database. `more_to_come` tells whether somebody else is about to commit and could share the
    next flush.
    """

    def __init__(self, flush: Flush, more_to_come: Callable[[], bool]) -> None:
        self._flush = flush
        self._more_to_come = more_to_come
        self._thread = ThreadPoolExecutor(1, "flush")
        self._written = self._flushed = 0  # both count commits
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._alarm: asyncio.TimerHandle | None = None
        self._under_way = False
        self._in_thread, self._pause = 0, FEWEST
        self._failed: OSError | None = None

    @property
    def written(self) -> int:
        """The number of commits written so far; whatever is read now may depend on all of them."""
        return self._written

    def committed(self) -> int:
        """Count one more commit written to the log; returns its number."""
        if self._failed:
            raise _told(self._failed)
        self._written += 1
        return self._written

    async def until(self, number: int) -> None:
        """Wait until this commit and all before it are on the disk. Raises FlushFailed."""
        if number <= self._flushed:
            return
        if self._failed:
            raise _told(self._failed)
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((number, done))
        self.go_on()
        await done

    def go_on(self) -> None:
        """Start a flush, unless one is running or others are about to share the next one."""
        if self._under_way or self._written == self._flushed or self._failed:
            return
        if self._more_to_come() and self._written - self._flushed < TOGETHER:
            self._alarm = self._alarm or asyncio.get_running_loop().call_later(A_MOMENT, self._begin)
            return
        self._begin()

    async def close(self) -> None:
        """Flush everything that was committed, as far as the disk accepts it."""
        if not self._failed:
            await self.until(self._written)
        self._thread.shutdown()

    def _begin(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None
        if self._under_way or self._written == self._flushed:
            return None
        loop, number, began = asyncio.get_running_loop(), self._written, asyncio.get_running_loop().time()
        if self._in_thread:
            self._in_thread -= 1
            self._under_way = True
            flushed = loop.run_in_executor(self._thread, self._flush)
            flushed.add_done_callback(partial(self._ended, number))
            return None
        try:
            self._flush()
        except OSError as error:
            return self._over(number, error)
        if loop.time() - began > SLOW:
            self._in_thread, self._pause = self._pause, min(self._pause * 2, MOST)
        else:
            self._pause = FEWEST
        return self._over(number, None)

    def _ended(self, number: int, flushed: asyncio.Future[None]) -> None:
        self._under_way = False
        error = flushed.exception()
        self._over(number, error if isinstance(error, OSError) or error is None else OSError(str(error)))
        self.go_on()

    def _over(self, number: int, error: OSError | None) -> None:
        """Wake those who waited for commits up to `number`."""
        if error:
            self._failed = error
        else:
            self._flushed = number
        through = [done for upto, done in self._waiting if error or upto <= number]
        self._waiting = [] if error else [one for one in self._waiting if one[0] > number]
        for done in through:
            if done.done():
                continue
            if error:
                done.set_exception(_told(error))
            else:
                done.set_result(None)


def _told(error: OSError) -> FlushFailed:
    told = error.strerror or str(error)
    return FlushFailed(f"the disk did not take what was committed: {told}", "database_not_flushed", told=told)
