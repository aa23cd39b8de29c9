"""From a database address to the database: SQLite or PostgreSQL."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from storage.connection import Database
from storage.errors import WrongAddress
from storage.sqlite import Sqlite

#: Seconds that a transaction waits for a lock held by another one (on SQLite: for its turn to write).
BUSY_SECONDS = 10

_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def database_at(url: str, busy_seconds: float = BUSY_SECONDS, *, migrates: bool = False) -> Database:
    """The database at `url` (`sqlite:///file` or `postgresql://…`). Raises WrongAddress.

    Pass `migrates` when the schema is about to be changed: SQLite alters a table by rebuilding it, and must not enforce
    foreign keys meanwhile.
    """
    address = address_of(url)
    if address.get_backend_name() == "sqlite":
        return Sqlite(address, busy_seconds, checks_keys=not migrates)
    from storage.postgres import Postgres  # noqa: PLC0415 - 15 MB of a driver that SQLite does without

    return Postgres(address, busy_seconds)


async def reach(database: Database) -> None:
    """Check that the database can be reached. Raises Unreachable when it does not exist or cannot be read."""
    async with database.reading() as connection:
        await connection.execute(sa.text("SELECT 1"))


def file_at(url: str) -> Path | None:
    """The SQLite file at `url`; None when the database is a server. Raises WrongAddress."""
    address = address_of(url)
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def address_of(url: str) -> sa.URL:
    """The address in SQLAlchemy's form, with the driver filled in. Raises WrongAddress."""
    try:
        address = sa.make_url(url)
    except ArgumentError as error:
        raise WrongAddress(
            "database address is not understood, expected sqlite:///FILE or postgresql://…", "database_address"
        ) from error
    if address.drivername not in _DRIVERS:
        text = f"database address: {address.drivername!r} is not known, expected sqlite or postgresql"
        raise WrongAddress(text, "database_address")
    if address.get_backend_name() == "sqlite" and address.database in {None, "", ":memory:"}:
        raise WrongAddress("database address: SQLite needs a file, expected sqlite:///FILE", "database_address")
    return address.set(drivername=_DRIVERS[address.drivername])
