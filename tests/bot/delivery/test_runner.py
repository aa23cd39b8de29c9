"""The contract with the job runner, on both engines: what our guard rails rest on (docs/decisions/0003-jobs.md)."""

import asyncio
import subprocess
import sys
import textwrap

import pytest
from sqlalchemy import text

from bot.delivery.runner import Runner, Work
from storage import Store
from tests.waiting import PATIENCE, until, until_jobs_are_done

#: Seconds between two looks for jobs, here and in `WORKER`: in earnest they are five.
LOOKS = 0.1

WORKER = textwrap.dedent("""
    import asyncio, sys
    from bot.delivery.runner import Runner, Work

    async def main(url, name):
        async def deliver(delivery):
            print(delivery, flush=True)
        async def deliver_many(deliveries):
            for delivery in deliveries:
                print(delivery, flush=True)
        async def minute():
            pass
        runner = Runner(url, name, Work(deliver, deliver_many, minute), 0.1)
        await runner.start()
        print("ready", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        await runner.drain()
        await runner.close()

    asyncio.run(main(*sys.argv[1:]))
""")


#: One that dies over its first batch.
SLOW_WORKER = WORKER.replace("print(delivery, flush=True)", "print(delivery, flush=True); await asyncio.sleep(60)")


class Jobs:
    """What ran, in order."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.delivered: list[int] = []

    async def deliver(self, delivery: int) -> None:
        self.delivered.append(delivery)

    async def deliver_many(self, deliveries) -> None:
        self.delivered += deliveries

    async def every_minute(self) -> None:
        """Nothing to do."""

    async def have(self, count: int) -> list[int]:
        """The deliveries, once there are so many and nothing more is to come."""
        await until(lambda: len(self.delivered) >= count)
        await until_jobs_are_done(self._store)
        return sorted(self.delivered)


@pytest.fixture
async def jobs(store):
    return Jobs(store)


@pytest.fixture
async def runner(database_url, jobs):
    runner = Runner(database_url, "1", Work(jobs.deliver, jobs.deliver_many, jobs.every_minute), LOOKS)
    await runner.start()
    yield runner
    await runner.drain()
    await runner.close()


async def test_a_committed_delivery_runs_and_a_rolled_back_one_does_not(store, runner, jobs):
    async with store.transaction() as tx:
        await runner.enqueue(tx.connection, 1)
    async with store.transaction() as tx:
        await runner.enqueue(tx.connection, 2)
        await tx.commit()
    assert await jobs.have(1) == [2]


async def test_the_same_attempt_asked_for_twice_runs_once_and_the_next_attempt_runs(store, runner, jobs):
    for attempt in (0, 0, 1):
        async with store.transaction() as tx:
            await runner.enqueue(tx.connection, 7, attempt)
            await tx.commit()
    assert await jobs.have(2) == [7, 7]


async def test_a_delayed_delivery_waits(store, runner, jobs):
    async with store.transaction() as tx:
        await runner.enqueue(tx.connection, 3, delay=60)
        await runner.enqueue(tx.connection, 4)
        await tx.commit()
    assert await jobs.have(1) == [4]


async def test_a_failing_delivery_does_not_stop_the_others(store, database_url):
    ran = []

    async def deliver(delivery: int) -> None:
        ran.append(delivery)
        if delivery == 1:
            raise RuntimeError("this one fails")

    async def every_minute() -> None:
        """Nothing to do."""

    runner = Runner(database_url, "1", Work(deliver, _never, every_minute), LOOKS)
    await runner.start()
    async with store.transaction() as tx:
        await runner.enqueue(tx.connection, 1)
        await runner.enqueue(tx.connection, 2)
        await tx.commit()
    await until_jobs_are_done(store)
    await runner.drain()
    await runner.close()
    assert sorted(ran) == [1, 2]


async def test_two_workers_run_each_delivery_once(store, database_url):
    workers = [start_worker(database_url, name) for name in ("1", "2")]
    for worker in workers:
        assert await asyncio.to_thread(worker.stdout.readline) == "ready\n"
    runner = Runner(database_url, "3", Work(_never, _never, _nothing))
    await runner.prepare()
    async with store.transaction() as tx:
        for delivery in range(30):
            await runner.enqueue(tx.connection, delivery)
        await tx.commit()
    await runner.close()
    await until_jobs_are_done(store)
    printed = [await asyncio.to_thread(worker.communicate, "", PATIENCE) for worker in workers]
    assert sorted(int(line) for output, _ in printed for line in output.split()) == list(range(30))


async def test_many_that_are_rolled_back_run_never_and_many_that_are_committed_each_once(store, runner, jobs):
    async with store.transaction() as tx:
        await runner.enqueue_many(tx.connection, range(1000, 1120))
    async with store.transaction() as tx:
        await runner.enqueue_many(tx.connection, range(2000, 2120))
        await tx.commit()
    assert await jobs.have(120) == list(range(2000, 2120))


async def test_the_same_many_handed_over_again_run_once_and_under_another_number_again(store, runner, jobs):
    for attempt in (0, 0, 1):
        async with store.transaction() as tx:
            await runner.enqueue_many(tx.connection, [5, 6], attempt)
            await tx.commit()
    assert await jobs.have(4) == [5, 5, 6, 6]


async def test_two_workers_run_each_of_many_once(store, database_url):
    workers = [start_worker(database_url, name) for name in ("1", "2")]
    for worker in workers:
        assert await asyncio.to_thread(worker.stdout.readline) == "ready\n"
    runner = Runner(database_url, "3", Work(_never, _never, _nothing))
    await runner.prepare()
    async with store.transaction() as tx:
        await runner.enqueue_many(tx.connection, range(1000))
        await tx.commit()
    await runner.close()
    await until_jobs_are_done(store)
    printed = [await asyncio.to_thread(worker.communicate, "", PATIENCE) for worker in workers]
    assert sorted(int(line) for output, _ in printed for line in output.split()) == list(range(1000))


async def test_a_batch_over_which_the_process_is_killed_is_taken_up_again(store, database_url):
    worker = start_worker(database_url, "1", SLOW_WORKER)
    assert await asyncio.to_thread(worker.stdout.readline) == "ready\n"
    runner = Runner(database_url, "3", Work(_never, _never, _nothing))
    await runner.prepare()
    async with store.transaction() as tx:
        await runner.enqueue_many(tx.connection, [1, 2, 3])
        await tx.commit()
    await runner.close()
    assert await asyncio.to_thread(worker.stdout.readline) == "1\n"
    worker.kill()
    await asyncio.to_thread(worker.communicate)
    worker = start_worker(database_url, "1")
    await until_jobs_are_done(store)
    output, _ = await asyncio.to_thread(worker.communicate, "", PATIENCE)
    assert sorted(output.split()) == ["1", "2", "3", "ready"]  # the row says that 1 went out already


async def test_our_tables_and_those_of_the_runner_share_one_database(store, runner):
    async with store.transaction() as tx:
        await tx.connection.execute(text("select count(*) from delivery"))
        name = "dbos.workflow_status" if tx.connection.dialect.name == "postgresql" else "workflow_status"
        assert (await tx.connection.execute(text(f"select count(*) from {name}"))).scalar() == 0


def start_worker(url: str, name: str, code: str = WORKER) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, url, name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


async def _never(delivery: object) -> None:
    raise AssertionError("this process only enqueues")


async def _nothing() -> None:
    """Nothing to do."""
