"""PostgreSQL, through psycopg and SQLAlchemy's asynchronous engine."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

import psycopg
import sqlalchemy as sa
from psycopg.errors import DeadlockDetected, SerializationFailure
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage.columns import dumps
from storage.connection import Got
from storage.errors import LostRace
from storage.queries import Kept, Prepared, Query, Row, Values
from storage.wake import PostgresWake

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
        names = (name for name, _, _ in compiled.given)
        self._waiting.append((compiled.text, dict(zip(names, compiled.parameters(values), strict=True))))
        return compiled.rows(await self._send()) if compiled.has_rows else []

    async def run_sync(self, work: Callable[[sa.Connection], Got]) -> Got:
        """Let work that knows only SQLAlchemy's plain connection take part in the transaction."""
        await self._send()
        return await self._connection.run_sync(work)

    async def commit(self) -> None:
        """Keep everything."""
        await self._send()
        await self._connection.commit()

    async def _send(self) -> list[Kept]:
        """Everything that waits, in one trip; the rows of the last statement."""
        statements, self._waiting = self._waiting, []
        if not statements:
            return []
        try:
            async with self._driver.pipeline():
                for text, values in statements:
                    cursor = await self._driver.execute(text, values)
            return await cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            raise DBAPIError.instance("; ".join(text for text, _ in statements), None, error, psycopg.Error) from error


#: Connections that are kept: as many as events are handled at once (bot/telegram/handling.py). What is beyond them, as
#: pages that are opened, is opened and thrown away, which costs more than all it is opened for.
POOL, OVERFLOW = 32, 8


class Postgres:
    """A `storage.connection.Database`."""

    def __init__(self, address: sa.URL) -> None:
        self._engine = create_async_engine(
            address,
            json_serializer=dumps,
            hide_parameters=True,  # an error is logged: without answers and codes
            pool_pre_ping=True,
            pool_size=POOL,
            max_overflow=OVERFLOW,
        )
        self._plain_address = address.set(drivername="postgresql").render_as_string(hide_password=False)
        self.wake = PostgresWake(self._connect)

    async def _connect(self) -> psycopg.AsyncConnection[object]:
        return await psycopg.AsyncConnection.connect(self._plain_address, autocommit=True)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Pooled]:
        """A transaction that may write. Raises LostRace."""
        try:
            async with self._transaction() as connection:
                yield connection
        except OperationalError as error:
            if isinstance(error.orig, _LOST):
                raise LostRace("another transaction came first") from error
            raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Pooled]:
        """A transaction that only looks."""
        async with self._transaction() as connection:
            yield connection

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Pooled]:
        async with self._engine.connect() as connection, connection.begin() as transaction:
            driver = (await connection.get_raw_connection()).driver_connection
            yield Pooled(connection, cast("psycopg.AsyncConnection[Any]", driver))
            if transaction.is_active:
                await transaction.rollback()

    async def close(self) -> None:
        """Give all connections back."""
        await self.wake.close()
        await self._engine.dispose()
