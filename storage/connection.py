"""The interface a transaction needs from a database; SQLite and PostgreSQL both implement it."""

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
        """Execute a statement. All its rows have been fetched when this returns."""
        ...

    async def fetch(self, query: Query[Row], values: Values) -> list[Row]:
        """The rows of a query."""
        ...

    async def fetch_apart(self, query: Query[Row], values: Values | None = None) -> list[Row]:
        """The rows of a query that scans very many rows; it is run so that other work continues meanwhile."""
        ...

    async def run_sync(self, work: Callable[[sa.Connection], Got]) -> Got:
        """Run `work`, which needs SQLAlchemy's synchronous connection, inside this transaction."""
        ...

    async def gather(self, asked: Sequence[Coroutine[Any, Any, Any]]) -> list[Any]:
        """The results of all coroutines in `asked`, in their order; see `at_once`."""
        ...

    async def commit(self) -> None:
        """Commit the transaction. The connection must not be used afterwards."""
        ...


class Database(Protocol):
    """One database. A transaction that is left without a commit changes nothing."""

    @property
    def wake(self) -> Wake:
        """The wake that notifies whoever waits for changes committed here."""
        ...

    def writing(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction that may write. Raises Busy, LostRace or Away."""
        ...

    def reading(self) -> AbstractAsyncContextManager[Connection]:
        """A read-only transaction; on SQLite it does not wait for a writer."""
        ...

    async def close(self) -> None:
        """Close all connections."""
        ...


@overload
async def at_once(connection: Connection, one: Asked[One], two: Asked[Two], /) -> tuple[One, Two]: ...


@overload
async def at_once(
    connection: Connection, one: Asked[One], two: Asked[Two], three: Asked[Three], /
) -> tuple[One, Two, Three]: ...


async def at_once(connection: Connection, *asked: Asked[Any]) -> tuple[Any, ...]:
    """The results of several queries of one transaction, none of which depends on another's result. On PostgreSQL they
    share round trips to the server and are sent in this order.
    """
    return tuple(await connection.gather(asked))
