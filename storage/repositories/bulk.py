"""Many rows in few statements, the same on both engines."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

import sqlalchemy as sa

from storage.connection import Connection
from storage.repositories.base import INSERT, Values

#: Rows a statement carries: well below what either engine takes as parameters, and soon over, since on SQLite
#: nothing else runs meanwhile.
ROWS = 500


async def add_each_once(
    connection: Connection, table: sa.Table, unique: tuple[str, ...], rows: Sequence[Mapping[str, Any]]
) -> list[Values]:
    """Add those rows of which none has the same `unique` columns yet: the id and these columns of each new one.

    All rows name the same columns.
    """
    statement = _insert_once(connection.dialect.name, table, unique)
    named = statement.returning(*table.primary_key.columns, *(table.c[name] for name in unique))
    added: list[Values] = []
    for some in _few(rows):
        added += await connection.run_sync(partial(_rows, statement=named, given=some))
        await asyncio.sleep(0)  # let others have their turn between the statements
    return added


async def add_all_once(
    connection: Connection, table: sa.Table, unique: tuple[str, ...], rows: Sequence[Mapping[str, Any]]
) -> None:
    """The same where nobody asks which were new: much faster on SQLite."""
    statement = _insert_once(connection.dialect.name, table, unique)
    for some in _few(rows):
        await connection.run_sync(partial(sa.Connection.execute, statement=statement, parameters=some))
        await asyncio.sleep(0)


def _rows(connection: sa.Connection, statement: Any, given: Sequence[Mapping[str, Any]]) -> Sequence[Values]:
    return connection.execute(statement, given).all()


def _few(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Mapping[str, Any]]]:
    for start in range(0, len(rows), ROWS):
        yield rows[start : start + ROWS]


@cache
def _insert_once(dialect: str, table: sa.Table, unique: tuple[str, ...]) -> Any:
    return INSERT[dialect](table).on_conflict_do_nothing(index_elements=list(unique))
