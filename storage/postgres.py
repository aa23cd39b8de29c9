"""PostgreSQL, through psycopg and SQLAlchemy's asynchronous engine."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from psycopg.errors import DeadlockDetected, SerializationFailure
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage.connection import Got
from storage.errors import LostRace
from storage.plain import dumps
from storage.prepared import Prepared

#: PostgreSQL ends one of two transactions that wait for each other.
_LOST = (DeadlockDetected, SerializationFailure)


class Pooled:
    """A `storage.connection.Connection` of the pool."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> sa.Dialect:
        """PostgreSQL's."""
        return self._connection.dialect

    async def execute(self, statement: sa.Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        """Execute a statement."""
        return await self._connection.execute(statement, values)

    async def fetch(self, prepared: Prepared, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Execute a prepared statement; its rows."""
        result = await self._connection.execute(prepared.statement, values)
        return result.all() if result.returns_rows else ()

    async def run_sync(self, work: Callable[[sa.Connection], Got]) -> Got:
        """Let work that knows only SQLAlchemy's plain connection take part in the transaction."""
        return await self._connection.run_sync(work)

    async def commit(self) -> None:
        """Keep everything."""
        await self._connection.commit()


class Postgres:
    """A `storage.connection.Database`."""

    def __init__(self, address: sa.URL) -> None:
        self._engine = create_async_engine(
            address, json_serializer=dumps, pool_pre_ping=True, pool_size=10, max_overflow=10
        )

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Pooled]:
        """A transaction that may write. Raises LostRace."""
        async with self._engine.connect() as connection:
            try:
                yield Pooled(connection)
            except OperationalError as error:
                if isinstance(error.orig, _LOST):
                    raise LostRace("another transaction came first") from error
                raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Pooled]:
        """A transaction that only looks."""
        async with self._engine.connect() as connection:
            yield Pooled(connection)

    async def close(self) -> None:
        """Give all connections back."""
        await self._engine.dispose()
