"""Rows that may be there already, one or many, the same on both engines."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.connection import Connection
from storage.queries import Query, Row, Values

#: The INSERT of each engine that knows ON CONFLICT.
INSERT: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
#: Rows a statement carries: well below what either engine takes as parameters, and soon over, since on SQLite
#: nothing else runs meanwhile.
ROWS = 100


async def add_each_once(
    connection: Connection, row: type[Row], table: sa.Table, unique: tuple[str, ...], rows: Sequence[Values]
) -> list[Row]:
    """Add those rows of which none has the same `unique` columns yet: the id and these columns of each new one, as `row`
    has them.

    All rows name the same columns.
    """
    statement = insert_once(connection.dialect.name, table, unique)
    query = Query(row, statement.returning(*table.primary_key.columns, *(table.c[name] for name in unique)))
    added: list[Row] = []
    for some in _few(rows):
        added += map(query.make, await connection.run_sync(partial(_all, query=query, given=some)))
        await asyncio.sleep(0)  # let others have their turn between the statements
    return added


async def add_all_once(
    connection: Connection, table: sa.Table, unique: tuple[str, ...], rows: Sequence[Values]
) -> None:
    """The same where nobody asks which were new: much faster on SQLite."""
    statement = insert_once(connection.dialect.name, table, unique)
    for some in _few(rows):
        await connection.run_sync(partial(sa.Connection.execute, statement=statement, parameters=some))
        await asyncio.sleep(0)


def _all(connection: sa.Connection, query: Query[Row], given: Sequence[Values]) -> Sequence[sa.Row[Any]]:
    return connection.execute(query.statement, given).all()


def _few(rows: Sequence[Values]) -> Iterator[Sequence[Values]]:
    for start in range(0, len(rows), ROWS):
        yield rows[start : start + ROWS]


@cache
def insert_once(dialect: str, table: sa.Table, unique: tuple[str, ...]) -> Any:
    """An INSERT that does nothing where there is a row with the same `unique` columns."""
    return INSERT[dialect](table).on_conflict_do_nothing(index_elements=list(unique))
