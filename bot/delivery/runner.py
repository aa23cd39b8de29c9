"""The job runner, DBOS, behind the seam: it runs deliveries and the clockwork, while our tables keep the state.

What is known of DBOS 3.4, and the reasons for the details: docs/decisions/0003-jobs.md. The contract tests in
tests/bot/delivery check it on both engines.
"""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

from storage.connection import Connection
from storage.engine import address_of
from storage.faults import faults_named

QUEUE = "tusoi-deliveries"
DELIVER = "tusoi-deliver"
DELIVER_MANY = "tusoi-deliver-many"
EVERY_MINUTE = "tusoi-every-minute"

#: The application version is constant: the default is a hash of the code, and an upgrade would strand waiting jobs.
APPLICATION_VERSION = "1"

#: Seconds. Due messages are sent as soon as they are written (`bot.delivery.prompt`); jobs are the safety net and need
#: not be polled often.
POLLING = 5.0

#: Number of jobs run at once here. The queue itself is unlimited: the sender observes Telegram's limits
#: (bot/telegram/pacing.py) and should always have something waiting.
AT_ONCE = 8

#: Number of deliveries in one job; for a broadcast it takes less than half a minute.
TOGETHER = 100


@dataclass(frozen=True, slots=True)
class Work:
    """The callbacks of the runner, run in the installation's event loop."""

    deliver: Callable[[int], Awaitable[None]]
    deliver_many: Callable[[Sequence[int]], Awaitable[None]]
    every_minute: Callable[[], Awaitable[None]]


class Runner:
    """The job runner: enqueue in a transaction, call every minute, drain. `bot.delivery.duty` starts and drains it."""

    def __init__(self, database_url: str, worker: str, work: Work, polling: float = POLLING) -> None:
        """`database_url`: the application's own database; `worker`: a stable name of this process; `polling`: seconds."""
        self._address = address_of(database_url)
        self._url = self._address.render_as_string(hide_password=False)
        self._worker = worker
        self._work = work
        self._polling = polling
        self._client: DBOSClient | None = None

    async def prepare(self) -> None:
        """Create the runner's tables if necessary, and be able to enqueue. Must be called first."""
        with faults_named(self._address):
            await asyncio.to_thread(self._prepare)

    async def start(self) -> None:
        """Take up what a dead process of this name left, and begin to work."""
        if self._client is None:
            await self.prepare()
        with faults_named(self._address):
            await asyncio.to_thread(self._launch, asyncio.get_running_loop())

    async def drain(self, seconds: int = 10) -> None:
        """Finish running jobs, then stop. Waiting jobs stay in the database until the next `start`."""
        await asyncio.to_thread(DBOS.destroy, destroy_registry=True, workflow_completion_timeout_sec=seconds)

    async def close(self) -> None:
        """Stop accepting jobs."""
        if self._client is not None:
            await asyncio.to_thread(self._client.destroy)
            self._client = None

    async def enqueue(self, connection: Connection, delivery: int, attempt: int = 0, delay: float = 0) -> None:
        """Enqueue a delivery in the connection's open transaction: a rollback enqueues nothing.

        The workflow id is derived from (delivery, attempt), so enqueuing the same again has no effect.
        """
        options = _options(DELIVER, f"delivery:{delivery}:{attempt}")
        if delay:
            options["delay_seconds"] = delay
        await self._hand_over(connection, options, delivery)

    async def enqueue_many(self, connection: Connection, deliveries: Sequence[int], attempt: int = 0) -> None:
        """Enqueue many deliveries, TOGETHER in one job, in the connection's open transaction.

        The job id is derived from (deliveries, attempt), so enqueuing the same again has no effect.
        """
        for start in range(0, len(deliveries), TOGETHER):
            some = list(deliveries[start : start + TOGETHER])
            await self._hand_over(connection, _options(DELIVER_MANY, f"deliveries:{_name(some)}:{attempt}"), some)

    async def _hand_over(self, connection: Connection, options: EnqueueOptions, job: int | list[int]) -> None:
        assert self._client is not None, "prepare() comes first"
        client = self._client

        def enqueue(connection: sa.Connection) -> None:
            client.enqueue_in_transaction(connection, options, job)

        await connection.run_sync(enqueue)

    def _prepare(self) -> None:
        DBOS.migrate(self._url)
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
        # Overwrite the queue's settings as written by an earlier version of the program.
        DBOS.register_queue(
            QUEUE, worker_concurrency=AT_ONCE, polling_interval_sec=self._polling, on_conflict="always_update"
        )
        DBOS.apply_schedules(
            [{"schedule_name": EVERY_MINUTE, "workflow_fn": self._every_minute, "schedule": "* * * * *"}]
        )

    def _register(self, loop: asyncio.AbstractEventLoop) -> None:
        """The workflows: they only call back into the installation's event loop."""
        work = self._work

        @DBOS.workflow(name=DELIVER)
        def deliver(delivery: int) -> None:
            asyncio.run_coroutine_threadsafe(_run(work.deliver(delivery)), loop).result()

        @DBOS.workflow(name=DELIVER_MANY)
        def deliver_many(deliveries: list[int]) -> None:
            asyncio.run_coroutine_threadsafe(_run(work.deliver_many(deliveries)), loop).result()

        @DBOS.workflow(name=EVERY_MINUTE)
        def every_minute(_scheduled: dt.datetime, _context: Any) -> None:
            asyncio.run_coroutine_threadsafe(_run(work.every_minute()), loop).result()

        self._every_minute = every_minute


def _options(workflow: str, id_: str) -> EnqueueOptions:
    return {
        "queue_name": QUEUE,
        "workflow_name": workflow,
        "workflow_id": id_,
        "app_version": APPLICATION_VERSION,
    }


def _name(deliveries: Sequence[int]) -> str:
    """A short name identifying exactly these deliveries."""
    return hashlib.sha256(",".join(map(str, deliveries)).encode()).hexdigest()[:32]


async def _run(job: Awaitable[None]) -> None:
    await job
