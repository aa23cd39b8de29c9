"""Many rows in few statements, the same on both engines."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import cache
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
    added: list[Values] = []
    for start in range(0, len(rows), ROWS):
        added += await connection.run_sync(_executing(statement, rows[start : start + ROWS]))
        await asyncio.sleep(0)  # let others have their turn between the statements
    return added


def _executing(statement: sa.Executable, rows: Sequence[Mapping[str, Any]]) -> Callable[[sa.Connection], list[Values]]:
    def execute(connection: sa.Connection) -> list[Values]:
        return list(connection.execute(statement, [dict(row) for row in rows]).all())

    return execute


@cache
def _insert_once(dialect: str, table: sa.Table, unique: tuple[str, ...]) -> Any:
    insert = INSERT[dialect](table).on_conflict_do_nothing(index_elements=list(unique))
    return insert.returning(*table.primary_key.columns, *(table.c[name] for name in unique))
