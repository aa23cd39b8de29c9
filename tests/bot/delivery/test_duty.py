"""Of several processes one is on duty, on both engines; another takes over when it ends or dies."""

import datetime as dt

import pytest
from structlog.testing import capture_logs

from bot.delivery import duty as duty_of
from bot.delivery.duty import LASTS, Duty
from storage import Store
from tests.bot.playing import Clock
from tests.waiting import until


class Runner:
    """Says whether it runs."""

    def __init__(self) -> None:
        self.runs = False

    async def start(self) -> None:
        self.runs = True

    async def drain(self) -> None:
        self.runs = False


@pytest.fixture(autouse=True)
def quickly(monkeypatch) -> None:
    monkeypatch.setattr(duty_of, "RENEWED", 0.02)
    monkeypatch.setattr(duty_of, "FORGOTTEN", 0.0)


@pytest.fixture
async def rival(database_url):
    store = await Store.open(database_url)
    yield store
    await store.close()


async def test_one_runs_and_the_other_stands_by_until_the_first_has_ended(store, rival):
    clock, asked = Clock(), []

    def clock_of_second():
        asked.append(1)
        return clock()

    first, second, one, two = Duty(store, clock, "1"), Duty(rival, clock_of_second, "1"), Runner(), Runner()
    await first.start(one)
    await second.start(two)
    await until(lambda: len(asked) > 10)  # it has asked for the duty again and again
    assert (one.runs, first.is_mine, two.runs, second.is_mine) == (True, True, False, False)
    await first.stop(one)
    assert (one.runs, first.is_mine) == (False, False)
    await until(lambda: two.runs)
    assert second.is_mine
    await second.stop(two)


async def test_the_other_takes_over_from_one_that_died(store, rival):
    clock = Clock()
    first, second, one, two = Duty(store, clock, "1"), Duty(rival, clock, "2"), Runner(), Runner()
    await first.start(one)
    first._task.cancel()  # it died
    await second.start(two)
    assert not second.is_mine
    clock.forward(seconds=LASTS + 1)
    assert not first.is_mine  # it was only asleep: it begins nothing new
    await until(lambda: two.runs)
    await second.stop(two)


async def test_who_wakes_up_after_another_took_over_runs_no_more(store, rival):
    clock = Clock()
    first, second, one, two = Duty(store, clock, "1"), Duty(rival, clock, "2"), Runner(), Runner()
    await first.start(one)
    async with rival.transaction() as tx:
        await tx.leases.release(duty_of.NAME, first._holder)  # as if it had run out
        await tx.commit()
    await second.start(two)
    await until(lambda: not one.runs)
    assert (two.runs, first.is_mine, second.is_mine) == (True, False, True)
    await first.stop(one)
    assert second.is_mine
    await second.stop(two)


async def test_a_lease_in_the_future_holds_nobody_up_longer_than_it_may_last(store):
    """A clock was a year ahead, or a backup was restored: the notices of a year would have waited."""
    clock, passed = Clock(), [0.0]
    async with store.transaction() as tx:
        await tx.leases.hold(duty_of.NAME, "1:gone", clock(), clock() + dt.timedelta(days=365))
        await tx.commit()
    duty, runner, asked = Duty(store, clock, "1", lambda: asked.append(1) or passed[0]), Runner(), []
    await duty.start(runner)
    passed[0] = LASTS - 1
    since = len(asked)
    await until(lambda: len(asked) > since + 4)
    assert not runner.runs
    passed[0] = LASTS + 1
    await until(lambda: runner.runs)
    assert duty.is_mine
    await duty.stop(runner)


async def test_a_holder_whose_clock_is_ahead_and_who_renews_is_left_alone(store, rival):
    clock, passed = Clock(), [0.0]
    ahead = Clock(clock() + dt.timedelta(days=1))
    first, one = Duty(store, ahead, "1"), Runner()
    second, two = Duty(rival, clock, "2", lambda: passed[0]), Runner()
    await first.start(one)
    await second.start(two)
    for _ in range(4):
        seen = second._seen
        ahead.forward(seconds=5)
        await until(lambda seen=seen: second._seen != seen)
        passed[0] += LASTS - 1
    assert (one.runs, two.runs) == (True, False)
    await first.stop(one)
    await second.stop(two)


async def test_a_lease_is_held_by_one_renewed_by_it_and_free_when_it_has_run_out(store):
    clock = Clock()

    async def hold(holder: str) -> bool:
        async with store.transaction() as tx:
            held = await tx.leases.hold("x", holder, clock(), clock().replace(minute=clock().minute + 1))
            await tx.commit()
        return held

    assert [await hold("a"), await hold("b"), await hold("a")] == [True, False, True]
    clock.forward(minutes=2)
    assert [await hold("b"), await hold("a")] == [True, False]


async def test_a_clock_that_is_set_back_lengthens_no_duty(store):
    clock, passed = Clock(), [0.0]
    duty, runner = Duty(store, clock, "1", lambda: passed[0]), Runner()
    await duty.start(runner)
    duty._task.cancel()  # it stands still and renews nothing
    passed[0] = LASTS
    clock.forward(days=-1)
    assert not duty.is_mine


async def test_whoever_stands_by_for_more_than_a_minute_says_so_once(store, rival):
    clock, passed = Clock(), [0.0]
    first, second, one, two = Duty(store, clock, "1"), Duty(rival, clock, "2", lambda: passed[0]), Runner(), Runner()
    await first.start(one)
    with capture_logs() as told:
        await second.start(two)
        for passed[0] in range(0, 200, 10):
            clock.forward(seconds=1)
            seen = second._seen
            await until(lambda seen=seen: second._seen != seen)
    assert [(line["event"], line["worker"]) for line in told if line["log_level"] == "warning"] == [
        ("standing by, another process sends notices", "1")
    ]
    await first.stop(one)
    await second.stop(two)
