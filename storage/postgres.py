"""PostgreSQL, through psycopg and SQLAlchemy's asynchronous engine."""

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

#: PostgreSQL ends one of two transactions that wait for each other.
_LOST = (DeadlockDetected, SerializationFailure)


@dataclass(slots=True, eq=False)
class _Sent:
    """A statement on its way to the server. `prepared`: it is worth being kept ready there."""

    text: str
    values: dict[str, object] | None = None
    prepared: bool = False
    cursor: psycopg.AsyncCursor[Any] | None = None
    answered: asyncio.Future[None] | None = None  # where somebody else sends it


class Pooled:
    """A `storage.connection.Connection` of the pool.

    Each trip to the server costs more than the statement it carries. The beginning, and Prepared statements that bring no rows
    back, wait for the next one and travel with it, in one pipeline; what is wrong with them is told then. The end travels with
    what still waits; and what is asked `at_once` travels together.
    """

    def __init__(self, connection: AsyncConnection, driver: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection
        self._driver = driver  # the same one
        self._waiting = [_Sent("BEGIN")]
        self._begun = False
        self._looks = True  # and has changed nothing
        self._line = asyncio.Lock()  # one trip at a time
        self._at_once = 0  # how many ask together
        self._gathered = False  # somebody is about to send what all of them ask

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
        """Execute a query: the server is elsewhere anyhow. Its rows are made some at a time."""
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
        """What each of these gives. What they ask at the same time travels together."""
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
        """Keep everything."""
        await self._end()
        await self._connection.commit()
        self._waiting, self._begun = [_Sent("BEGIN")], False  # what is done in spite of all afterwards is not kept

    async def leave(self) -> None:
        """End it where it was not committed. What only looked is ended as if it were: with whatever is rolled back the driver forgets
        all statements that the server has ready, and their plans.
        """
        if self._looks:
            await self._end()

    async def _end(self) -> None:
        if self._begun:
            self._waiting.append(_Sent("COMMIT"))
            await self._send()

    async def _answer(self, compiled: Compiled[Row], values: Values) -> list[Kept]:
        """The rows of a statement, as they are kept; of one that brings none nothing, and it waits for the next one."""
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
        """The first who asks waits until the others have asked, too, and sends it all."""
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
        """Everything that waits, in one trip."""
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
        if len(statements) == 1:  # a pipeline costs something, too
            (one,) = statements
            one.cursor = await self._driver.execute(one.text, one.values, prepare=one.prepared)
            return
        async with self._driver.pipeline():
            for one in statements:
                one.cursor = await self._driver.execute(one.text, one.values, prepare=one.prepared)


def _awaited(statements: Sequence[_Sent]) -> Iterator[asyncio.Future[None]]:
    return (one.answered for one in statements if one.answered and not one.answered.done())


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
