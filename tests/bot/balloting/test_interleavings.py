"""Any order of casts, crashes and retries: exactly one counted ballot for each token that was spent, and nobody else's tracker."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.balloting import protocol
from bot.balloting.protocol import BallotRefused
from rules.balloting.poll import Stage
from storage import Store
from storage.repositories.polls import Cast
from tests.bot.balloting.house import Hall, hall, refusal, small_keys
from tests.bot.balloting.voters import seal
from tests.engines import ENGINES, sqlite_copy

VOTERS = 4
#: Who, and what becomes of it: the answer arrives; the answer is lost; the process dies before it is kept; another ballot for the same token;
#: two phones at once with the same ballot; a token's ballot spoilt on its way; its phone asks for the token once more.
WHAT = ["arrives", "lost", "dies", "other", "twice", "spoilt", "asks"]
STEPS = st.tuples(st.integers(0, VOTERS - 1), st.sampled_from(WHAT))
FEW, MANY = 15, 1000


class _DiedError(Exception):
    """The process is gone before anything is kept."""


@pytest.fixture
def small(monkeypatch) -> tuple[bytes, bytes]:
    """One key for all examples."""
    return small_keys(monkeypatch)


@pytest.fixture(params=ENGINES)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], AbstractContextManager[str]]:
    """A database of its own for each example, on both engines."""
    if request.param == "sqlite":
        return partial(sqlite_copy, request.getfixturevalue("sqlite_file"), tmp_path)
    return request.getfixturevalue("postgres").copy  # type: ignore[no-any-return]


@pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_one_counted_ballot_for_each_token_spent(
    small: tuple[bytes, bytes], fresh: Callable[[], AbstractContextManager[str]], examples: int
) -> None:
    @settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    @given(steps=st.lists(STEPS, max_size=14), tellers=st.permutations([0, 1, 2]))
    def play(steps: Sequence[tuple[int, str]], tellers: Sequence[int]) -> None:
        with fresh() as url:
            asyncio.run(_played(url, small, steps, tellers))

    play()


async def _played(
    url: str, keys: tuple[bytes, bytes], steps: Sequence[tuple[int, str]], tellers: Sequence[int]
) -> None:
    store = await Store.open(url)
    room = await hall(store, VOTERS, keys)
    await room.prepare()
    await room.gather()
    for who in room.people:
        await room.receive(who)
    await room.walk(Stage.CASTING)
    poll = await room.poll()
    mine = {who: room.tokens[who].ballot(seal(poll, (("yes", "no")[who % 2],))) for who in room.people}
    spent: dict[int, str] = {}
    for place, what in steps:
        who = room.people[place]
        if what == "asks":
            await _asks_again(room, who)
            continue
        for ballot in _sent(what, mine[who], seal(poll, ("no",))):
            tracker = await _tried(room, ballot, dies=what == "dies")
            if tracker:
                assert spent.setdefault(who, tracker) == tracker
    await room.walk(Stage.CLOSED)
    first, second, third = (room.people[one] for one in tellers)
    await room.give_up(first)
    assert await room.give_up(second) is Stage.COUNTED
    assert await room.give_up(third) is Stage.COUNTED
    result = await room.result()
    assert result
    assert list(result.trackers) == sorted(spent.values())
    assert result.tally.returned == result.tally.valid == len(spent) <= result.tally.given == VOTERS
    await store.close()


async def _asks_again(room: Hall, who: int) -> None:
    """The answer with the token was lost: the same request gets the same signature."""
    before = room.tokens[who].signature
    await room.receive(who)
    assert room.tokens[who].signature == before


def _sent(what: str, mine: Cast, other: bytes) -> Iterator[Cast]:
    """What comes in. Of a token that is not spent yet, another ballot than the page's own is never sent: it has but one."""
    match what:
        case "spoilt":
            yield mine._replace(signature=bytes(len(mine.signature)))
        case "twice":
            yield mine
            yield mine
        case "other":
            yield mine
            yield mine._replace(sealed=other)
        case _:
            yield mine


async def _tried(room: Hall, ballot: Cast, *, dies: bool) -> str | None:
    kept: list[str] = []

    async def put() -> None:
        async with room.step() as (tx, poll):
            tracker = await protocol.cast(tx, poll, ballot)
            _die(dies=dies)
            kept.append(tracker)

    with suppress(_DiedError):
        assert await refusal(put) in {None, BallotRefused.SPENT, BallotRefused.NO_TOKEN}
    return kept[0] if kept else None


def _die(*, dies: bool) -> None:
    if dies:
        raise _DiedError


async def test_five_phones_at_once_are_five_ballots(store: Store, monkeypatch) -> None:
    room = await hall(store, 5, small_keys(monkeypatch))
    await room.prepare()
    await room.gather()
    await asyncio.gather(*(room.receive(who) for who in room.people))
    await room.walk(Stage.CASTING)
    trackers = await asyncio.gather(*(room.cast(who, ("yes",)) for who in room.people * 2))
    await room.walk(Stage.CLOSED)
    await asyncio.gather(*(room.give_up(who) for who in room.people[:3]))
    result = await room.result()
    assert result
    assert list(result.trackers) == sorted(set(trackers))
    assert result.tally.lines == {"0": {"yes": 5, "no": 0}}
