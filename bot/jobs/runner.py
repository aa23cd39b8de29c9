"""DBOS behind the seam: it runs deliveries and the clockwork, our tables remember.

What is known of DBOS 3.4 and why each line is as it is: docs/decisions/0003-jobs.md. The contract
tests in tests/bot/jobs hold it on both engines.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions
from dbos._queue import QueueRateLimit

from storage.connection import Connection

QUEUE = "tusoi-deliveries"
DELIVER = "tusoi-deliver"
EVERY_MINUTE = "tusoi-every-minute"

#: A constant: the default is a hash of the code, and an upgrade would strand what waits.
APPLICATION_VERSION = "1"

#: Seconds; never below 0.25 on SQLite, where polling competes with the answers of people.
POLLING = 0.25

#: A first gate only. The sender keeps Telegram's limits on its own clock (bot/telegram/pacing.py).
LIMIT: QueueRateLimit = {"limit": 25, "period": 1.0}


@dataclass(frozen=True, slots=True)
class Work:
    """What the runner calls, on the event loop of the house."""

    deliver: Callable[[int], Awaitable[None]]
    every_minute: Callable[[], Awaitable[None]]


class Runner:
    """The three verbs: enqueue in this transaction, every minute, drain."""

    def __init__(self, database_url: str, worker: str, work: Work) -> None:
        """`database_url` is the application's own database; `worker` a stable name of this process."""
        self._url = sync_url(database_url)
        self._worker = worker
        self._work = work
        self._client: DBOSClient | None = None

    async def start(self) -> None:
        """Create DBOS' own tables if need be, take up what a dead process left, begin to work."""
        await asyncio.to_thread(self._launch, asyncio.get_running_loop())

    async def drain(self, seconds: int = 10) -> None:
        """Let running jobs finish, then stop. What waits stays in the database."""
        if self._client is not None:
            await asyncio.to_thread(self._client.destroy)
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=seconds)

    async def enqueue(self, connection: Connection, delivery: int, attempt: int = 0, delay: float = 0) -> None:
        """Hand over a delivery within the connection's open transaction: a rollback enqueues nothing.

        The workflow's id is made of (delivery, attempt), so asking again hands over nothing new.
        """
        assert self._client is not None, "start() comes first"
        client = self._client
        options: EnqueueOptions = {
            "queue_name": QUEUE,
            "workflow_name": DELIVER,
            "workflow_id": f"delivery:{delivery}:{attempt}",
            "app_version": APPLICATION_VERSION,
        }
        if delay:
            options["delay_seconds"] = delay

        def enqueue(connection: sa.Connection) -> None:
            client.enqueue_in_transaction(connection, options, delivery)

        await connection.run_sync(enqueue)

    def open_client(self) -> None:
        """Be able to enqueue. `start` does it; a process that only enqueues needs no more."""
        self._client = DBOSClient(system_database_url=self._url)

    def _launch(self, loop: asyncio.AbstractEventLoop) -> None:
        config: DBOSConfig = {
            "name": "tusoi",
            "system_database_url": self._url,
            "application_version": APPLICATION_VERSION,
            "executor_id": f"worker-{self._worker}",
            "use_listen_notify": False,
            "log_level": "WARNING",
            "enable_otlp": False,
        }
        DBOS(config=config)
        self._register(loop)
        DBOS.launch()
        DBOS.register_queue(QUEUE, limiter=LIMIT, worker_concurrency=8, polling_interval_sec=POLLING)
        DBOS.apply_schedules(
            [{"schedule_name": EVERY_MINUTE, "workflow_fn": self._every_minute, "schedule": "* * * * *"}]
        )
        self.open_client()

    def _register(self, loop: asyncio.AbstractEventLoop) -> None:
        """The workflows: short, and no more than a hop onto the event loop of the house."""
        work = self._work

        @DBOS.workflow(name=DELIVER)
        def deliver(delivery: int) -> None:
            asyncio.run_coroutine_threadsafe(_run(work.deliver(delivery)), loop).result()

        @DBOS.workflow(name=EVERY_MINUTE)
        def every_minute(_scheduled: dt.datetime, _context: Any) -> None:
            asyncio.run_coroutine_threadsafe(_run(work.every_minute()), loop).result()

        self._every_minute = every_minute


async def _run(job: Awaitable[None]) -> None:
    await job


def sync_url(url: str) -> str:
    """The database's URL for a synchronous driver, as DBOS wants it."""
    parsed = sa.make_url(url)
    driver = "sqlite" if parsed.get_backend_name() == "sqlite" else "postgresql+psycopg"
    return parsed.set(drivername=driver).render_as_string(hide_password=False)
