"""The base of all repositories: the connection of their transaction, its cache, inserts that may lose a race, and
writing to reviews.
"""

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
    """The cache of a transaction: what it has loaded and locked already. It is dropped when the transaction ends."""

    #: The key by which codes are marked and locked.
    key: CodeKey = PASSING
    #: The store's cache of meetings, as they stood before this transaction.
    meetings: KnownMeetings[Any] = field(default_factory=KnownMeetings)

    #: Person → their locked conversation.
    conversations: dict[int, Conversation] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    #: Locked review → its answers as stored.
    snapshots: dict[int, dict[str, dict[str, Json]]] = field(default_factory=dict)
    #: Person → all reviews they are to fill, as loaded.
    mine: dict[int, tuple[Review, ...]] = field(default_factory=dict)
    #: Meeting → the turn of this transaction, which alone may add happenings to it.
    turns: dict[int, Any] = field(default_factory=dict)
    #: Meeting of `turns` → how it stands.
    standing: dict[int, Meeting] = field(default_factory=dict)
    #: The topics to be woken on commit (storage/wake.py).
    told: set[str] = field(default_factory=set)


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
        """Execute a statement; returns the number of rows it changed."""
        return (await self._connection.execute(statement, values)).rowcount

    async def _many(self, statement: sa.Executable, values: Sequence[Values]) -> None:
        """Execute one statement for many sets of values."""
        if values:
            await self._connection.run_sync(lambda connection: connection.execute(statement, values))

    async def _add(self, table: sa.Table, **values: object) -> int:
        """Insert a row; returns its id."""
        (id_,) = await self._connection.fetch(_insert(table), values)
        return id_

    async def _once(self, table: sa.Table, unique: tuple[str, ...], values: Values) -> int | None:
        """Insert a row unless one with the same `unique` columns exists; returns its id, or None when one exists."""
        ids = await self._connection.fetch(_insert_once(self._connection.dialect.name, table, unique), values)
        return ids[0] if ids else None


class ChangingReviews(Repository):
    """Base of repositories that write to reviews: every change increments the review's revision. The transaction must
    have locked the review.
    """

    async def _change(self, review_id: int, **changed: object) -> None:
        statement = REVIEW.update().where(REVIEW.c.id == review_id)
        await self._run(statement.values(**changed, revision=REVIEW.c.revision + 1))

    async def _draft_id(self, review_id: int, version: int) -> int:
        """The id of a draft. Raises LookupError when there is no such draft."""
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
