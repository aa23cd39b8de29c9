"""The store: an engine whose schema fits, and the units of work on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import BUSY_SECONDS, READING, engine_for
from storage.errors import Busy
from storage.schema import check
from storage.unit import Unit


class Store:
    """What is remembered. Made by `await Store.open(url)`; close it at the end."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        # SQLite has one writer. Waiting in line here is fair and fast; its own waiting is by sleeping.
        self._writer = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    @classmethod
    async def open(cls, url: str) -> "Store":
        """The store at `url`. Raises WrongAddress, or WrongSchema when it is to be upgraded first."""
        engine = engine_for(url)
        try:
            await check(engine)
        except BaseException:
            await engine.dispose()
            raise
        return cls(engine)

    async def close(self) -> None:
        """Give all connections back."""
        await self._engine.dispose()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """One transaction that may write. Raises Busy when another writer does not end."""
        await self._stand_in_line()
        try:
            async with self._engine.connect() as connection:
                await connection.begin()
                yield Unit(connection)
        finally:
            if self._writer is not None:
                self._writer.release()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Unit]:
        """A unit that only looks: on SQLite it waits for no writer."""
        async with self._engine.connect() as connection:
            await connection.execution_options(**{READING: True})
            yield Unit(connection)

    async def _stand_in_line(self) -> None:
        if self._writer is None:
            return
        try:
            async with asyncio.timeout(BUSY_SECONDS):
                await self._writer.acquire()
        except TimeoutError:
            raise Busy(f"the store was busy for {BUSY_SECONDS} s") from None
