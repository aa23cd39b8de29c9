"""What takes long to count keeps no page waiting, and is told with the moment it is of."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.console.counting import Counts
from tests.waiting import until


class Slow:
    """A count that ends when it is let."""

    def __init__(self) -> None:
        self.go, self.begun = asyncio.Event(), 0

    async def __call__(self) -> int:
        self.begun += 1
        mine = self.begun
        await self.go.wait()
        return mine


def counts(patience: float) -> Counts:
    return Counts(lambda: dt.datetime(2026, 11, 2, tzinfo=dt.UTC), patience, patience)


async def test_what_is_counted_at_once_is_never_kept():
    of, slow = counts(60), Slow()
    slow.go.set()
    assert [(await of.of("kind", "a", slow)).value for _ in range(3)] == [1, 2, 3]


async def test_who_comes_meanwhile_is_told_so_and_starts_no_second_count():
    of, slow = counts(0.001), Slow()
    assert [await of.of("kind", "a", slow) for _ in range(3)] == [None, None, None]
    assert slow.begun == 1
    slow.go.set()
    await until(lambda: not of._running)
    assert await of.of("kind", "a", slow)


async def test_one_at_a_time_and_each_of_its_own():
    of, first, second = counts(0.001), Slow(), Slow()
    assert (await of.of("kind", "a", first), await of.of("kind", "b", second)) == (None, None)
    assert second.begun == 0
    first.go.set()
    second.go.set()
    await until(lambda: not of._running)
    assert second.begun == 1


async def test_a_count_that_fails_is_begun_again():
    async def fails() -> int:
        raise LookupError

    of = counts(60)
    for _ in range(2):
        with pytest.raises(LookupError):
            await of.of("kind", "a", fails)


async def test_none_goes_on_when_the_house_closes():
    of, slow = counts(0.001), Slow()
    await of.of("kind", "a", slow)
    await of.close()
    assert not of._running


async def test_what_is_not_large_is_never_kept_however_long_it_took():
    of, slow = counts(0.001), Slow()
    slow.go.set()

    async def lasts() -> int:
        await asyncio.sleep(0.01)
        return await slow()

    of.at_first = 60
    assert [(await of.of("kind", "a", lasts, lambda value: value > 2)).value for _ in range(5)] == [1, 2, 3, 3, 3]


async def test_what_was_kept_is_gone_when_it_is_counted_at_once_again():
    of = counts(0.001)
    of.at_first = 60

    async def lasts() -> str:
        await asyncio.sleep(0.01)
        return "slow"

    async def at_once() -> str:
        return "quick"

    assert (await of.of("kind", "a", lasts)).value == "slow"
    assert (await of.of("kind", "a", at_once)).value == "slow"
    of._kept["kind", "a"] = replace(of._kept["kind", "a"], until=0.0)
    assert (await of.of("kind", "a", at_once)).value == "quick"
    assert not of._kept


async def test_kinds_do_not_wait_for_one_another():
    of, slow, other = counts(0.001), Slow(), Slow()
    other.go.set()
    assert await of.of("long", "a", slow) is None
    of.at_first = 60
    assert (await of.of("short", "a", other)).value == 1
    await of.close()
