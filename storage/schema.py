"""The schema of a database: upgrading it, and refusing one that does not fit the program."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import sqlalchemy as sa

from storage.connection import Database
from storage.engine import database_at, reach
from storage.errors import WrongSchema

if TYPE_CHECKING:  # 10 MB and a tenth of a second: only who changes the schema does
    from alembic.config import Config

#: The name of our version table; libraries that share the database have their own.
VERSION_TABLE = "tusoi_schema"

_LOCK = 0x7475736F69  # "tusoi" in ASCII: an advisory lock, so that two programs upgrade PostgreSQL one after the other


async def upgrade(url: str) -> None:
    """Upgrade the database at `url` to the current schema, completely or not at all. Does nothing when it is current.

    Raises WrongAddress, Unreachable, or WrongSchema when the database is newer than the program.
    """
    database = database_at(url, migrates=True)
    try:
        await reach(database)
        async with database.reading() as connection:
            if await connection.run_sync(_current) == _head():
                return
        async with database.writing() as connection:
            await connection.run_sync(_upgrade)
            await connection.run_sync(_check_keys)
            await connection.commit()
    finally:
        await database.close()


async def check(database: Database) -> None:
    """Check the schema. Raises Unreachable, or WrongSchema unless it is exactly the one of this program."""
    await reach(database)
    async with database.reading() as connection:
        await connection.run_sync(_check)


@cache
def known_revisions() -> frozenset[str]:
    """All schema revisions up to this program's; their files are named v and a number."""
    names = (file.name for file in files("storage.migrations.versions").iterdir())
    return frozenset(name[1:5] for name in names if name.startswith("v") and name.endswith(".py"))


def _head() -> str:
    return max(known_revisions())


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command  # noqa: PLC0415 - see the top

    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    _refuse_newer(_current(connection))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _check_keys(connection: sa.Connection) -> None:
    """SQLite did not enforce foreign keys during the upgrade, so they are checked before it is committed."""
    if connection.dialect.name == "sqlite":
        broken = connection.execute(sa.text("PRAGMA foreign_key_check")).all()
        assert not broken, f"the migration breaks foreign keys of {sorted({row[0] for row in broken})}"


def _check(connection: sa.Connection) -> None:
    current = _current(connection)
    _refuse_newer(current)
    if current != _head():
        raise WrongSchema(
            f"the database is at version {current or 'none'}, older than the program: run 'tusoi db upgrade'",
            "database_older" if current else "database_without_tables",
            version=current or "",
        )


def _refuse_newer(current: str | None) -> None:
    if current is not None and current not in known_revisions():
        text = f"the database is at version {current}, newer than this program: install the newer program"
        raise WrongSchema(text, "database_newer", version=current)


def _current(connection: sa.Connection) -> str | None:
    """The revision recorded by Alembic; None when there is no schema of ours."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return None
    version: sa.ColumnClause[str] = sa.column("version_num")
    return connection.execute(sa.select(version).select_from(sa.table(VERSION_TABLE))).scalar()


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see the top

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.set_main_option("path_separator", "os")
    return config
