"""Everything that is left behind names no voter: played again and again, and attacked each time (attacking.py).

Of n voters who all cast, whoever guesses blindly names one right, on the average, whatever n is (a random permutation has one fixed
point). Over 1,000 runs that average has a deviation of 1/sqrt(1000) = 0.03; a way of guessing counts as a leak from five of those on,
since some fifty ways are tried.
"""

import logging
import random
import sqlite3
from base64 import b64encode, urlsafe_b64decode
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.balloting import protocol
from rules.balloting.poll import Stage
from storage import Store
from storage.code_key import CodeKey
from storage.repositories.polls import Cast, Polls
from storage.tables import METADATA
from tests.bot.balloting.attacking import Loot, Rows, guesses, right
from tests.bot.balloting.house import Hall, hall, small_keys
from tests.bot.balloting.voters import Token, seal
from tests.storage.house import AT

VOTERS = 5
KEY = CodeKey.fresh()
RUNS, FEW_RUNS, LEAKING = 1000, 60, 6

#: What is attacked: how somebody receives a token, and how a ballot comes in.
Way = Callable[[Hall, int], Awaitable[None]]


#: The tables that a poll touches; that it touches no other is held by test_nothing_else_changes_while_ballots_come.
OURS = (METADATA.tables["poll"], METADATA.tables["poll_person"], METADATA.tables["poll_box"])


async def copied(store: Store, poll: int, tables: Iterable[sa.Table] = OURS) -> Rows:
    """The rows of tables as they lie now. Of other polls nothing: they are copied in their own runs."""
    async with store.reading() as tx:
        rows = {}
        for table in tables:
            select = sa.select(table)
            of_poll = table.c.id if table.name == "poll" else table.c.get("poll_id")
            if of_poll is not None:
                select = select.where(of_poll == poll)
            rows[table.name] = [dict(one) for one in (await tx.connection.execute(select)).mappings()]
    return rows


async def receives(room: Hall, who: int) -> None:
    """As it is."""
    await room.receive(who)


async def casts(room: Hall, who: int) -> None:
    """As it is."""
    await room.cast(who, (random.choice(("yes", "no", "")),))


async def played(
    room: Hall, key: CodeKey, receive: Way = receives, cast: Way = casts, tables: Iterable[sa.Table] = OURS
) -> tuple[Loot, Mapping[int, bytes]]:
    """One poll from beginning to end, copied after every step, and the truth."""
    room.tokens.clear()
    room.ballots.clear()
    await room.prepare()
    await room.gather()
    loot = Loot(room.poll_id, room.people, key, names={one: f"Người {one}" for one in room.people})
    loot.snapshots.append(await copied(room.store, room.poll_id, tables))
    for who in random.sample(room.people, len(room.people)):
        await receive(room, who)
        loot.snapshots.append(await copied(room.store, room.poll_id, tables))
    await room.walk(Stage.CASTING)
    loot.snapshots.append(await copied(room.store, room.poll_id, tables))
    for who in random.sample(room.people, len(room.people)):
        await cast(room, who)
        loot.snapshots.append(await copied(room.store, room.poll_id, tables))
    await room.walk(Stage.CLOSED)
    truth = {who: ballot.message for who, ballot in room.ballots.items()}
    assert set(truth) == set(room.people)
    return loot, truth


async def scores(
    room: Hall, runs: int, receive: Way = receives, cast: Way = casts, tables: Iterable[sa.Table] = OURS
) -> dict[str, float]:
    """Way of guessing → voters named right in a run, on the average."""
    found: Counter[str] = Counter()
    for _ in range(runs):
        loot, truth = await played(room, KEY, receive, cast, tables)
        found.update({name: right(guess, truth) for name, guess in guesses(loot).items()})
    return {name: times / runs for name, times in found.items()}


@pytest_asyncio.fixture
async def room(sqlite_url: str, monkeypatch) -> AsyncIterator[Hall]:
    """Five voters; one key for tokens serves all runs."""
    store = await Store.open(sqlite_url, key=KEY)
    yield await hall(store, VOTERS, small_keys(monkeypatch))
    await store.close()


@pytest.mark.parametrize("runs", [FEW_RUNS, pytest.param(RUNS, marks=pytest.mark.long)])
async def test_no_way_of_guessing_is_better_than_guessing(room: Hall, runs: int) -> None:
    found = await scores(room, runs)
    assert len(found) > 45
    assert {name: times for name, times in found.items() if times > 1 + 5 / runs**0.5} == {}


# The same attack, where something is let out on purpose.


async def asks_plainly(room: Hall, who: int) -> None:
    """A page that does not blind: what is signed is the token itself."""
    public = (await room.poll()).public
    assert public
    token = room.tokens[who] = Token(public)
    encoded = int.from_bytes(token.blinded) * pow(pow(token.inverse, -1, token.n), -65537, token.n) % token.n
    token.blinded, token.inverse = encoded.to_bytes(len(token.blinded)), 1
    async with room.step() as (tx, poll):
        token.finish(await protocol.give_token(tx, poll, who, token.message))


async def test_a_page_that_shows_its_token_is_caught(room: Hall, monkeypatch) -> None:
    monkeypatch.setattr(protocol.blind, "sign", lambda *_: bytes(1))
    monkeypatch.setattr(Token, "finish", lambda *_: None)
    monkeypatch.setattr(protocol.blind, "genuine", lambda *_: True)
    found = await scores(room, LEAKING, receive=asks_plainly)
    assert found["bytes in common"] == VOTERS


async def test_a_cookie_that_comes_with_the_ballot_is_caught(room: Hall) -> None:
    """Whatever marks a person as having been there in the step in which their ballot came: a session's last use, a line of the audit."""

    async def cast(room: Hall, who: int) -> None:
        poll = await room.poll()
        ballot = room.ballots[who] = room.tokens[who].ballot(seal(poll, ("yes",)))
        async with room.step() as (tx, poll):
            await protocol.cast(tx, poll, ballot)
            await tx.audit.record(who, "page used", AT, person_id=who)

    found = await scores(room, LEAKING, cast=cast, tables=(*OURS, METADATA.tables["audit"]))
    assert found["rows that changed"] == VOTERS


async def test_a_line_of_a_log_is_caught(room: Hall) -> None:
    found: Counter[str] = Counter()
    for _ in range(LEAKING):
        said: list[str] = []

        async def cast(room: Hall, who: int, said: list[str] = said) -> None:
            await casts(room, who)
            said.append(f"POST cast person {who} 200")

        loot, truth = await played(room, KEY, cast=cast)
        loot.log += said
        found.update({name: right(guess, truth) for name, guess in guesses(loot).items()})
    assert found["lines of the log"] == VOTERS * LEAKING


async def test_a_box_in_the_order_of_casting_is_caught_where_people_cast_as_they_came(room: Hall, monkeypatch) -> None:
    """Where people cast in the order in which they received, the order of coming is theirs; a box that keeps it gives it to whoever has one
    copy, the last. Sorted, as it is, one copy tells nothing.
    """
    order: list[int] = []

    async def receive(room: Hall, who: int) -> None:
        await receives(room, who)
        order.append(who)

    async def cast(room: Hall, who: int) -> None:
        await casts(room, order.pop(0))

    async def last_alone() -> int:
        loot, truth = await played(room, KEY, receive, cast)
        loot.snapshots = loot.snapshots[-1:]
        return right(dict(zip(truth, (one.message for one in loot.boxes()[0]), strict=True)), truth)

    sorted_ = [await last_alone() for _ in range(LEAKING)]
    kept = Polls.keep_box

    async def unsorted(self: Polls, poll_id: int, casts: Sequence[Cast]) -> None:
        with monkeypatch.context() as inside:
            inside.setattr("storage.repositories.polls.sorted", list, raising=False)
            await kept(self, poll_id, casts)

    monkeypatch.setattr(Polls, "keep_box", unsorted)
    assert [await last_alone() for _ in range(LEAKING)] == [VOTERS] * LEAKING
    assert sum(sorted_) < VOTERS * LEAKING


# What a poll leaves outside its tables: nothing.


async def test_nothing_else_changes_while_ballots_come(store: Store, monkeypatch, caplog) -> None:
    """On both engines, all tables: from the first ballot on the box changes and nothing else; no log has a line."""
    caplog.set_level(logging.DEBUG)
    room = await hall(store, VOTERS, small_keys(monkeypatch))
    loot, _ = await played(room, KEY, tables=METADATA.sorted_tables)
    casting = loot.snapshots[-VOTERS - 1 :]
    changed = {name for one, other in pairwise(casting) for name in one if one[name] != other[name]}
    assert changed == {"poll_box"}
    ours = [record for record in caplog.records if record.name.partition(".")[0] in {"bot", "storage", "aiohttp"}]
    assert ours == []


async def test_the_files_of_sqlite_hold_nothing_of_a_ballot(room: Hall, sqlite_url: str) -> None:
    """The database and its write-ahead log, byte for byte: no token, no sealed ballot, in no spelling."""
    await played(room, KEY)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    whole = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert len(whole) > 100_000
    for ballot in room.ballots.values():
        for part in ballot:
            for spelt in (part, b64encode(part)[:-4], part.hex().encode()):
                assert spelt not in whole
    with closing(sqlite3.connect(path)) as opened:
        (content,) = opened.execute("SELECT content FROM poll_box WHERE poll_id = ?", (room.poll_id,)).fetchone()
    assert int.from_bytes(urlsafe_b64decode(content)[1:9]) == 0  # Fernet's moment


async def test_the_write_ahead_log_of_postgresql_holds_nothing_of_a_ballot(postgres_url: str, monkeypatch) -> None:
    store = await Store.open(postgres_url, key=KEY)
    room = await hall(store, VOTERS, small_keys(monkeypatch))
    await played(room, KEY)
    async with store.reading() as tx:
        folder = Path((await tx.connection.execute(sa.text("SHOW data_directory"))).scalar_one())
    await store.close()
    segments = [file.read_bytes() for file in (folder / "pg_wal").iterdir() if file.is_file()]
    assert any("Người 003".encode() in one for one in segments)  # it is the log of this database
    for ballot in room.ballots.values():
        for part in ballot:
            for spelt in (part, b64encode(part)[:-4], part.hex().encode()):
                assert not any(spelt in one for one in segments)


async def test_nobody_without_the_houses_key_sees_even_which_ballot_came_when(room: Hall) -> None:
    loot, _ = await played(room, KEY)
    loot.key = CodeKey.fresh()
    assert [box for box in loot.boxes() if box] == []
    contents = [one["content"] for rows in loot.snapshots for one in rows["poll_box"]]
    pieces = [{one[place : place + 24] for place in range(100, len(one) - 24)} for one in dict.fromkeys(contents)]
    assert not any(one & other for one, other in pairwise(pieces))
