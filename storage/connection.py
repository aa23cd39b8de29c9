"""What a transaction needs of a database: the same on both engines."""

from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar, overload

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult

from storage.queries import Query, Row, Values
from storage.wake import Wake

Got = TypeVar("Got")
One = TypeVar("One")
Two = TypeVar("Two")
Three = TypeVar("Three")
Asked = Coroutine[Any, Any, Got]


class Connection(Protocol):
    """The connection of one transaction."""

    @property
    def dialect(self) -> sa.Dialect:
        """`dialect.name` is `sqlite` or `postgresql`."""
        ...

    async def execute(self, statement: sa.Executable, values: Values | None = None) -> CursorResult[Any]:
        """Execute a statement; all its rows are here when it returns."""
        ...

    async def fetch(self, query: Query[Row], values: Values) -> list[Row]:
        """Execute a query; its rows."""
        ...

    async def fetch_apart(self, query: Query[Row], values: Values | None = None) -> list[Row]:
        """Execute a query that looks at very many rows; others go on meanwhile."""
        ...

    async def run_sync(self, work: Callable[[sa.Connection], Got]) -> Got:
        """Let work that knows only SQLAlchemy's plain connection take part in the transaction."""
        ...

    async def gather(self, asked: Sequence[Coroutine[Any, Any, Any]]) -> list[Any]:
        """What each of these gives, as `at_once` says."""
        ...

    async def commit(self) -> None:
        """Keep everything; nothing may be done with this connection afterwards."""
        ...


class Database(Protocol):
    """One database. A transaction that is left without commit changes nothing."""

    @property
    def wake(self) -> Wake:
        """Wakes who waits for what is kept here."""
        ...

    def writing(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction that may write. Raises Busy, LostRace or Away."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction that only looks; on SQLite it waits for no writer."""
        ...

    async def close(self) -> None:
        """Give all connections back."""
        ...


@overload
async def at_once(connection: Connection, one: Asked[One], two: Asked[Two], /) -> tuple[One, Two]: ...


@overload
async def at_once(
    connection: Connection, one: Asked[One], two: Asked[Two], three: Asked[Three], /
) -> tuple[One, Two, Three]: ...


async def at_once(connection: Connection, *asked: Asked[Any]) -> tuple[Any, ...]:
    """What is asked in one transaction, none of it resting on what another gives: on PostgreSQL it makes its trips together, in this order."""
    return tuple(await connection.gather(asked))
