"""The PostgreSQL engine, through psycopg and SQLAlchemy's asynchronous engine."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
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
from storage.queries import Compiled, Kept, Prepared, Query, Row, Values, only_looks

#: PostgreSQL aborts one of two transactions that wait for each other (deadlock).
_LOST = (DeadlockDetected, SerializationFailure)


@dataclass(slots=True, eq=False)
class _Sent:
    """A statement to be sent to the server. `prepared`: it is executed often enough to be prepared on the server."""

    text: str
    values: dict[str, object] | None = None
    prepared: bool = False
    cursor: psycopg.AsyncCursor[Any] | None = None
    answered: asyncio.Future[None] | None = None  # set when another task sends this statement


class Pooled:
    """A pooled connection of PostgreSQL; implements `storage.connection.Connection`.

    Each round trip costs more than the statement it carries, so statements are sent together in a pipeline. BEGIN and
    prepared statements that return no rows wait and travel with the next statement; their errors are raised then.
    COMMIT travels with whatever is still waiting. Statements passed to `at_once` share a trip.
    """

    def __init__(self, connection: AsyncConnection, driver: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection
        self._driver = driver  # the same connection, unwrapped
        self._waiting = [_Sent("BEGIN")]
        self._begun = False
        self._looks = True  # read-only so far
        self._line = asyncio.Lock()  # one round trip at a time
        self._at_once = 0  # tasks inside `gather`
        self._gathered = False  # one of these tasks is about to send everybody's statements

    @property
    def dialect(self) -> sa.Dialect:
        """PostgreSQL's."""
        return self._connection.dialect

    async def execute(self, statement: sa.Executable, values: Values | None = None) -> CursorResult[Any]:
        """Execute a statement."""
        self._looks &= only_looks(statement)
        async with self._line:
            await self._send_waiting()
            return await self._connection.execute(statement, values)

    async def fetch(self, query: Query[Row], values: Values) -> list[Row]:
        """Execute a query; its rows."""
        if not isinstance(query, Prepared):
            return [query.make(row) for row in await self.execute(query.statement, values)]
        compiled = query.compiled(self.dialect, values)
        return compiled.rows(await self._answer(compiled, values))

    async def fetch_apart(self, query: Query[Row], values: Values | None = None) -> list[Row]:
        """The rows of a query. The server does the work anyway; only building the rows is done a few at a time."""
        if not isinstance(query, Prepared):
            return await each(query.make, (await self.execute(query.statement, values)).all())
        compiled = query.compiled(self.dialect, values or {})
        kept = await self._answer(compiled, values or {})
        return await in_pieces(compiled.rows, kept)

    async def run_sync(self, work: Callable[[sa.Connection], Got]) -> Got:
        """Let work that knows only SQLAlchemy's plain connection take part in the transaction."""
        self._looks = False
        async with self._line:
            await self._send_waiting()
            return await self._connection.run_sync(work)

    async def gather(self, asked: Sequence[Coroutine[Any, Any, Any]]) -> list[Any]:
        """The results of all coroutines. Statements that they issue at the same time share a round trip."""
        self._at_once += 1
        try:
            given = await asyncio.gather(*asked, return_exceptions=True)
        finally:
            self._at_once -= 1
        for one in given:
            if isinstance(one, BaseException):
                raise one
        return given

    async def commit(self) -> None:
        """Commit the transaction."""
        await self._end()
        await self._connection.commit()
        self._waiting, self._begun = [_Sent("BEGIN")], False  # anything done afterwards by mistake is rolled back

    async def leave(self) -> None:
        """End a transaction that was not committed. A read-only one is ended with COMMIT: on ROLLBACK the driver would
        forget all statements prepared on the server, and with them their plans.
        """
        if self._looks:
            await self._end()

    async def _end(self) -> None:
        if self._begun:
            self._waiting.append(_Sent("COMMIT"))
            await self._send()

    async def _answer(self, compiled: Compiled[Row], values: Values) -> list[Kept]:
        """The stored rows of a statement. A statement without rows returns nothing here and waits to be sent with the
        next one.
        """
        self._looks &= compiled.looks
        names = (name for name, _, _ in compiled.given)
        sent = _Sent(compiled.text, dict(zip(names, compiled.parameters(values), strict=True)), prepared=True)
        self._waiting.append(sent)
        self._begun = True
        if not compiled.has_rows:
            return []
        await (self._send_with_others(sent) if self._at_once else self._send())
        assert sent.cursor is not None
        return await sent.cursor.fetchall()

    async def _send_with_others(self, sent: _Sent) -> None:
        """Send together with other tasks: the first waits until the others have added their statements, then sends all."""
        if self._gathered:
            sent.answered = asyncio.get_running_loop().create_future()
            await sent.answered
            return
        self._gathered = True
        try:
            await asyncio.sleep(0)
        finally:
            self._gathered = False
        await self._send()

    async def _send(self) -> None:
        async with self._line:
            await self._send_waiting()

    async def _send_waiting(self) -> None:
        """Send everything that waits, in one round trip."""
        statements, self._waiting = self._waiting, []
        if not statements:
            return
        self._begun = True
        try:
            await self._travel(statements)
        except psycopg.Error as error:
            text = "; ".join(one.text for one in statements)
            told = DBAPIError.instance(text, None, error, psycopg.Error)
            for answered in _awaited(statements):
                answered.set_exception(told)
            raise told from error
        except BaseException:
            for answered in _awaited(statements):
                answered.cancel()
            raise
        for answered in _awaited(statements):
            answered.set_result(None)

    async def _travel(self, statements: Sequence[_Sent]) -> None:
        if len(statements) == 1:  # a pipeline has a cost of its own
            (one,) = statements
            one.cursor = await self._driver.execute(one.text, one.values, prepare=one.prepared)
            return
        async with self._driver.pipeline():
            for one in statements:
                one.cursor = await self._driver.execute(one.text, one.values, prepare=one.prepared)


def _awaited(statements: Sequence[_Sent]) -> Iterator[asyncio.Future[None]]:
    return (one.answered for one in statements if one.answered and not one.answered.done())


#: Connections kept in the pool: as many as events are handled at once (bot/telegram/handling.py). Further ones, for
#: instance for opened pages, are created and thrown away, which costs more than the work they are opened for.
POOL, OVERFLOW = 32, 8


#: How a connection whose other end vanished silently (cable, host) is detected, on both sides: unacknowledged data is
#: given up after so many milliseconds; an idle connection is probed after `idle` seconds.
_VANISHED = 20_000
_TRIED = {"idle": 10, "interval": 5, "count": 2}

#: Seconds after which the server ends a transaction that does nothing, as of a stopped process, which would otherwise
#: keep a person's conversation locked. It must exceed the longest computation between two statements (a whole roster).
_NOTHING_DONE = 60

#: Seconds without use after which a connection is tested before it is used again: the server may have been restarted.
_FRESH = 2.0


class Postgres:
    """A PostgreSQL database; implements `storage.connection.Database`."""

    def __init__(self, address: sa.URL, busy_seconds: float) -> None:
        """Connect to `address`. A lock held by another transaction is waited for up to `busy_seconds`."""
        self._line = _line(address, busy_seconds)
        self._address = address
        self._engine = create_async_engine(
            address,
            json_serializer=dumps,
            hide_parameters=True,  # an error is logged: without answers and codes
            connect_args={**self._line, "autocommit": True},  # a transaction begins with its first statement (Pooled)
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
        """A read-only transaction. Raises Away."""
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
                    pooled = Pooled(connection, driver)
                    yield pooled
                    if transaction.is_active:
                        await pooled.leave()
                        await transaction.rollback()
            except DBAPIError as error:
                if isinstance(error.orig, _LOST):
                    raise LostRace("another transaction came first") from error
                if isinstance(error.orig, LockNotAvailable):
                    raise Busy("what another transaction holds was not let go") from error
                if not _ended(driver, error.orig):
                    raise
                await connection.invalidate()
                if pool is self._engine.pool:  # the old connections were not yet discarded after the server went away
                    await self._engine.dispose()
                told = {"place": place_of(self._address), "told": str(error.orig)}
                raise Away("the database's server went away in the midst", "server_away", **told) from error

    async def _connect(self) -> psycopg.AsyncConnection[object]:
        """A further connection, used for wakes."""
        return await psycopg.AsyncConnection.connect(self._plain_address, autocommit=True, **self._line)

    def _try_old(self, connection: Any, record: Any, _: object) -> None:
        """Test a pooled connection with a round trip, but only when it was not used recently."""
        if time.monotonic() - record.info.get("left", time.monotonic()) < _FRESH:
            return
        try:
            self._engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise DisconnectionError from error

    async def close(self) -> None:
        """Close all connections."""
        await self.wake.close()
        await self._engine.dispose()


def _left(_: object, record: Any) -> None:
    record.info["left"] = time.monotonic()


def _ended(driver: "psycopg.AsyncConnection[Any]", error: BaseException | None) -> bool:
    """Whether the server has closed the connection or is about to."""
    return driver.closed or (isinstance(error, psycopg.Error) and (error.sqlstate or "").startswith(("57P", "25P03")))


def _line(address: sa.URL, busy_seconds: float) -> dict[str, Any]:
    """The connection options: keep-alive and timeouts on both sides, and the lock timeout."""
    client = {"keepalives": 1} | {f"keepalives_{name}": value for name, value in _TRIED.items()}
    server = {f"tcp_keepalives_{name}": value for name, value in _TRIED.items()} | {
        "tcp_user_timeout": _VANISHED,
        "idle_in_transaction_session_timeout": f"{_NOTHING_DONE}s",
        "lock_timeout": f"{int(busy_seconds * 1000)}ms",
    }
    asked = address.query.get("options", ())
    options = [*((asked,) if isinstance(asked, str) else asked), *(f"-c {name}={of}" for name, of in server.items())]
    return {**client, "tcp_user_timeout": _VANISHED, "connect_timeout": 10, "options": " ".join(options)}
