"""The engine of one database: SQLite (one writer at a time is the rule) or PostgreSQL."""

from collections.abc import Awaitable, Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.errors import Unreachable, WrongAddress
from storage.in_place import InPlaceConnection
from storage.plain import dumps

#: How long a writer waits for another one, in seconds.
BUSY_SECONDS = 10

#: Execution option of a connection that only reads: on SQLite it takes no writer's lock.
READING = "tusoi_reading"

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a power cut loses no commit: what a person saw accepted is on the disk
    "PRAGMA foreign_keys = ON",
)


def engine_for(url: str, busy_seconds: float = BUSY_SECONDS) -> AsyncEngine:
    """The engine of `url` (`sqlite:///file` or `postgresql://…`). Raises WrongAddress."""
    address = _address(url)
    options: dict[str, Any] = {"json_serializer": dumps}
    if address.get_backend_name() == "sqlite":
        engine = create_async_engine(
            address, async_creator=_opener(address, busy_seconds), pool_reset_on_return=None, **options
        )
        sa.event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        sa.event.listen(engine.sync_engine, "begin", _begin_sqlite)
        return engine
    return create_async_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=10, **options)


async def reach(engine: AsyncEngine) -> None:
    """Raises Unreachable when there is no database, or one that cannot be read."""
    try:
        async with engine.connect() as connection:
            await connection.execution_options(**{READING: True})
            await connection.execute(sa.text("SELECT 1"))
    except DBAPIError as error:
        address = engine.url.render_as_string(hide_password=True)
        raise Unreachable(f"the database {address} cannot be reached: {error.orig}") from error


def _address(url: str) -> sa.URL:
    try:
        address = sa.make_url(url)
    except ArgumentError as error:
        raise WrongAddress("database address is not understood, expected sqlite:///FILE or postgresql://…") from error
    if address.drivername not in _DRIVERS:
        raise WrongAddress(f"database address: {address.drivername!r} is not known, expected sqlite or postgresql")
    if address.get_backend_name() == "sqlite" and address.database in {None, "", ":memory:"}:
        raise WrongAddress("database address: SQLite needs a file, expected sqlite:///FILE")
    return address.set(drivername=_DRIVERS[address.drivername])


def _opener(address: sa.URL, busy_seconds: float) -> Callable[[], Awaitable[InPlaceConnection]]:
    async def opened() -> InPlaceConnection:
        return await InPlaceConnection(address.database or "", busy_seconds)

    return opened


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A transaction that reads first and writes later could not wait for another writer: SQLite
    # refuses the upgrade at once. So the writer's lock is taken at the beginning.
    reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
