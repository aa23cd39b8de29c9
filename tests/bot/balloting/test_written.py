"""The same attack, by what a running house leaves behind step by step: PostgreSQL's write-ahead log, its log with every statement and value, the
hidden marks of its rows, and a backup after every ballot, on both engines. Half of those who lost the answer with their token ask again just
before they cast.
"""

import random
import re
import sqlite3
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa

from rules.balloting.poll import Stage
from storage import Store
from storage.code_key import CodeKey
from storage.tables import POLL_PERSON
from storage.whole.backup import back_up
from tests.bot.balloting.attacking import Loot, guesses, right
from tests.bot.balloting.house import Hall, hall, small_keys
from tests.bot.balloting.test_attack import OURS, casts
from tests.engines import postgres_tools

VOTERS, KEY = 5, CodeKey.fresh()
RUNS, FEW_RUNS, LEAKING = 1000, 25, 4

#: What was written since it was asked before.
Spy = Callable[[], Awaitable[bytes]]


@dataclass
class Engine:
    """PostgreSQL as whoever has its machine reads it."""

    store: Store
    folder: Path = Path()
    database: str = ""
    lsn: str = ""
    logged: int = 0
    spied: list[str] = field(default_factory=list)

    async def log(self) -> bytes:
        """What the server logged of this database, which other tests beside know nothing of: every statement with its values."""
        whole = (self.folder / "log").read_bytes()
        new, self.logged = whole[self.logged :], len(whole)
        return b"\n".join(re.findall(rb"^%b\|.*(?:\n\t.*)*" % self.database.encode(), new, re.MULTILINE))

    async def wal(self) -> bytes:
        """What the write-ahead log gained."""
        async with self.store.transaction() as tx:
            await tx.connection.execute(sa.text("SET LOCAL synchronous_commit = on"))
            await tx.connection.execute(sa.text("SELECT pg_logical_emit_message(true, 'flush', '')"))
            await tx.commit()
        async with self.store.reading() as tx:
            now = (await tx.connection.execute(sa.text("SELECT pg_current_wal_flush_lsn()::text"))).scalar_one()
        before, self.lsn = self.lsn, now
        return self._between(before, now) if before else b""

    def _between(self, before: str, now: str) -> bytes:
        size, (first, last) = 1 << 24, (_offset(before), _offset(now))
        found = b""
        for number in range(first // size, last // size + 1):
            name = f"00000001{number // 256:08X}{number % 256:08X}"
            data = (self.folder / "pg_wal" / name).read_bytes()
            found += data[max(0, first - number * size) : last - number * size]
        return found


def _offset(lsn: str) -> int:
    high, low = lsn.split("/")
    return int(high, 16) << 32 | int(low, 16)


@pytest_asyncio.fixture
async def engine(postgres_url: str) -> AsyncIterator[Engine]:
    """A server that logs as much as it can."""
    store = await Store.open(postgres_url, key=KEY)
    async with store.transaction() as tx:
        name = (await tx.connection.execute(sa.text("SELECT current_database()"))).scalar_one()
        await tx.connection.execute(sa.text(f"ALTER DATABASE {name} SET log_statement = 'all'"))
        folder = (await tx.connection.execute(sa.text("SHOW data_directory"))).scalar_one()
        await tx.commit()
    await store.close()
    store = await Store.open(postgres_url, key=KEY)  # what was set holds for whoever comes from now on
    yield Engine(store, Path(folder), name)
    await store.close()


async def _copied(room: Hall) -> dict[str, list[dict[str, object]]]:
    """The rows with what no query shows by itself: which transaction wrote each, and where it lies."""
    rows = {}
    async with room.store.reading() as tx:
        hidden = [sa.literal_column("xmin::text"), sa.literal_column("ctid::text")]
        engine = hidden if tx.connection.dialect.name == "postgresql" else []
        for table in OURS:
            of_poll = table.c.id if table.name == "poll" else table.c.poll_id
            select = sa.select(table, *engine).where(of_poll == room.poll_id)
            rows[table.name] = [dict(one) for one in (await tx.connection.execute(select)).mappings()]
    return rows


async def played(
    room: Hall, spies: list[Spy], cast: Callable[[Hall, int], Awaitable[object]] = casts
) -> tuple[Loot, dict[int, bytes]]:
    """One poll, spied on in every step; whoever lost the answer with their token asks again before they cast."""
    room.tokens.clear()
    room.ballots.clear()
    await room.prepare()
    await room.gather()
    loot = Loot(room.poll_id, room.people, KEY, names={one: f"Người {one}" for one in room.people})

    async def look() -> None:
        loot.snapshots.append(await _copied(room))
        loot.written.append(b"".join([await spy() for spy in spies]))

    await look()
    for who in random.sample(room.people, len(room.people)):
        await room.receive(who)
        await look()
    await room.walk(Stage.CASTING)
    await look()
    for who in random.sample(room.people, len(room.people)):
        await cast(room, who)
        await look()
    await room.walk(Stage.CLOSED)
    return loot, {who: ballot.message for who, ballot in room.ballots.items()}


async def scores(
    room: Hall, runs: int, spies: list[Spy], cast: Callable[[Hall, int], Awaitable[object]] = casts
) -> dict[str, float]:
    """Way of guessing → voters named right in a run, on the average."""
    found: Counter[str] = Counter()
    for _ in range(runs):
        loot, truth = await played(room, spies, cast)
        found.update({name: right(guess, truth) for name, guess in guesses(loot).items()})
    return {name: times / runs for name, times in found.items()}


async def _asked_again(room: Hall, who: int) -> None:
    """Their answer came; somebody else's had been lost, and that phone asks again at the same time: it leaves nothing."""
    if random.random() < 0.5:
        await room.receive(who)
    await casts(room, who)


def _better(found: dict[str, float], runs: int) -> dict[str, float]:
    return {name: times for name, times in found.items() if times > 1 + 5 / runs**0.5}


@pytest.mark.parametrize("runs", [FEW_RUNS, pytest.param(RUNS, marks=pytest.mark.long)])
async def test_what_postgresql_writes_names_nobody(engine: Engine, monkeypatch, runs: int) -> None:
    room = await hall(engine.store, VOTERS, small_keys(monkeypatch))
    found = await scores(room, runs, [engine.wal])
    assert "written beside" in found
    assert _better(found, runs) == {}


@pytest.mark.parametrize("runs", [FEW_RUNS, pytest.param(RUNS, marks=pytest.mark.long)])
async def test_a_token_asked_for_again_shows_nowhere_in_what_is_written(engine: Engine, monkeypatch, runs: int) -> None:
    """While ballots come: not in rows, in their hidden marks, nor in the write-ahead log. (A log of every statement shows it: that is watching live.)"""
    room = await hall(engine.store, VOTERS, small_keys(monkeypatch))
    assert _better(await scores(room, runs, [engine.wal], _asked_again), runs) == {}


async def test_the_servers_log_of_every_statement_names_nobody(engine: Engine, monkeypatch) -> None:
    room = await hall(engine.store, VOTERS, small_keys(monkeypatch))
    found = await scores(room, FEW_RUNS, [engine.log])
    assert _better(found, FEW_RUNS) == {}
    assert (
        b"UPDATE poll_box" in (engine.folder / "log").read_bytes()
    )  # it is the log of this database, and says what was done


async def test_a_mark_that_is_written_when_somebody_casts_is_caught(engine: Engine, monkeypatch) -> None:
    """A leak on purpose: that a token was asked for again is kept anew, as it was; a line says who casts."""
    room = await hall(engine.store, VOTERS, small_keys(monkeypatch))

    async def cast(room: Hall, who: int) -> None:
        async with room.step() as (tx, poll):
            digest = await tx.polls.blinded(poll.id, who)
            await tx.polls.receive(poll.id, who, digest)
        await casts(room, who)

    found = await scores(room, LEAKING, [engine.log], cast)
    assert found["rows that changed"] == VOTERS  # the same value: another transaction wrote the row
    assert found["written beside"] >= VOTERS - 1  # some are called by a number that stands for something else, too


# Backups.


@dataclass
class Backups:
    """`tusoi db backup` after every step: what is in it that was not in the one before."""

    url: str
    folder: Path
    made: int = 0
    before: frozenset[bytes] = frozenset()

    async def __call__(self) -> bytes:
        """The lines of the backup that are new."""
        self.made += 1
        file = self.folder / f"{self.made}.backup"
        back_up(self.url, file)
        lines = frozenset(_lines(file))
        new, self.before = lines - self.before, lines
        file.unlink()
        return b"\n".join(new)


def _lines(file: Path) -> list[bytes]:
    if file.read_bytes()[:6] == b"SQLite":
        with closing(sqlite3.connect(file)) as opened:
            return [line.encode() for line in opened.iterdump()]
    told = subprocess.run([postgres_tools() / "pg_restore", "-f", "-", file], capture_output=True, check=True)
    return told.stdout.splitlines()


@pytest.fixture
def with_tools(monkeypatch, request) -> None:
    """pg_dump where the house looks for it."""
    if "postgres_url" in request.fixturenames or "postgresql" in request.node.name:
        monkeypatch.setenv("PATH", str(postgres_tools()), prepend=":")


@pytest.mark.parametrize("runs", [2, pytest.param(100, marks=pytest.mark.long)])
@pytest.mark.usefixtures("with_tools")
async def test_a_backup_after_every_ballot_names_nobody(
    database_url: str, tmp_path: Path, monkeypatch, runs: int
) -> None:
    store = await Store.open(database_url, key=KEY)
    room = await hall(store, VOTERS, small_keys(monkeypatch))
    found = await scores(room, runs, [Backups(database_url, tmp_path)])
    assert _better(found, runs) == {}
    await store.close()


@pytest.mark.usefixtures("with_tools")
async def test_backups_tell_who_casts_where_that_is_kept(database_url: str, tmp_path: Path, monkeypatch) -> None:
    """A leak on purpose: a tick beside whoever has cast, as a list on paper has it."""
    store = await Store.open(database_url, key=KEY)
    room = await hall(store, VOTERS, small_keys(monkeypatch))

    async def cast(room: Hall, who: int) -> None:
        await casts(room, who)
        async with room.step() as (tx, _):
            theirs = sa.and_(POLL_PERSON.c.poll_id == room.poll_id, POLL_PERSON.c.person_id == who)
            await tx.connection.execute(POLL_PERSON.update().where(theirs).values(slip=["cast"]))

    found = await scores(room, 1, [Backups(database_url, tmp_path)], cast)
    assert found["written beside"] == VOTERS
    await store.close()
