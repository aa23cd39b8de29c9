"""SQLite, in the event loop's own thread.

An asynchronous driver sends every call to a thread of its own: several trips a statement. With WAL a statement
takes microseconds and a trip takes a hundred of them, so the trips would be most of a step. Only waiting for
another process' writer may take long: that is done by `asyncio.sleep`, and the loop goes on meanwhile.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import DBAPIError

from storage.columns import dumps
from storage.connection import Got
from storage.errors import Busy
from storage.queries import Prepared, Query, Row, Values
from storage.wake import Wake

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a power cut loses no commit: what a person saw accepted is on the disk
)

#: `isolation_level` None: transactions are begun here. `timeout` (seconds): SQLite's own waiting stops the loop,
#: so it is short.
_CONNECT = {"isolation_level": None, "timeout": 0.02, "cached_statements": 256}

#: Pauses between attempts to become the writer, in seconds: doubled each time.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.05


#: A flush to the disk that took longer (seconds) is a slow one; so many commits are then waited for in a thread.
_SLOW_FLUSH, _IN_A_THREAD = 0.001, 50


class Committing:
    """Commits: on a quick disk in the loop (a trip to a thread would take as long), on a slow one in a thread, so
    that the loop goes on meanwhile. From time to time the disk is tried again.
    """

    def __init__(self) -> None:
        self._in_a_thread = 0

    async def commit(self, plain: sqlite3.Connection) -> None:
        """Everything is on the disk."""
        loop = asyncio.get_running_loop()
        if self._in_a_thread:
            self._in_a_thread -= 1
            flush = loop.run_in_executor(None, plain.commit)
            try:
                await asyncio.shield(flush)
            except asyncio.CancelledError:
                await flush  # also when nobody wants it any more: what is being written cannot be called back
                raise
            return
        began = loop.time()
        plain.commit()
        if loop.time() - began > _SLOW_FLUSH:
            self._in_a_thread = _IN_A_THREAD


@dataclass(frozen=True, slots=True)
class InLoop:
    """A `storage.connection.Connection` whose calls return at once."""

    dialect: sa.Dialect
    _connection: sa.Connection
    _plain: sqlite3.Connection  # the same one
    _committing: Committing

    async def execute(self, statement: sa.Executable, values: Values | None = None) -> CursorResult[Any]:
        """Execute a statement."""
        return self._connection.execute(statement, values)

    async def fetch(self, query: Query[Row], values: Values) -> list[Row]:
        """Execute a query; its rows."""
        if not isinstance(query, Prepared):
            return [query.make(row) for row in self._connection.execute(query.statement, values)]
        compiled = query.compiled(self.dialect, values)
        parameters = compiled.parameters(values)
        try:
            return compiled.rows(self._plain.execute(compiled.text, parameters).fetchall())
        except sqlite3.Error as error:
            # Logged without answers and codes.
            raise DBAPIError.instance(compiled.text, None, error, sqlite3.Error) from error

    async def run_sync(self, work: Callable[[sa.Connection], Got]) -> Got:
        """Let work that knows only SQLAlchemy's plain connection take part in the transaction."""
        return work(self._connection)

    async def commit(self) -> None:
        """Keep everything."""
        await self._committing.commit(self._plain)


class Sqlite:
    """A `storage.connection.Database` in a file. One writer at a time is the rule."""

    def __init__(self, address: sa.URL, busy_seconds: float, *, checks_keys: bool = True) -> None:
        """`checks_keys` False: foreign keys are not looked at, as a migration needs that makes a table anew."""
        self._engine = sa.create_engine(
            address,
            json_serializer=dumps,
            hide_parameters=True,  # an error is logged: without answers and codes
            connect_args=_CONNECT,
            pool_reset_on_return=None,
            max_overflow=-1,  # waiting for a connection would stop the loop
        )
        pragmas = (*_PRAGMAS, f"PRAGMA foreign_keys = {'ON' if checks_keys else 'OFF'}")
        sa.event.listen(self._engine, "connect", lambda plain, _record: _prepare(plain, pragmas))
        self._busy_seconds = busy_seconds
        self._committing = Committing()
        self.wake = Wake()
        # Waiting in line here is fair and fast; waiting for other processes is by sleeping.
        self._line = asyncio.Lock()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[InLoop]:
        """A transaction that may write. Raises Busy."""
        try:
            async with asyncio.timeout(self._busy_seconds):
                await self._line.acquire()
        except TimeoutError:
            raise self._busy() from None
        try:
            # A transaction that reads first and writes later could not wait for another writer:
            # SQLite refuses the upgrade at once. So the writer's lock is taken at the beginning.
            async with self._transaction("BEGIN IMMEDIATE") as connection:
                yield connection
        finally:
            self._line.release()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[InLoop]:
        """A transaction that only looks; it waits for no writer."""
        async with self._transaction("BEGIN") as connection:
            yield connection

    async def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @asynccontextmanager
    async def _transaction(self, begin: str) -> AsyncIterator[InLoop]:
        with self._engine.connect() as connection:
            plain = cast("sqlite3.Connection", connection.connection.dbapi_connection)
            waited, pause = 0.0, _FIRST_PAUSE
            while not plain.in_transaction:
                try:
                    plain.execute(begin)
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                        raise DBAPIError.instance(begin, None, error, sqlite3.Error) from error
                    if waited >= self._busy_seconds:
                        raise self._busy() from error
                    await asyncio.sleep(pause)
                    waited, pause = waited + pause, min(pause * 2, _LONGEST_PAUSE)
            try:
                yield InLoop(connection.dialect, connection, plain, self._committing)
            finally:
                plain.rollback()  # what was committed is no longer there to roll back

    def _busy(self) -> Busy:
        return Busy(f"the store was busy for {self._busy_seconds} s")


def _prepare(connection: sqlite3.Connection, pragmas: Sequence[str]) -> None:
    for pragma in pragmas:
        connection.execute(pragma)
