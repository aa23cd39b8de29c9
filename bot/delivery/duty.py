"""Duty: of all processes of an installation exactly one runs the jobs and sends notices.

So a single clock observes Telegram's limits (docs/decisions/0007-one-sender.md). The other processes answer people,
write notices and stand by.

The stored time of a lease may lie in the future, after a wrong clock or a restored backup. A lease is therefore not
trusted for its time alone: if it is not renewed for its whole duration, measured by this process, it is taken over.

This is our own code because DBOS gives jobs to any process that asks, and advisory locks exist on PostgreSQL only. A
row with a time works on both engines and uses the same clock as everything else.
"""

import asyncio
import datetime as dt
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import structlog

from storage.repositories.leases import Seen
from storage.store import Store
from storage.transaction import Transaction

#: The name of the lease.
NAME = "notices"

#: Duration of an unrenewed lease, and interval of renewals (seconds).
LASTS = 20.0
RENEWED = 5.0

#: Seconds before its end at which the holder stops relying on the lease, because the clocks of machines differ
#: slightly.
MARGIN = 3.0

#: Seconds for which another process may have the duty before this is mentioned.
WORTH_A_WORD = 60.0

#: Seconds after which messages sent by another process no longer count in Telegram's per-second limit.
FORGOTTEN = 1.0

_log = structlog.get_logger()


class Runnable(Protocol):
    """What runs on duty: bot.delivery.runner.Runner."""

    async def start(self) -> None:
        """Start running jobs."""
        ...

    async def drain(self) -> None:
        """Stop running jobs."""
        ...


class Duty:
    """Holds the lease as long as possible; `runner` runs meanwhile."""

    def __init__(
        self,
        store: Store,
        clock: Callable[[], dt.datetime],
        worker: str,
        passing: Callable[[], float] = time.monotonic,
    ) -> None:
        """`passing`: a monotonic clock in seconds."""
        self._store = store
        self._clock = clock
        self._passing = passing
        self._seen: Seen | None = None  # somebody else's lease, and since when it is the same
        self._since = 0.0
        self._holder = f"{worker}:{uuid.uuid4().hex}"  # two processes given the same name by mistake are still two
        self._until: dt.datetime | None = None
        self._held_at = 0.0  # when it was taken or renewed, as time passes here
        self._stands_by: float | None = None  # since when, as time passes here
        self._told = False  # that we stand by
        self._runs = False
        self._task: asyncio.Task[None] | None = None

    @property
    def is_mine(self) -> bool:
        """Whether this process may begin to send something now."""
        if self._until is None or self._passing() - self._held_at >= LASTS - MARGIN:  # also when the clock was set back
            return False
        return self._clock() < self._until - dt.timedelta(seconds=MARGIN)

    @property
    def standing_by(self) -> float:
        """Seconds for which another process has had the duty; 0 when it is ours."""
        return 0.0 if self._stands_by is None else self._passing() - self._stands_by

    async def start(self, runner: Runnable) -> None:
        """Take the duty if it is free, otherwise stand by."""
        await self._hold()
        if self.is_mine:
            await self._run(runner)
        self._task = asyncio.create_task(self._keep(runner))

    async def stop(self, runner: Runnable) -> None:
        """Begin nothing new, finish what is running, and release the lease."""
        self._until = None
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._runs:
            await self._rest(runner)
        async with self._store.transaction() as tx:
            await tx.leases.release(NAME, self._holder)
            await tx.commit()

    async def _keep(self, runner: Runnable) -> None:
        while True:
            await asyncio.sleep(RENEWED)
            try:
                await self._hold()
                if self.is_mine and not self._runs:
                    await asyncio.sleep(FORGOTTEN)
                    await self._run(runner)
                elif self._runs and not self.is_mine:
                    await self._rest(runner)
            except Exception:  # noqa: BLE001 - whatever it was: try again, and send nothing without a lease
                _log.exception("duty not kept")

    async def _hold(self) -> None:
        now, began = self._clock(), self._passing()
        until = now + dt.timedelta(seconds=LASTS)
        async with self._store.transaction() as tx:
            held = await tx.leases.hold(NAME, self._holder, now, until)
            if not held:
                held = await self._take_over(tx, until)
            await tx.commit()
        self._until, self._held_at = until if held else None, began
        self._stands_by = None if held else self._passing() if self._stands_by is None else self._stands_by
        if self.standing_by < WORTH_A_WORD:
            self._told = False
        elif not self._told:
            self._told = True
            holder = self._seen.holder.partition(":")[0] if self._seen else ""
            _log.warning("standing by, another process sends notices", seconds=int(self.standing_by), worker=holder)

    async def _take_over(self, tx: Transaction, until: dt.datetime) -> bool:
        """Try to take over a lease that is no longer renewed; returns whether it succeeded."""
        seen = await tx.leases.seen(NAME)
        if seen != self._seen:
            self._seen, self._since = seen, self._passing()
        if seen is None or self._passing() - self._since < LASTS:
            return False
        taken = await tx.leases.take_from(seen, NAME, self._holder, until)
        if taken:
            _log.warning("a lease that nobody renewed was taken over", until=seen.until.isoformat())
        return taken

    async def _run(self, runner: Runnable) -> None:
        _log.debug("on duty", holder=self._holder)
        await runner.start()
        self._runs = True

    async def _rest(self, runner: Runnable) -> None:
        _log.debug("no longer on duty", holder=self._holder)
        self._runs = False
        await runner.drain()
