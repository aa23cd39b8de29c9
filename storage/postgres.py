"""PostgreSQL, through psycopg and SQLAlchemy's asynchronous engine."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, cast

import psycopg
import sqlalchemy as sa
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage.columns import dumps
from storage.connection import Got
from storage.errors import Away, Busy, LostRace
from storage.faults import faults_named, place_of
from storage.pieces import each, in_pieces
from storage.postgres_wake import PostgresWake
from storage.queries import Compiled, Kept, Prepared, Query, Row, Values

#: PostgreSQL ends one of two transactions that wait for each other.
_LOST = (DeadlockDetected, SerializationFailure)


class Pooled:
    """A `storage.connection.Connection` of the pool.

    Each trip to the server costs more than the statement it carries. Prepared statements that bring no rows back
    wait for the next one and travel with it, in one pipeline; what is wrong with them is told then.
    """

    def __init__(self, connection: AsyncConnection, driver: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection
        self._driver = driver  # the same one
        self._waiting: list[tuple[str, dict[str, object]]] = []

    @property
    def dialect(self) -> sa.Dialect:
        """PostgreSQL's."""
        return self._connection.dialect

    async def execute(self, statement: sa.Executable, values: Values | None = None) -> CursorResult[Any]:
        """Execute a statement."""
        await self._send()
        return await self._connection.execute(statement, values)

    async def fetch(self, query: Query[Row], values: Values) -> list[Row]:
        """Execute a query; its rows."""
        if not isinstance(query, Prepared):
            await self._send()
            return [query.make(row) for row in await self._connection.execute(query.statement, values)]
        compiled = query.compiled(self.dialect, values)
        return compiled.rows(await self._answer(compiled, values))

    async def fetch_apart(self, query: Query[Row], values: Values | None = None) -> list[Row]:
        """Execute a query: the server is elsewhere anyhow. Its rows are made some at a time."""
        if not isinstance(query, Prepared):
            await self._send()
            return await each(query.make, (await self._connection.execute(query.statement, values)).all())
        compiled = query.compiled(self.dialect, values or {})
        kept = await self._answer(compiled, values or {})
        return await in_pieces(compiled.rows, kept)

    async def run_sync(self, work: Callable[[sa.Connection], Got]) -> Got:
        """Let work that knows only SQLAlchemy's plain connection take part in the transaction."""
        await self._send()
        return await self._connection.run_sync(work)

    async def commit(self) -> None:
        """Keep everything."""
        await self._send()
        await self._connection.commit()

    async def _answer(self, compiled: Compiled[Row], values: Values) -> list[Kept]:
        """The rows of a statement, as they are kept; of one that brings none nothing, and it waits for the next one."""
        names = (name for name, _, _ in compiled.given)
        self._waiting.append((compiled.text, dict(zip(names, compiled.parameters(values), strict=True))))
        return await self._send() if compiled.has_rows else []

    async def _send(self) -> list[Kept]:
        """Everything that waits, in one trip; the rows of the last statement."""
        statements, self._waiting = self._waiting, []
        if not statements:
            return []
        try:
            if len(statements) == 1:  # a pipeline costs as much again
                cursor = await self._driver.execute(*statements[0])
            else:
                async with self._driver.pipeline():
                    for text, values in statements:
                        cursor = await self._driver.execute(text, values)
            return await cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            raise DBAPIError.instance("; ".join(text for text, _ in statements), None, error, psycopg.Error) from error


#: Connections that are kept: as many as events are handled at once (bot/telegram/handling.py). What is beyond them, as
#: pages that are opened, is opened and thrown away, which costs more than all it is opened for.
POOL, OVERFLOW = 32, 8


#: A line whose other end vanished without a word (a cable, a host) is given up after so long (milliseconds), on both sides;
#: one that is silent is tried from `idle` on (seconds).
_VANISHED = 20_000
_TRIED = {"idle": 10, "interval": 5, "count": 2}

#: Seconds after which the server ends a transaction in which nothing is done: of a process that stands still, which would
#: keep a person's conversation locked. More than the longest thought between two statements, of a whole roster.
_NOTHING_DONE = 60

#: A connection that was not used for longer (seconds) is tried before it is: the server may have been started anew.
_FRESH = 2.0


class Postgres:
    """A `storage.connection.Database`."""

    def __init__(self, address: sa.URL, busy_seconds: float) -> None:
        """A lock that another transaction holds is waited for up to `busy_seconds`."""
        self._line = _line(address, busy_seconds)
        self._address = address
        self._engine = create_async_engine(
            address,
            json_serializer=dumps,
            hide_parameters=True,  # an error is logged: without answers and codes
            connect_args=self._line,
            pool_size=POOL,
            max_overflow=OVERFLOW,
            pool_use_lifo=True,  # those in use stay fresh
        )
        sa.event.listen(self._engine.sync_engine, "checkout", self._try_old)
        sa.event.listen(self._engine.sync_engine, "checkin", _left)
        self._plain_address = address.set(drivername="postgresql").render_as_string(hide_password=False)
        self.wake = PostgresWake(self._connect)

    def writing(self) -> AbstractAsyncContextManager[Pooled]:
        """A transaction that may write. Raises LostRace, Busy, Away."""
        return self._transaction()

    def reading(self) -> AbstractAsyncContextManager[Pooled]:
        """A transaction that only looks. Raises Away."""
        return self._transaction()

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Pooled]:
        with faults_named(self._address):
            async with self._used() as connection:
                yield connection

    @asynccontextmanager
    async def _used(self) -> AsyncIterator[Pooled]:
        async with self._engine.connect() as connection:
            driver = cast("psycopg.AsyncConnection[Any]", (await connection.get_raw_connection()).driver_connection)
            pool = self._engine.pool
            try:
                async with connection.begin() as transaction:
                    yield Pooled(connection, driver)
                    if transaction.is_active:
                        await transaction.rollback()
            except DBAPIError as error:
                if isinstance(error.orig, _LOST):
                    raise LostRace("another transaction came first") from error
                if isinstance(error.orig, LockNotAvailable):
                    raise Busy("what another transaction holds was not let go") from error
                if not _ended(driver, error.orig):
                    raise
                await connection.invalidate()
                if pool is self._engine.pool:  # nobody has thrown away yet what was opened before the server went
                    await self._engine.dispose()
                told = {"place": place_of(self._address), "told": str(error.orig)}
                raise Away("the database's server went away in the midst", "server_away", **told) from error

    async def _connect(self) -> psycopg.AsyncConnection[object]:
        """A connection besides, for wakes."""
        return await psycopg.AsyncConnection.connect(self._plain_address, autocommit=True, **self._line)

    def _try_old(self, connection: Any, record: Any, _: object) -> None:
        """A trip to the server only where nobody took one of late."""
        if time.monotonic() - record.info.get("left", time.monotonic()) < _FRESH:
            return
        try:
            self._engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise DisconnectionError from error

    async def close(self) -> None:
        """Give all connections back."""
        await self.wake.close()
        await self._engine.dispose()


def _left(_: object, record: Any) -> None:
    record.info["left"] = time.monotonic()


def _ended(driver: "psycopg.AsyncConnection[Any]", error: BaseException | None) -> bool:
    """Whether the server is no longer at the other end of the connection, or is about to leave."""
    return driver.closed or (isinstance(error, psycopg.Error) and (error.sqlstate or "").startswith(("57P", "25P03")))


def _line(address: sa.URL, busy_seconds: float) -> dict[str, Any]:
    """How a connection is made: when its other end is taken for gone, here and there, and how long a lock is waited for."""
    client = {"keepalives": 1} | {f"keepalives_{name}": value for name, value in _TRIED.items()}
    server = {f"tcp_keepalives_{name}": value for name, value in _TRIED.items()} | {
        "tcp_user_timeout": _VANISHED,
        "idle_in_transaction_session_timeout": f"{_NOTHING_DONE}s",
        "lock_timeout": f"{int(busy_seconds * 1000)}ms",
    }
    asked = address.query.get("options", ())
    options = [*((asked,) if isinstance(asked, str) else asked), *(f"-c {name}={of}" for name, of in server.items())]
    return {**client, "tcp_user_timeout": _VANISHED, "connect_timeout": 10, "options": " ".join(options)}
