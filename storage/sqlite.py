"""SQLite, in the event loop's own thread.

An asynchronous driver sends every call to a thread of its own: several trips a statement. With WAL a statement
takes microseconds and a trip takes a hundred of them, so the trips would be most of a step. Only waiting for
another process' writer may take long: that is done by `asyncio.sleep`, and the loop goes on meanwhile.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import OperationalError

from storage.connection import Got
from storage.errors import Busy
from storage.plain import dumps

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a power cut loses no commit: what a person saw accepted is on the disk
    "PRAGMA foreign_keys = ON",
)

#: `isolation_level` None: transactions are begun here. `timeout` (seconds): SQLite's own waiting stops the loop,
#: so it is short.
_CONNECT = {"isolation_level": None, "timeout": 0.02, "cached_statements": 256}

#: Pauses between attempts to become the writer, in seconds: doubled each time.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.05


class InLoop:
    """A `storage.connection.Connection` whose calls return at once."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> sa.Dialect:
        """SQLite's."""
        return self._connection.dialect

    async def execute(self, statement: sa.Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        """Execute a statement."""
        return self._connection.execute(statement, values)

    async def run_sync(self, work: Callable[[sa.Connection], Got]) -> Got:
        """Let work that knows only SQLAlchemy's plain connection take part in the transaction."""
        return work(self._connection)

    async def commit(self) -> None:
        """Keep everything."""
        self._connection.commit()


class Sqlite:
    """A `storage.connection.Database` in a file. One writer at a time is the rule."""

    def __init__(self, address: sa.URL, busy_seconds: float) -> None:
        self._engine = sa.create_engine(
            address,
            json_serializer=dumps,
            connect_args=_CONNECT,
            pool_reset_on_return=None,
            max_overflow=-1,  # waiting for a connection would stop the loop
        )
        sa.event.listen(self._engine, "connect", _prepare)
        self._busy_seconds = busy_seconds
        # Waiting in line here is fair and fast; waiting for other processes is by sleeping.
        self._line = asyncio.Lock()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[InLoop]:
        """A transaction that may write. Raises Busy."""
        await self._stand_in_line()
        try:
            with self._engine.connect() as connection:
                # A transaction that reads first and writes later could not wait for another writer:
                # SQLite refuses the upgrade at once. So the writer's lock is taken at the beginning.
                await self._begin(connection, "BEGIN IMMEDIATE")
                yield InLoop(connection)
        finally:
            self._line.release()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[InLoop]:
        """A transaction that only looks; it waits for no writer."""
        with self._engine.connect() as connection:
            await self._begin(connection, "BEGIN")
            yield InLoop(connection)

    async def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    async def _stand_in_line(self) -> None:
        try:
            async with asyncio.timeout(self._busy_seconds):
                await self._line.acquire()
        except TimeoutError:
            raise self._busy() from None

    async def _begin(self, connection: sa.Connection, statement: str) -> None:
        waited, pause = 0.0, _FIRST_PAUSE
        while True:
            try:
                connection.exec_driver_sql(statement)
            except OperationalError as error:
                if not _is_busy(error.orig):
                    raise
                if waited >= self._busy_seconds:
                    raise self._busy() from error
            else:
                return
            await asyncio.sleep(pause)
            waited, pause = waited + pause, min(pause * 2, _LONGEST_PAUSE)

    def _busy(self) -> Busy:
        return Busy(f"the store was busy for {self._busy_seconds} s")


def _is_busy(error: BaseException | None) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)
