"""Commits and the disk: nobody is told of what a power cut could take back, and who waits together shares a flush."""

import asyncio
import threading

import pytest
import sqlalchemy as sa

from storage import sqlite, upgrade
from storage.engine import database_at
from storage.errors import FlushFailed
from storage.flushing import FEWEST, MOST, SLOW, TOGETHER, Flushing, flush_of
from tests.waiting import PATIENCE, until


class Disk:
    """A disk whose flushes take as long as a test wants; `breaks`: it takes nothing any more."""

    def __init__(self) -> None:
        self.flushes, self.slow, self.breaks = 0, False, False
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.may_end.set()

    def flush(self) -> None:
        self.begun.set()
        if self.slow:
            self.may_end.wait(2 * SLOW)
        if self.breaks:
            raise OSError(5, "Input/output error")
        self.flushes += 1


class Slow(Disk):
    """Ends when the test says so."""

    def flush(self) -> None:
        self.begun.set()
        assert self.may_end.wait(PATIENCE), "the loop stood still meanwhile"
        threading.Event().wait(2 * SLOW)
        self.flushes += 1


async def test_who_commits_while_a_flush_is_under_way_shares_the_next():
    disk = Slow()
    flushing = Flushing(disk.flush, lambda: False)
    await flushing.until(flushing.committed())  # finds out that it is slow
    disk.may_end.clear()
    disk.begun.clear()
    first = asyncio.create_task(flushing.until(flushing.committed()))
    await until(disk.begun.is_set)
    others = [asyncio.create_task(flushing.until(flushing.committed())) for _ in range(5)]
    await asyncio.sleep(0)
    assert not first.done()
    disk.may_end.set()
    await asyncio.gather(first, *others)
    assert disk.flushes == 3
    await flushing.close()


async def test_who_is_about_to_commit_is_waited_for_a_moment():
    disk, coming = Disk(), [True]
    flushing = Flushing(disk.flush, lambda: bool(coming))
    waiting = [asyncio.create_task(flushing.until(flushing.committed())) for _ in range(3)]
    await asyncio.sleep(0)
    coming.clear()
    await flushing.until(flushing.committed())
    await asyncio.gather(*waiting)
    assert disk.flushes == 1
    coming.append(True)
    await flushing.until(flushing.committed())  # nobody came: it is flushed all the same
    assert disk.flushes == 2
    await flushing.close()


async def test_a_disk_that_stays_slow_is_tried_less_and_less_often():
    disk = Disk()
    disk.slow = True
    disk.may_end.clear()
    flushing = Flushing(disk.flush, lambda: False)
    for _ in range(200):
        await flushing.until(flushing.committed())
    assert flushing._pause == MOST > FEWEST
    await flushing.close()
    assert disk.flushes == 200


async def test_what_the_disk_did_not_take_is_told_to_everybody_and_nothing_is_taken_on_top_of_it():
    disk = Disk()
    disk.breaks = True
    flushing = Flushing(disk.flush, lambda: False)
    with pytest.raises(FlushFailed, match="Input/output"):
        await flushing.until(flushing.committed())
    disk.breaks = False
    with pytest.raises(FlushFailed):
        flushing.committed()


@pytest.fixture
async def watched(tmp_path, monkeypatch):
    """A database, and what was flushed of it: how long the log was each time."""
    url = f"sqlite:///{tmp_path}/store.sqlite"
    await upgrade(url)
    flushed: list[int] = []

    def watching(log):
        flush = flush_of(log)

        def flush_and_tell() -> None:
            flush()
            flushed.append(log.stat().st_size)

        return flush_and_tell

    monkeypatch.setattr(sqlite, "flush_of", watching)
    database = database_at(url)
    async with database.writing() as connection:
        await connection.execute(sa.text("CREATE TABLE note (text)"))
        await connection.commit()
    yield database, flushed
    await database.close()


async def write(database, text: str = "kept") -> None:
    async with database.writing() as connection:
        await connection.execute(sa.text("INSERT INTO note VALUES (:text)"), {"text": text})
        await connection.commit()


async def test_a_commit_returns_when_its_part_of_the_log_is_flushed(watched):
    database, flushed = watched
    for number in range(3):
        before = len(flushed)
        await write(database)
        assert len(flushed) == before + 1, number


async def test_commits_of_several_in_line_share_a_flush(watched, monkeypatch):
    database, flushed = watched
    monkeypatch.setattr("storage.flushing.A_MOMENT", PATIENCE)  # however slow the machine
    before = len(flushed)
    async with database.writing() as first:
        others = [asyncio.create_task(write(database)) for _ in range(2 * TOGETHER)]
        await until(lambda: database._in_line == len(others))
        await first.commit()
    await asyncio.gather(*others)
    # The first with 15 others, the next 16, and who came last; fewer where a slow disk had more wait together.
    assert len(flushed) - before <= 3
    async with database.reading() as connection:
        assert (await connection.execute(sa.text("SELECT count(*) FROM note"))).scalar() == len(others)


async def test_who_read_what_is_not_flushed_yet_waits_for_it(watched, monkeypatch):
    database, _ = watched
    disk = Slow()
    flushing = Flushing(disk.flush, lambda: False)
    monkeypatch.setattr(database, "_flushing", flushing)
    await write(database)  # finds out that it is slow
    disk.may_end.clear()
    disk.begun.clear()
    writing = asyncio.create_task(write(database))
    await until(disk.begun.is_set)

    async def read() -> int:
        async with database.reading() as connection:
            return (await connection.execute(sa.text("SELECT count(*) FROM note"))).scalar()

    reading = asyncio.create_task(read())
    await asyncio.wait([reading], timeout=0.05)
    assert not reading.done(), "it was told of what a power cut could take back"
    disk.may_end.set()
    await writing
    assert await reading == 2


async def test_the_log_is_carried_over_while_others_write_and_begins_anew(watched, monkeypatch):
    database, flushed = watched
    monkeypatch.setattr(sqlite, "COMMITS", 20)
    for number in range(200):
        await write(database, f"{number} " + "x" * 3000)
        if database._emptying:
            await database._emptying
    assert max(flushed[-20:]) < 100 * 4096  # 200 would be far beyond
    async with database.reading() as connection:
        assert (await connection.execute(sa.text("SELECT count(*) FROM note"))).scalar() == 200


async def test_what_is_committed_is_flushed_before_everything_is_closed(watched):
    database, flushed = watched
    writing = [asyncio.create_task(write(database)) for _ in range(3)]
    await asyncio.gather(*writing)
    await database.close()
    assert flushed
