"""The store: an engine whose schema fits, and the units of work on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg.errors import DeadlockDetected, SerializationFailure
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engine import BUSY_SECONDS, READING, engine_for
from storage.errors import Busy, LostRace
from storage.schema import check
from storage.unit import Unit

#: PostgreSQL ends one of two transactions that wait for each other.
_LOST = (DeadlockDetected, SerializationFailure)


class Store:
    """What is remembered. Made by `await Store.open(url)`; close it at the end."""

    def __init__(self, engine: AsyncEngine, busy_seconds: float = BUSY_SECONDS) -> None:
        self._engine = engine
        self._busy_seconds = busy_seconds
        # SQLite has one writer. Waiting in line here is fair and fast; its own waiting is by sleeping.
        self._writer = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    @classmethod
    async def open(cls, url: str, busy_seconds: float = BUSY_SECONDS) -> "Store":
        """The store at `url`. Raises WrongAddress, Unreachable, or WrongSchema when it is to be upgraded first.

        On SQLite, which has one writer at a time, a writer waits up to `busy_seconds` for another.
        """
        engine = engine_for(url, busy_seconds)
        try:
            await check(engine)
        except BaseException:
            await engine.dispose()
            raise
        return cls(engine, busy_seconds)

    async def close(self) -> None:
        """Give all connections back."""
        await self._engine.dispose()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """One transaction that may write. Raises Busy or LostRace."""
        async with self._turn(), self._engine.connect() as connection:
            await self._begin(connection)
            try:
                yield Unit(connection)
            except OperationalError as error:
                if isinstance(error.orig, _LOST):
                    raise LostRace("another transaction came first") from error
                raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """A unit that only looks; on SQLite it waits for no writer."""
        async with self._engine.connect() as connection:
            await connection.execution_options(**{READING: True})
            yield Unit(connection)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._writer is None:
            yield
            return
        try:
            async with asyncio.timeout(self._busy_seconds):
                await self._writer.acquire()
        except TimeoutError:
            raise self._busy() from None
        try:
            yield
        finally:
            self._writer.release()

    async def _begin(self, connection: AsyncConnection) -> None:
        try:
            await connection.begin()
        except OperationalError as error:
            if self._writer is None:
                raise
            raise self._busy() from error

    def _busy(self) -> Busy:
        return Busy(f"the store was busy for {self._busy_seconds} s")
