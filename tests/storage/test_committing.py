"""Commits on a slow disk: the loop goes on, and what is being written is written to the end."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator

import pytest

from storage.sqlite import Committing


class SlowDisk(sqlite3.Connection):
    """A database whose every flush takes a while."""

    def commit(self) -> None:
        time.sleep(0.02)
        super().commit()


@pytest.fixture
def slow(tmp_path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(
        tmp_path / "slow.sqlite", isolation_level=None, check_same_thread=False, factory=SlowDisk
    )
    connection.execute("CREATE TABLE note (text)")
    yield connection
    connection.close()


def begin(slow: sqlite3.Connection) -> None:
    slow.execute("BEGIN IMMEDIATE")
    slow.execute("INSERT INTO note VALUES ('kept')")


async def test_a_slow_disk_stops_the_loop_once_then_others_go_on_meanwhile(slow):
    committing, went_on = Committing(), []

    async def others() -> None:
        while True:
            went_on.append(slow.in_transaction)
            await asyncio.sleep(0.001)

    begin(slow)
    await committing.commit(slow)  # finds out
    begin(slow)
    task = asyncio.create_task(others())
    await committing.commit(slow)
    task.cancel()
    assert sum(went_on) > 3
    assert not slow.in_transaction


async def test_a_commit_that_is_given_up_is_finished_first(slow):
    committing = Committing()
    begin(slow)
    await committing.commit(slow)
    begin(slow)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.005):
            await committing.commit(slow)
    assert not slow.in_transaction
    assert slow.execute("SELECT count(*) FROM note").fetchone() == (2,)
