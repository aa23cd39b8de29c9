"""How tests wait: for an event, never for a fixed time. On a busy machine they only take longer.

`until` checks a condition until it holds. `timeless` runs a test on an event loop whose clock jumps to the next timer,
so that pauses of any length cost nothing and last exactly as long as they should.
"""

import asyncio
import functools
import inspect
import selectors
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import sqlalchemy as sa

from storage import Store

#: Seconds after which waiting fails: far more than a busy machine needs.
PATIENCE = 120.0

_LOOK = 0.01


async def until(condition: Callable[[], bool | Awaitable[bool]]) -> None:
    """Waits until the condition holds. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE):
        while not await _holds(condition):  # noqa: ASYNC110 - what happens in databases and processes rings no bell
            await asyncio.sleep(_LOOK)


async def _holds(condition: Callable[[], bool | Awaitable[bool]]) -> bool:
    answer = condition()
    return await answer if inspect.isawaitable(answer) else answer


async def until_jobs_are_done(store: Store) -> None:
    """Waits until the runner has no waiting or running job, so that everything that could be sent twice has been sent.

    Delayed jobs do not count until their time has come.
    """

    async def none_left() -> bool:
        async with store.reading() as tx:
            table = "dbos.workflow_status" if tx.connection.dialect.name == "postgresql" else "workflow_status"
            left = sa.text(f"SELECT count(*) FROM {table} WHERE status IN ('ENQUEUED', 'PENDING')")
            return (await tx.connection.execute(left)).scalar() == 0

    await until(none_left)


async def give_way(store: Store) -> None:
    """Lets all others run for as long as twenty statements take, so that anybody who could wrongly overtake us does."""
    async with store.reading() as tx:
        for _ in range(20):
            await tx.connection.execute(sa.text("SELECT 1"))
            await asyncio.sleep(0)


async def until_somebody_stands_in_line(store: Store) -> None:
    """Waits until a transaction waits for a lock of another one."""

    async def waits() -> bool:
        async with store.reading() as tx:
            if tx.connection.dialect.name != "postgresql":
                return True
            waiting = sa.text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            return bool((await tx.connection.execute(waiting)).scalar())

    await asyncio.sleep(0)  # SQLite works in this event loop: a task that was started runs until it must wait
    await until(waits)


class _Jumping(selectors.SelectSelector):
    """A selector that does not sleep until the next timer but moves the clock there."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "everybody waits for ever"
        ready = super().select(0)
        if not ready:
            self.passed += timeout
        return ready


class _TimelessLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.passed


def timeless(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    """Runs the test on an event loop of its own, whose clock moves only while everybody waits."""

    @functools.wraps(test)
    def run(*given: Any, **named: Any) -> None:
        with asyncio.Runner(loop_factory=_TimelessLoop) as runner:
            runner.run(test(*given, **named))

    return run
