"""What repositories share: the connection of their transaction, and inserts that may lose a race."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult

from storage.connection import Connection
from storage.held import Held
from storage.prepared import Prepared

#: The INSERT of each engine that knows ON CONFLICT.
INSERT: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

#: A row of a result, as a tuple of plain values.
Values = Sequence[Any]

Statement = sa.Executable | Prepared


class Repository:
    """A part of a transaction."""

    def __init__(self, connection: Connection, held: Held) -> None:
        self._connection = connection
        self._held = held

    async def _run(self, statement: sa.Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        return await self._connection.execute(statement, values)

    async def _row(self, statement: Statement, values: Mapping[str, Any] | None = None) -> Values | None:
        rows = await self._rows(statement, values)
        return rows[0] if rows else None

    async def _rows(self, statement: Statement, values: Mapping[str, Any] | None = None) -> Sequence[Values]:
        if isinstance(statement, Prepared):
            return await self._connection.fetch(statement, values or {})
        return (await self._run(statement, values)).all()

    async def _many(self, statement: sa.Executable, values: Sequence[Mapping[str, Any]]) -> None:
        """One statement for many rows of values."""
        if values:
            await self._connection.run_sync(lambda connection: connection.execute(statement, values))

    async def _id(self, statement: sa.Executable, values: Mapping[str, Any]) -> int:
        """The id that an INSERT … RETURNING id gave."""
        return int((await self._run(statement, values)).scalar_one())

    async def _once(self, table: sa.Table, unique: tuple[str, ...], values: Mapping[str, Any]) -> int | None:
        """The id of the new row, or None when there is one with the same `unique` columns already."""
        statement = _insert_once(self._connection.dialect.name, table, unique)
        row = await self._row(statement, values)
        return None if row is None else int(row[0])


@cache
def _insert_once(dialect: str, table: sa.Table, unique: tuple[str, ...]) -> Prepared:
    insert = INSERT[dialect](table).on_conflict_do_nothing(index_elements=list(unique))
    return Prepared(insert.returning(*table.primary_key.columns))
