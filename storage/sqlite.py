"""The SQLite engine, used from the event loop's own thread.

An asynchronous driver would send every call to a thread, several times for one statement. With WAL a statement takes
microseconds and a switch of threads a hundred of them, so the switches would dominate. Only waiting for another
process' writer can take long: it is done by `asyncio.sleep`, while the event loop goes on.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import DBAPIError

from storage.columns import dumps, loads
from storage.connection import Got
from storage.errors import Busy
from storage.faults import faults_named
from storage.flushing import Flushing, flush_of
from storage.pieces import ROWS, Breath, each, in_pieces
from storage.queries import Prepared, Query, Row, Values
from storage.wake import Wake

#: The log is checkpointed into the database after so many commits or beyond so many bytes; a log that restarts is
#: truncated to LOG_KEPT. _CARRYING: seconds to wait for another checkpoint that is running.
COMMITS, LONG_LOG, LOG_KEPT, _CARRYING = 250, 2**25, 2**24, 1.0

#: In WAL mode, flushing (storage/flushing.py) and checkpoints are done here, because inside a commit they would block
#: the event loop. Where WAL is impossible (some network disks) SQLite flushes by itself.
_WITH_LOG = ("PRAGMA synchronous = NORMAL", "PRAGMA wal_autocheckpoint = 0", f"PRAGMA journal_size_limit = {LOG_KEPT}")
_WITHOUT_LOG = ("PRAGMA synchronous = FULL",)

#: `isolation_level` None: we issue BEGIN ourselves. `timeout` is short (seconds), because SQLite's own waiting blocks
#: the event loop. A connection may be lent to a thread (`fetch_apart`), but is never used by two at once.
_CONNECT = {"isolation_level": None, "timeout": 0.02, "cached_statements": 256, "check_same_thread": False}

#: Pauses between attempts to take the write lock, in seconds; each is twice the one before, up to the limit.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.05

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class InLoop:
    """A `storage.connection.Connection` whose calls run in the event loop's thread and return at once."""

    dialect: sa.Dialect
    _connection: sa.Connection
    _plain: sqlite3.Connection  # the same connection, unwrapped
    _committed: Callable[[], Awaitable[None]]
    _breath: Breath = field(default_factory=Breath)

    async def execute(self, statement: sa.Executable, values: Values | None = None) -> CursorResult[Any]:
        """Execute a statement."""
        await self._breath.take()
        return self._connection.execute(statement, values)

    async def fetch(self, query: Query[Row], values: Values) -> list[Row]:
        """Execute a query; its rows."""
        await self._breath.take()
        if not isinstance(query, Prepared):
            return [query.make(row) for row in self._connection.execute(query.statement, values)]
        compiled = query.compiled(self.dialect, values)
        parameters = compiled.parameters(values)
        try:
            cursor = self._plain.execute(compiled.text, parameters)
            kept = cursor.fetchmany(ROWS)
            rows = compiled.rows(kept)
            while len(kept) == ROWS:
                await self._breath.take()
                kept = cursor.fetchmany(ROWS)
                rows += compiled.rows(kept)
        except sqlite3.Error as error:
            # The error is logged without its parameters, which contain answers and codes.
            raise DBAPIError.instance(compiled.text, None, error, sqlite3.Error) from error
        return rows

    async def fetch_apart(self, query: Query[Row], values: Values | None = None) -> list[Row]:
        """Execute a query in a thread, which has this connection to itself until it is done. The rows are built in the
        event loop, a few at a time.
        """
        if not isinstance(query, Prepared):
            return await each(query.make, await self._apart(self._connection.execute, query.statement, values))
        compiled = query.compiled(self.dialect, values or {})
        try:
            kept = await self._apart(self._plain.execute, compiled.text, compiled.parameters(values or {}))
        except sqlite3.Error as error:
            raise DBAPIError.instance(compiled.text, None, error, sqlite3.Error) from error
        return await in_pieces(compiled.rows, kept)

    async def _apart(self, execute: Callable[..., Any], *given: Any) -> list[Any]:
        work = asyncio.ensure_future(asyncio.to_thread(lambda: [*execute(*given)]))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self._plain.interrupt()
            await asyncio.wait([work])
            raise

    async def run_sync(self, work: Callable[[sa.Connection], Got]) -> Got:
        """Let work that knows only SQLAlchemy's plain connection take part in the transaction."""
        await self._breath.take()
        return work(self._connection)

    async def gather(self, asked: Sequence[Coroutine[Any, Any, Any]]) -> list[Any]:
        """The results of all coroutines, which run one after the other."""
        given, rest = [], list(asked)
        try:
            while rest:
                given.append(await rest.pop(0))
        finally:
            for one in rest:
                one.close()
        return given

    async def commit(self) -> None:
        """Commit the transaction."""
        self._plain.commit()
        self._connection.close()  # another task may use the connection while this one waits for the flush
        await self._committed()


class Sqlite:
    """A SQLite database in a file; implements `storage.connection.Database`. There is one writer at a time."""

    def __init__(self, address: sa.URL, busy_seconds: float, *, checks_keys: bool = True) -> None:
        """Open the file. `checks_keys` False: foreign keys are not enforced, for migrations that rebuild a table."""
        self._engine = sa.create_engine(
            address,
            json_serializer=dumps,
            json_deserializer=loads,
            hide_parameters=True,  # an error is logged: without answers and codes
            connect_args=_CONNECT,
            pool_reset_on_return=None,
            max_overflow=-1,  # waiting for a free connection would block the event loop
        )
        self._checks_keys = f"PRAGMA foreign_keys = {'ON' if checks_keys else 'OFF'}"
        sa.event.listen(self._engine, "connect", self._prepare)
        self._address = address
        self._busy_seconds = busy_seconds
        self.wake = Wake()
        # Tasks of this process queue here, which is fair and fast; other processes are waited for by sleeping.
        self._line, self._in_line = asyncio.Lock(), 0
        self._file = Path(address.database or "").absolute()
        self._log = self._file.with_name(f"{self._file.name}-wal")
        self._flushing = Flushing(flush_of(self._log), lambda: self._in_line > 0)
        self._has_log = True
        self._commits = 0  # number of commits in the log
        self._emptying: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[InLoop]:
        """A transaction that may write. Raises Busy and FlushFailed."""
        await self._wait_in_line()
        mine = True

        def leave() -> None:
            nonlocal mine
            if mine:
                mine = False
                self._line.release()

        try:
            # A transaction that reads first and writes later could not wait for another writer, because SQLite refuses
            # to upgrade its lock at once. The write lock is therefore taken at the beginning.
            async with self._transaction("BEGIN IMMEDIATE", leave) as connection:
                yield connection
        finally:
            leave()
            self._flushing.go_on()  # tasks that waited to share this one's flush wait no longer

    def reading(self) -> AbstractAsyncContextManager[InLoop]:
        """A read-only transaction; it does not wait for a writer."""
        return self._transaction("BEGIN", lambda: None)

    async def close(self) -> None:
        """Close all connections."""
        if self._emptying:
            await self._emptying
        await self._flushing.close()
        self._engine.dispose()

    async def _wait_in_line(self) -> None:
        self._in_line += 1
        try:
            async with asyncio.timeout(self._busy_seconds):
                await self._line.acquire()
        except TimeoutError:
            raise self._busy() from None
        finally:
            self._in_line -= 1

    @asynccontextmanager
    async def _transaction(self, begin: str, leave: Callable[[], None]) -> AsyncIterator[InLoop]:
        """A transaction; before it ends, everything it has read is flushed to the disk. `leave` releases the write
        lock.
        """
        committed = False

        async def commit() -> None:
            nonlocal committed
            committed = True
            number = self._flushing.committed() if self._has_log else 0
            self._empty_in_time()
            leave()
            await self._flushing.until(number)

        with faults_named(self._address), self._engine.connect() as connection:
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
                yield InLoop(connection.dialect, connection, plain, commit)
            finally:
                if not committed:
                    plain.rollback()
        if not committed:
            leave()
            await self._flushing.until(self._flushing.written)

    def _empty_in_time(self) -> None:
        """Checkpoint the log when it is long, unless that is being done."""
        self._commits += 1
        if not self._has_log or (self._emptying and not self._emptying.done()):
            return
        looked_at = self._commits % (COMMITS // 10) == 0
        if self._commits >= COMMITS or (looked_at and self._log.stat().st_size > LONG_LOG):
            self._commits = 0
            self._emptying = asyncio.create_task(self._empty())

    async def _empty(self) -> None:
        """Checkpoint the log, in a thread: first while others go on writing, then the remainder while they wait.
        Without the second pass the log would never be empty and never restart.
        """
        try:
            await asyncio.to_thread(_carry_over, self._file)
            await self._wait_in_line()
            try:
                await asyncio.to_thread(_carry_over, self._file)
            finally:
                self._line.release()
        except (sqlite3.Error, Busy) as error:
            _log.warning("the log of the database is not carried over", error=type(error).__name__)

    def _prepare(self, plain: sqlite3.Connection, _record: object) -> None:
        """Set up a new connection."""
        (mode,) = plain.execute("PRAGMA journal_mode = WAL").fetchone()
        self._has_log = mode == "wal"
        for pragma in (*(_WITH_LOG if self._has_log else _WITHOUT_LOG), self._checks_keys):
            plain.execute(pragma)

    def _busy(self) -> Busy:
        return Busy(f"the store was busy for {self._busy_seconds} s")


def _carry_over(file: Path) -> None:
    plain = sqlite3.connect(file, isolation_level=None, timeout=_CARRYING)
    try:
        plain.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    finally:
        plain.close()
