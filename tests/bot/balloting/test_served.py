"""The same attack on a house as it is served: voters come over HTTP, and after each request is taken whatever a running house leaves anywhere.
All tables with the hidden numbers of their rows, SQLite's files and what its write-ahead log gained, the name, size and moment of every file
of the data folder, every line of every log at its most talkative, all that is printed, the figures for the monitor.
"""

import datetime as dt
import logging
import random
import sqlite3
import sys
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import sqlalchemy as sa
from aiohttp import ClientSession

from bot.channels import Settings, channels_of
from bot.codes import fresh_code
from bot.door.links import Links
from bot.serving import serving
from bot.web.app import site
from bot.wiring import code_key
from rules.balloting.poll import Stage
from storage.code_key import CodeKey
from storage.tables import ACCOUNT
from tests.bot.balloting.attacking import Loot, guesses, right
from tests.bot.balloting.house import Hall, hall, small_keys
from tests.bot.balloting.voters import Token, seal
from tests.storage.house import AT

VOTERS = 5
RUNS, FEW_RUNS, LEAKING = 100, 8, 3
#: What a mishap does when a ballot comes: given the house that is attacked, and whose it is.
Leak = Callable[["Served", int], Any]


def _b64(data: bytes) -> str:
    return b64encode(data).decode()


@dataclass
class Served:
    """A house that is served, its people, and whoever takes everything it leaves."""

    room: Hall
    address: str
    health: str
    browser: ClientSession
    folder: Path
    database: Path
    key: CodeKey
    lines: pytest.LogCaptureFixture
    printed: StringIO = field(default_factory=StringIO)
    leaks: Leak | None = None
    codes: dict[int, str] = field(default_factory=dict)
    at: str = ""
    wal: int = 0
    figures: frozenset[str] = frozenset()

    async def asks(self, step: str, **given: object) -> dict[str, Any]:
        """A request as the page makes it."""
        async with self.browser.post(f"{self.address}/phieu/{self.at}/{step}", json=given) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def receive(self, who: int) -> None:
        """A phone asks for its token, by name."""
        told = await self.asks("toi", code=self.codes[who])
        assert told["person"] == who
        public = (await self.room.poll()).public
        assert public
        token = self.room.tokens[who] = Token(public)
        given = await self.asks("giay", code=self.codes[who], blinded=_b64(token.blinded))
        token.finish(b64decode(given["signed"]))

    async def cast(self, who: int) -> None:
        """A phone casts: it looks how far the poll is, and sends token and ballot, by no name."""
        async with self.browser.get(f"{self.address}/phieu/{self.at}/thung") as answer:
            assert (await answer.json())["stage"] == "casting"
        sealed = seal(await self.room.poll(), (random.choice(("yes", "no", "")),))
        ballot = self.room.ballots[who] = self.room.tokens[who].ballot(sealed)
        sent = {"message": ballot.message, "signature": ballot.signature, "sealed": ballot.sealed}
        await self.asks("thung", **{name: _b64(part) for name, part in sent.items()})
        if self.leaks:
            await self.leaks(self, who)

    async def take(self, loot: Loot) -> None:
        """Everything, as it lies now."""
        async with self.browser.get(f"{self.health}/metrics") as answer:
            figures = frozenset((await answer.text()).splitlines())
        heard = [one.getMessage() for one in self.lines.records]
        self.lines.clear()
        loot.said.append([*heard, *self.printed.getvalue().splitlines(), *(figures - self.figures)])
        self.printed.seek(0)
        self.printed.truncate()
        self.figures = figures
        loot.files.append(
            {
                str(one.relative_to(self.folder)): (one.stat().st_size, one.stat().st_mtime_ns)
                for one in self.folder.rglob("*")
                if one.is_file()
            }
        )
        wal = self.database.with_name(f"{self.database.name}-wal").read_bytes()
        loot.written.append(wal[self.wal :] if len(wal) > self.wal else wal)
        self.wal = len(wal)
        loot.snapshots.append(self._rows())

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as opened:
            opened.row_factory = sqlite3.Row
            tables = [one["name"] for one in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows = {
                name: [dict(one) for one in opened.execute(f"SELECT rowid AS hidden, * FROM {name}")] for name in tables
            }
        other = self.room.poll_id
        for name in ("poll_person", "poll_box"):  # of votes before this one nothing
            rows[name] = [one for one in rows[name] if one["poll_id"] == other]
        return rows

    async def played(self) -> tuple[Loot, dict[int, bytes]]:
        """One poll from beginning to end, everything taken after every request, and the truth."""
        room = self.room
        room.tokens.clear()
        room.ballots.clear()
        await room.prepare()
        self.codes = {one: fresh_code() for one in room.people}
        async with room.store.transaction() as tx:
            for one, code in self.codes.items():
                await tx.polls.admit(room.poll_id, one, code)
            self.at = await tx.polls.address(room.poll_id) or ""
            await tx.commit()
        await room.gather()
        loot = Loot(
            room.poll_id, room.people, self.key, names={one: f"Người {n:03}" for n, one in enumerate(room.people)}
        )
        await self.take(loot)
        for who in random.sample(room.people, len(room.people)):
            await self.receive(who)
            await self.take(loot)
        await room.walk(Stage.CASTING)
        await self.take(loot)
        for who in random.sample(room.people, len(room.people)):
            await self.cast(who)
            await self.take(loot)
        await room.walk(Stage.CLOSED)
        return loot, {who: ballot.message for who, ballot in room.ballots.items()}

    async def scores(self, runs: int) -> dict[str, float]:
        """Way of guessing → voters named right in a run, on the average."""
        found: Counter[str] = Counter()
        for _ in range(runs):
            with redirect_stdout(self.printed), redirect_stderr(self.printed):
                loot, truth = await self.played()
            found.update({name: right(guess, truth) for name, guess in guesses(loot).items()})
        return {name: times / runs for name, times in found.items()}


@pytest_asyncio.fixture
async def served(sqlite_url: str, tmp_path: Path, monkeypatch, caplog) -> AsyncIterator[Served]:
    """Five voters who are signed in to the chat as well; everything is logged that can be."""
    caplog.set_level(logging.DEBUG)
    folder = tmp_path / "data"
    settings = Settings(database_url=sqlite_url, data_dir=folder, web_listen="127.0.0.1:0")
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(serving(settings, channels_of(settings), Links(), now=lambda: AT))
        room = await hall(running.store, VOTERS, small_keys(monkeypatch))
        async with running.store.transaction() as tx:
            for one in room.people:
                await tx.accounts.tie("web", f"session-of-{one}-and-nobody-else", one, AT)
            await tx.commit()
        health = await stack.enter_async_context(site(running.health.app, "127.0.0.1", 0))
        browser = await stack.enter_async_context(ClientSession())
        database = Path(sqlite_url.removeprefix("sqlite:///"))
        yield Served(room, running.address, health, browser, folder, database, code_key(settings), caplog)


@pytest.mark.parametrize("runs", [FEW_RUNS, pytest.param(RUNS, marks=pytest.mark.long)])
async def test_nothing_a_served_house_leaves_names_a_voter(served: Served, runs: int) -> None:
    found = await served.scores(runs)
    assert len(found) > 100
    assert {name: times for name, times in found.items() if times > 1 + 6 / runs**0.5} == {}


# Leaks of every kind, let in on purpose: each is caught.


async def _logs_the_name(house: Served, who: int) -> None:
    logging.getLogger("bot.booth").info("ballot in, thanks %s", f"Người {house.room.people.index(who):03}")


async def _logs_the_code(house: Served, who: int) -> None:
    logging.getLogger("proxy").info("POST /phieu/%s/thung referer=#%s", house.at, house.key.mark(house.codes[who]))


async def _logs_more_of_some(_: Served, who: int) -> None:
    logging.getLogger("proxy").info("POST /thung %s", "." * (500 * who))


async def _prints(_: Served, who: int) -> None:
    sys.stdout.write(f"seen by={who}\n")


async def _uses_the_session(house: Served, who: int) -> None:
    async with house.room.store.transaction() as tx:
        theirs = ACCOUNT.c.person_id == who
        await tx.connection.execute(
            ACCOUNT.update().where(theirs).values(seen_at=AT + dt.timedelta(seconds=random.random()))
        )
        await tx.commit()


async def _touches_a_file(house: Served, who: int) -> None:
    (house.folder / f"session-of-{who}-and-nobody-else.seen").write_bytes(b"")


async def _grows_a_file(house: Served, who: int) -> None:
    with (house.folder / "seen").open("ab") as file:
        file.write(b"." * who)


async def _lays_the_row_anew(house: Served, who: int) -> None:
    """The order in which rows lie is that of casting: whoever has one copy has it."""
    async with house.room.store.transaction() as tx:
        last = (await tx.connection.execute(sa.select(sa.func.max(ACCOUNT.c.id)))).scalar_one()
        await tx.connection.execute(ACCOUNT.update().where(ACCOUNT.c.person_id == who).values(id=last + 1))
        await tx.commit()


@pytest.mark.parametrize(
    ("leak", "caught"),
    [
        (_logs_the_name, "anything new"),
        (_logs_the_code, "anything new"),
        (_logs_more_of_some, "every number by said"),
        (_prints, "anything new"),
        (_uses_the_session, "anything new"),
        (_touches_a_file, "every file's moment by came"),
        (_grows_a_file, "every number by seen grew"),
        (_lays_the_row_anew, "every account lies by came"),
    ],
)
async def test_a_leak_of_any_kind_is_caught(served: Served, leak: Leak, caught: str) -> None:
    served.leaks = leak
    assert (await served.scores(LEAKING))[caught] == VOTERS
