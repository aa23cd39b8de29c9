"""What repositories share: the connection of their transaction, what it holds, inserts that may lose a race, writing to reviews."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import sqlalchemy as sa

from rules.meeting.nouns.meeting import Meeting
from rules.nouns.people import Person
from rules.nouns.reviews import Json, Review
from storage.code_key import PASSING, CodeKey
from storage.connection import Connection
from storage.known_meetings import KnownMeetings
from storage.queries import Prepared, Query, Row, Values
from storage.rows.bulk import insert_once
from storage.tables import DRAFT, REVIEW
from storage.values import Conversation

_DRAFT = Prepared(
    int,
    sa.select(DRAFT.c.id).where(
        DRAFT.c.review_id == sa.bindparam("review"), DRAFT.c.version == sa.bindparam("version_")
    ),
)


@dataclass(frozen=True, slots=True)
class Held:
    """What a transaction has loaded and locked already, so that nothing is asked twice; forgotten with it. `key`: by which codes
    are kept; `meetings`: as they stood before, of the whole store.
    """

    key: CodeKey = PASSING
    meetings: KnownMeetings[Any] = field(default_factory=KnownMeetings)

    conversations: dict[int, Conversation] = field(default_factory=dict)  # locked, by person
    people: dict[int, Person] = field(default_factory=dict)
    snapshots: dict[int, dict[str, dict[str, Json]]] = field(default_factory=dict)  # raw answers of locked reviews
    mine: dict[int, tuple[Review, ...]] = field(default_factory=dict)  # all that a person is to fill, as it was loaded
    turns: dict[int, Any] = field(default_factory=dict)  # meetings that only this transaction adds to
    standing: dict[int, Meeting] = field(default_factory=dict)  # of these, as they stand
    told: set[str] = field(default_factory=set)  # who is woken when this is kept (storage/wake.py)


@dataclass(frozen=True)
class Repository:
    """A part of a transaction."""

    _connection: Connection
    _held: Held

    async def _rows(self, query: Query[Row], **values: object) -> list[Row]:
        return await self._connection.fetch(query, values)

    async def _row(self, query: Query[Row], **values: object) -> Row | None:
        rows = await self._connection.fetch(query, values)
        return rows[0] if rows else None

    async def _run(self, statement: sa.Executable, values: Values | None = None) -> int:
        """How many rows it changed."""
        return (await self._connection.execute(statement, values)).rowcount

    async def _many(self, statement: sa.Executable, values: Sequence[Values]) -> None:
        """One statement for many rows of values."""
        if values:
            await self._connection.run_sync(lambda connection: connection.execute(statement, values))

    async def _add(self, table: sa.Table, **values: object) -> int:
        """The id of a new row."""
        (id_,) = await self._connection.fetch(_insert(table), values)
        return id_

    async def _once(self, table: sa.Table, unique: tuple[str, ...], values: Values) -> int | None:
        """The id of the new row, or None when there is one with the same `unique` columns already."""
        ids = await self._connection.fetch(_insert_once(self._connection.dialect.name, table, unique), values)
        return ids[0] if ids else None


class ChangingReviews(Repository):
    """Repositories that write to reviews: every change makes the review's revision grow. This transaction has the review locked."""

    async def _change(self, review_id: int, **changed: object) -> None:
        statement = REVIEW.update().where(REVIEW.c.id == review_id)
        await self._run(statement.values(**changed, revision=REVIEW.c.revision + 1))

    async def _draft_id(self, review_id: int, version: int) -> int:
        """Raises LookupError when there is no such draft."""
        draft = await self._row(_DRAFT, review=review_id, version_=version)
        if draft is None:
            raise LookupError(f"no draft {version} of review {review_id}")
        return draft


@cache
def _insert(table: sa.Table) -> Prepared[int]:
    return Prepared(int, table.insert().returning(*table.primary_key.columns))


@cache
def _insert_once(dialect: str, table: sa.Table, unique: tuple[str, ...]) -> Prepared[int]:
    return Prepared(int, insert_once(dialect, table, unique).returning(*table.primary_key.columns))
