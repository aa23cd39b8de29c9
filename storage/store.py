"""The store: a database whose schema fits, and the transactions on it."""

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

#: Is told that the database cannot be used now, each time; and None once it can be again.
Noticed = Callable[[Unreachable | None], None]


class Store:
    """What is remembered. Made by `await Store.open(url)`; close it at the end."""

    def __init__(self, database: Database, key: CodeKey = PASSING) -> None:
        self._database = database
        self._key = key
        self._meetings: KnownMeetings[Any] = KnownMeetings()
        #: Who is told when it cannot be used, and when it can be again.
        self.noticed: Noticed = lambda _: None
        self._failing: frozenset[bool] = frozenset()  # whether by writing

    @classmethod
    async def open(cls, url: str, busy_seconds: float = BUSY_SECONDS, key: CodeKey = PASSING) -> "Store":
        """The store at `url`; invitation codes are kept by `key`. Raises WrongAddress, Unreachable, or WrongSchema when it is to
        be upgraded first.

        A transaction waits up to `busy_seconds` for what another holds; on SQLite that is the right to write.
        """
        database = database_at(url, busy_seconds)
        try:
            await check(database)
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
        with self._noticing(writes=True):
            async with self._database.writing() as connection:
                yield Transaction(connection, self.wake, self._key, self._meetings)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A transaction that only looks; on SQLite it waits for no writer."""
        with self._noticing(writes=False):
            async with self._database.reading() as connection:
                yield Transaction(connection, self.wake, self._key, self._meetings)

    @asynccontextmanager
    async def instant(self) -> AsyncIterator[Transaction]:
        """A transaction that only looks, and sees everything as it was when it first looked, however long it goes on."""
        async with self.reading() as tx:
            await tx.of_one_instant()
            yield tx

    @contextmanager
    def _noticing(self, *, writes: bool) -> Iterator[None]:
        """A full disk may still be read: what failed by writing is over once something was written."""
        try:
            yield
        except Unreachable as error:
            self._failing |= {writes}
            self.noticed(error)
            raise
        if self._failing and (writes or True not in self._failing):
            self._failing = frozenset()
            self.noticed(None)
