"""Wakes between processes over PostgreSQL's LISTEN and NOTIFY.

NOTIFY is not sent within the transaction it reports: PostgreSQL would serialise the commits of all notifying
transactions, one flush after the other.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, suppress

import psycopg
import structlog

from storage.wake import Wake

#: The name of the PostgreSQL channel, and the maximum length of a payload in characters (PostgreSQL allows 8000 bytes).
_CHANNEL, _LONGEST = "tusoi", 7000

#: Seconds during which topics are collected before other processes are notified.
_GATHERED = 0.05

#: Seconds of silence after which the listening connection is tested, and between attempts to reconnect.
_SILENCE, _FIRST_PAUSE, _LONGEST_PAUSE = 30.0, 0.5, 10.0

_log = structlog.get_logger()


class PostgresWake(Wake):
    """A wake that reaches all listening processes. `connect` opens a new connection in autocommit mode."""

    def __init__(self, connect: Callable[[], Awaitable[psycopg.AsyncConnection[object]]]) -> None:
        super().__init__()
        self._connect = connect
        self._untold: set[str] = set()
        self._telling: asyncio.Task[None] | None = None
        self._line: psycopg.AsyncConnection[object] | None = None  # the connection that sends notifications

    def tell(self, topics: Iterable[str]) -> None:
        """Notify everybody that changes about these topics were committed."""
        told = set(topics)
        self.here(told)
        self._untold |= told
        if told and (self._telling is None or self._telling.done()):
            self._telling = asyncio.create_task(self._tell_others(_GATHERED))

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Listen for notifications of other processes; a lost connection is reopened."""
        task = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def close(self) -> None:
        """Send the remaining notifications and close."""
        if self._telling:
            await self._telling
        await self._hang_up()

    async def _tell_others(self, gathered: float) -> None:
        await asyncio.sleep(gathered)
        while self._untold:
            told, self._untold = self._untold, set()
            try:
                if self._line is None:
                    self._line = await self._connect()
                for payload in _payloads(told):
                    await self._line.execute("SELECT pg_notify(%s, %s)", (_CHANNEL, payload))
            except psycopg.Error as error:  # the others poll by themselves before long
                _log.debug("other processes were not told", error=type(error).__name__)
                await self._hang_up()

    async def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(psycopg.Error):
                await line.close()

    async def _listen(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                async with await self._connect() as line:
                    await line.execute(f"LISTEN {_CHANNEL}")
                    pause = _FIRST_PAUSE
                    self._everybody()  # notifications may have been missed before the connection was up
                    while True:
                        async for notify in line.notifies(timeout=_SILENCE):
                            self.here(notify.payload.split(","))
                        await line.execute("SELECT 1")
            except psycopg.Error as error:
                _log.debug("the line of wakes is lost", error=type(error).__name__, pause=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


def _payloads(topics: Iterable[str]) -> Iterator[str]:
    """The topics, joined into as few NOTIFY payloads as possible."""
    line = ""
    for topic in sorted(topics):
        if line and len(line) + len(topic) >= _LONGEST:
            yield line
            line = ""
        line = f"{line},{topic}" if line else topic
    if line:
        yield line
