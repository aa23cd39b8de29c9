"""The store: a database whose schema fits, and the transactions on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.code_key import PASSING, CodeKey
from storage.connection import Database
from storage.engine import BUSY_SECONDS, database_at
from storage.schema import check
from storage.transaction import Transaction
from storage.wake import Wake


class Store:
    """What is remembered. Made by `await Store.open(url)`; close it at the end."""

    def __init__(self, database: Database, key: CodeKey = PASSING) -> None:
        self._database = database
        self._key = key

    @classmethod
    async def open(cls, url: str, busy_seconds: float = BUSY_SECONDS, key: CodeKey = PASSING) -> "Store":
        """The store at `url`; invitation codes are kept by `key`. Raises WrongAddress, Unreachable, or WrongSchema when it is to
        be upgraded first.

        A transaction waits up to `busy_seconds` for what another holds; on SQLite that is the right to write.
        """
        database = database_at(url, busy_seconds)
        try:
            await check(database, url)
        except BaseException:
            await database.close()
            raise
        return cls(database, key)

    async def close(self) -> None:
        """Give all connections back."""
        await self._database.close()

    @property
    def wake(self) -> Wake:
        """Wakes who waits for what is kept."""
        return self._database.wake

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """One transaction that may write. Raises Busy, LostRace or Away."""
        async with self._database.writing() as connection:
            yield Transaction(connection, self.wake, self._key)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A transaction that only looks; on SQLite it waits for no writer."""
        async with self._database.reading() as connection:
            yield Transaction(connection, self.wake, self._key)
