"""The store: a database with the right schema, and the transactions on it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from storage.code_key import PASSING, CodeKey
from storage.connection import Database
from storage.engine import BUSY_SECONDS, database_at
from storage.errors import Unreachable
from storage.known_meetings import KnownMeetings
from storage.schema import check
from storage.transaction import Transaction
from storage.wake import Wake

#: A callback that receives every failure to use the database, and None once it can be used again.
Noticed = Callable[[Unreachable | None], None]


class Store:
    """The store. Open it with `await Store.open(url)`, and close it at the end."""

    def __init__(self, database: Database, key: CodeKey = PASSING) -> None:
        self._database = database
        self._key = key
        self._meetings: KnownMeetings[Any] = KnownMeetings()
        #: The callback for failures and recoveries.
        self.noticed: Noticed = lambda _: None
        self._failing: frozenset[bool] = frozenset()  # whether by writing

    @classmethod
    async def open(cls, url: str, busy_seconds: float = BUSY_SECONDS, key: CodeKey = PASSING) -> "Store":
        """The store at `url`; `key` marks and locks invitation codes. Raises WrongAddress, Unreachable, or WrongSchema
        when the database must be upgraded first.

        A transaction waits up to `busy_seconds` for a lock held by another one; on SQLite, for the write lock.
        """
        database = database_at(url, busy_seconds)
        try:
            await check(database)
        except BaseException:
            await database.close()
            raise
        return cls(database, key)

    async def close(self) -> None:
        """Close all connections."""
        await self._database.close()

    @property
    def wake(self) -> Wake:
        """The wake that notifies whoever waits for changes."""
        return self._database.wake

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """One transaction that may write. Raises Busy, LostRace or Away."""
        with self._noticing(writes=True):
            async with self._database.writing() as connection:
                yield Transaction(connection, self.wake, self._key, self._meetings)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A read-only transaction; on SQLite it does not wait for a writer."""
        with self._noticing(writes=False):
            async with self._database.reading() as connection:
                yield Transaction(connection, self.wake, self._key, self._meetings)

    @asynccontextmanager
    async def instant(self) -> AsyncIterator[Transaction]:
        """A read-only transaction that sees everything as of its first query, however long it lasts."""
        async with self.reading() as tx:
            await tx.of_one_instant()
            yield tx

    @contextmanager
    def _noticing(self, *, writes: bool) -> Iterator[None]:
        """Report failures and recoveries. A full disk can still be read, so a failure in writing is over only after a
        successful write.
        """
        try:
            yield
        except Unreachable as error:
            self._failing |= {writes}
            self.noticed(error)
            raise
        if self._failing and (writes or True not in self._failing):
            self._failing = frozenset()
            self.noticed(None)
