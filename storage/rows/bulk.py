"""Inserting rows that may exist already, one or many, in the same way on both engines."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.connection import Connection
from storage.queries import Query, Row, Values

#: The INSERT construct of each engine that supports ON CONFLICT.
INSERT: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
#: Rows in one statement: well below the engines' limits on parameters, and quickly done, because on SQLite nothing else
#: runs meanwhile.
ROWS = 100


async def add_each_once(
    connection: Connection, row: type[Row], table: sa.Table, unique: tuple[str, ...], rows: Sequence[Values]
) -> list[Row]:
    """Insert those rows whose `unique` columns are new; returns id and `unique` columns of each new row, as `row`.

    All rows must have the same columns.
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
    """The same without returning the new rows, which is much faster on SQLite."""
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
    """An INSERT that does nothing when a row with the same `unique` columns exists."""
    return INSERT[dialect](table).on_conflict_do_nothing(index_elements=list(unique))
