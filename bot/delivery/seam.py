"""The seam behind which a job runner stands: what the rest of the house may ask of it."""

from collections.abc import Sequence
from typing import Protocol

from storage.connection import Connection


class Jobs(Protocol):
    """Runs deliveries after the transaction that wrote them."""

    async def enqueue(self, connection: Connection, delivery: int, attempt: int = 0, delay: float = 0) -> None:
        """Hand over the delivery's id within the connection's open transaction: a rollback enqueues nothing.

        (delivery, attempt) is handed over once, however often it is asked for. `delay` is in seconds.
        """
        ...

    async def enqueue_many(self, connection: Connection, deliveries: Sequence[int], attempt: int = 0) -> None:
        """Hand over many, some together: the same as `enqueue` of each, in few statements."""
        ...


class NoJobs:
    """For tests and the terminal demo that have no other channel: nothing is sent, the notices are kept."""

    async def enqueue(self, connection: Connection, delivery: int, attempt: int = 0, delay: float = 0) -> None:
        """Nothing to do."""

    async def enqueue_many(self, connection: Connection, deliveries: Sequence[int], attempt: int = 0) -> None:
        """Nothing to do."""
