"""Commits on a slow disk: the loop goes on, and what is being written is written to the end."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Iterator

import pytest

from storage.sqlite import Committing
from tests.waiting import PATIENCE, until


class SlowDisk(sqlite3.Connection):
    """A database whose every flush takes a while: when a test wants, until it says so."""

    def __init__(self, *given, **named) -> None:
        super().__init__(*given, **named)
        self.flushing, self.may_end = threading.Event(), threading.Event()
        self.may_end.set()

    def commit(self) -> None:
        time.sleep(0.02)
        self.flushing.set()
        assert self.may_end.wait(PATIENCE), "the loop stood still meanwhile"
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
        for _ in range(4):
            went_on.append(slow.in_transaction)
            await asyncio.sleep(0)
        slow.may_end.set()

    begin(slow)
    await committing.commit(slow)  # finds out
    begin(slow)
    slow.may_end.clear()
    await asyncio.gather(committing.commit(slow), others())
    assert sum(went_on) > 3
    assert not slow.in_transaction


async def test_a_commit_that_is_given_up_is_finished_first(slow):
    committing = Committing()
    begin(slow)
    await committing.commit(slow)
    begin(slow)
    slow.flushing.clear()
    slow.may_end.clear()
    given_up = asyncio.create_task(committing.commit(slow))
    await until(slow.flushing.is_set)
    given_up.cancel()
    slow.may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert not slow.in_transaction
    assert slow.execute("SELECT count(*) FROM note").fetchone() == (2,)
