"""What repositories share: the connection of their unit of work, and inserts that may lose a race."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult

from storage.connection import Connection
from storage.held import Held

#: The INSERT of each engine that knows ON CONFLICT.
INSERT: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

#: A row of a result, as a tuple of plain values.
Values = Sequence[Any]


class Repository:
    """A part of a unit of work."""

    def __init__(self, connection: Connection, held: Held) -> None:
        self._connection = connection
        self._held = held

    async def _run(self, statement: sa.Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        return await self._connection.execute(statement, values)

    async def _row(self, statement: sa.Executable, values: Mapping[str, Any] | None = None) -> Values | None:
        return (await self._run(statement, values)).first()

    async def _rows(self, statement: sa.Executable, values: Mapping[str, Any] | None = None) -> Sequence[Values]:
        return (await self._run(statement, values)).all()

    async def _id(self, statement: sa.Executable, values: Mapping[str, Any]) -> int:
        """The id that an INSERT … RETURNING id gave."""
        return int((await self._run(statement, values)).scalar_one())

    async def _once(self, table: sa.Table, unique: tuple[str, ...], values: Mapping[str, Any]) -> int | None:
        """The id of the new row, or None when there is one with the same `unique` columns already."""
        statement = _insert_once(self._connection.dialect.name, table, unique)
        found = (await self._run(statement, values)).scalar_one_or_none()
        return None if found is None else int(found)


@cache
def _insert_once(dialect: str, table: sa.Table, unique: tuple[str, ...]) -> sa.Executable:
    insert = INSERT[dialect](table).on_conflict_do_nothing(index_elements=list(unique))
    statement: sa.Executable = insert.returning(*table.primary_key.columns)
    return statement
