"""Rows of any table in the order of their keys, read in batches, and a hash of a row that is the same on both engines."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

import sqlalchemy as sa

#: Number of rows in a batch.
TOGETHER = 500

Row = sa.RowMapping


def rows_of(connection: sa.Connection, table: sa.Table) -> Iterator[Sequence[Row]]:
    """All rows of a table by key, in batches."""
    key = sa.tuple_(*table.primary_key.columns)
    after: tuple[Any, ...] | None = None
    while True:
        select = table.select().order_by(*table.primary_key.columns).limit(TOGETHER)
        if after is not None:
            select = select.where(key > sa.tuple_(*(sa.literal(part, column.type) for part, column in after)))
        found = connection.execute(select).mappings().all()
        if not found:
            return
        yield found
        after = tuple((found[-1][column.name], column) for column in table.primary_key.columns)


def hash_of(row: Mapping[str, Any] | Row, columns: Sequence[str]) -> bytes:
    """The SHA-256 of a row's values by column name."""
    told = [[name, _plain(row[name])] for name in columns]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).digest()


def _plain(value: object) -> object:
    match value:
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case dt.date():
            return value.isoformat()
        case bytes() | memoryview():
            return hashlib.sha256(value).hexdigest()
        case Enum():
            return value.value
    return value
