"""PostgreSQL, through psycopg and SQLAlchemy's asynchronous engine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from psycopg.errors import DeadlockDetected, SerializationFailure
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

from storage.connection import Connection
from storage.errors import LostRace
from storage.plain import dumps

#: PostgreSQL ends one of two transactions that wait for each other.
_LOST = (DeadlockDetected, SerializationFailure)


class Postgres:
    """A `storage.connection.Database`."""

    def __init__(self, address: sa.URL) -> None:
        self._engine = create_async_engine(
            address, json_serializer=dumps, pool_pre_ping=True, pool_size=10, max_overflow=10
        )

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Connection]:
        """A transaction that may write. Raises LostRace."""
        async with self._engine.connect() as connection:
            try:
                yield connection
            except OperationalError as error:
                if isinstance(error.orig, _LOST):
                    raise LostRace("another transaction came first") from error
                raise

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """A transaction that only looks."""
        async with self._engine.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Give all connections back."""
        await self._engine.dispose()
