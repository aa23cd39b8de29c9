"""Copying everything into an empty database, possibly of the other engine, and comparing the result."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from storage.engine import database_at
from storage.errors import StorageError
from storage.rows.whole import TOGETHER, Row, hash_of, rows_of
from storage.schema import upgrade
from storage.store import Store
from storage.tables import METADATA


class NotEmpty(StorageError):
    """The target of the copy is not empty; nothing was changed."""


class Differs(StorageError):
    """The copy differs from the original in `table`; nothing was kept."""

    def __init__(self, table: str) -> None:
        super().__init__(f"the copy of table {table} differs")
        self.table = table


class Copied(NamedTuple):
    """A table that was copied completely: its number of rows, and a hash of all rows that is the same on both engines."""

    table: str
    rows: int
    fingerprint: str


async def copy(store: Store, url: str) -> list[Copied]:
    """Copy everything of `store` into the empty database at `url`, completely or not at all. Nobody may write
    meanwhile, so stop the program first. Raises WrongAddress, Unreachable, WrongSchema, NotEmpty, Differs.
    """
    await upgrade(url)
    database = database_at(url)
    try:
        async with store.reading() as tx, database.writing() as target:
            here = await tx.connection.run_sync(lambda connection: connection)
            there = await target.run_sync(lambda connection: connection)
            # Only PostgreSQL's driver awaits inside, and this code runs in its greenlet.
            run = tx.connection if tx.connection.dialect.name == "postgresql" else target
            result = await run.run_sync(lambda _: _copy(here, there))
            await target.commit()
    finally:
        await database.close()
    return result


def _copy(source: sa.Connection, target: sa.Connection) -> list[Copied]:
    for table in METADATA.sorted_tables:
        if target.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise NotEmpty(f"the database the copy should go to already keeps rows in table {table.name}")
    for table in METADATA.sorted_tables:
        for rows in _parents_first(source, table):
            target.execute(table.insert(), [dict(row) for row in rows])
        _count_on(target, table)
    return [_compared(source, target, table) for table in METADATA.sorted_tables]


def _parents_first(source: sa.Connection, table: sa.Table) -> Iterable[Sequence[Row]]:
    """The rows, ordered so that every row comes after those it refers to."""
    own = next((key.parent.name for key in table.foreign_keys if key.column.table is table), None)
    if own is None:
        return rows_of(source, table)
    waiting = [row for rows in rows_of(source, table) for row in rows]
    there: set[int | None] = {None}
    ordered: list[Row] = []
    while waiting:
        ready = [row for row in waiting if row[own] in there]
        ordered += ready
        there |= {row["id"] for row in ready}
        left = [row for row in waiting if row[own] not in there or row["id"] not in there]
        if len(left) == len(waiting):  # a cycle: let the database report which key it violates
            ordered += left
            break
        waiting = left
    return [ordered[at : at + TOGETHER] for at in range(0, len(ordered), TOGETHER)]


def _count_on(target: sa.Connection, table: sa.Table) -> None:
    """Advance the id sequences beyond the copied rows."""
    if target.dialect.name != "postgresql" or "id" not in table.columns:
        return
    newest = target.execute(sa.select(sa.func.max(table.c.id))).scalar()
    if newest:
        sequence = sa.func.pg_get_serial_sequence(f'"{table.name}"', "id")
        target.execute(sa.select(sa.func.setval(sequence, newest)))


def _compared(source: sa.Connection, target: sa.Connection, table: sa.Table) -> Copied:
    here, there = _told(source, table), _told(target, table)
    if here != there:
        raise Differs(table.name)
    return Copied(table.name, *there)


def _told(connection: sa.Connection, table: sa.Table) -> tuple[int, str]:
    names, count, whole = sorted(column.name for column in table.columns), 0, hashlib.sha256()
    for rows in rows_of(connection, table):
        for row in rows:
            whole.update(hash_of(row, names))
        count += len(rows)
    return count, whole.hexdigest()
