"""The seam to the job runner: what the rest of the shell may ask of it."""

from collections.abc import Sequence
from typing import Protocol

from storage.connection import Connection


class Jobs(Protocol):
    """Runs deliveries after the transaction that wrote them."""

    async def enqueue(self, connection: Connection, delivery: int, attempt: int = 0, delay: float = 0) -> None:
        """Enqueue a delivery in the connection's open transaction: a rollback enqueues nothing.

        Each (delivery, attempt) is enqueued once, however often it is requested. `delay` is in seconds.
        """
        ...

    async def enqueue_many(self, connection: Connection, deliveries: Sequence[int], attempt: int = 0) -> None:
        """Enqueue many deliveries, several in one job; equivalent to `enqueue` for each, with few statements."""
        ...


class NoJobs:
    """A runner for tests and the terminal demo, which have no other channel: notices are stored but not sent."""

    async def enqueue(self, connection: Connection, delivery: int, attempt: int = 0, delay: float = 0) -> None:
        """Does nothing."""

    async def enqueue_many(self, connection: Connection, deliveries: Sequence[int], attempt: int = 0) -> None:
        """Does nothing."""
