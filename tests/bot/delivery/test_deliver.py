"""Notices and reminders over the real store, on both engines: once each, whatever happens on the way."""

import asyncio
import datetime as dt
from collections import defaultdict

import pytest

from bot.delivery.deliver import AT_ONCE, ATTEMPTS, OLD_QUEUE, STUCK_AFTER, Deliverer
from bot.delivery.notices import Notice, notify, notify_many
from bot.delivery.prompt import Prompt
from bot.door.channel import Blocked, Later, Rejected, Unreachable
from dialogs.core.buttons import Button
from dialogs.core.turn import Key, Reply
from storage.errors import Away
from tests.bot.playing import EMPLOYEE, HEAD, Stage, staged
from tests.waiting import PATIENCE, until

REPLY = Reply("notice/person_reminder", {
    "due": "2020-12-04", "days": 7, "name": "Trần Thị Hoa Mai", "form": "Phiếu", "year": 2020,
    "stage": "not_started", "minutes": 25,
}, ((Key("notice/begin", Button("next", 5)),),))  # fmt: skip


class Telegram:
    """A channel that keeps what it sent, or fails as a test says."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.fails: dict[str, list[Exception]] = defaultdict(list)

    async def send(self, account: str, worded, person: int) -> list[int]:
        await asyncio.sleep(0)
        if self.fails[account]:
            raise self.fails[account].pop(0)
        self.sent.append(account)
        return [len(self.sent)]


class Queue:
    """A job runner that keeps what it was given: (delivery, attempt, delay)."""

    def __init__(self) -> None:
        self.jobs: list[tuple[int, int, float]] = []

    async def enqueue(self, connection, delivery: int, attempt: int = 0, delay: float = 0) -> None:
        self.jobs.append((delivery, attempt, delay))

    async def enqueue_many(self, connection, deliveries, attempt: int = 0) -> None:
        self.jobs += [(delivery, attempt, 0.0) for delivery in deliveries]


@pytest.fixture
async def stage(store) -> Stage:
    stage = await staged(store)
    await stage.phone_of(EMPLOYEE, "100", "telegram")
    return stage


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def deliverer(stage, telegram) -> Deliverer:
    return Deliverer(stage.store, {"telegram": telegram.send}, stage.clock)


async def noticed(stage: Stage, to: str = EMPLOYEE, kind: str = "notice") -> int:
    async with stage.store.transaction() as tx:
        delivery = await notify(tx, await stage.person(to), f"{kind}:{to}", REPLY, stage.clock(), kind=kind)
        await tx.commit()
    assert delivery is not None
    return delivery


async def standing(stage: Stage, delivery: int):
    async with stage.store.reading() as tx:
        return await tx.deliveries.get(delivery)


async def test_a_notice_goes_out_once_however_often_its_job_runs(stage, deliverer, telegram, queue):
    delivery = await noticed(stage)
    for _ in range(3):
        await deliverer.deliver(delivery, queue)
    assert telegram.sent == ["100"]
    row = await standing(stage, delivery)
    assert (row.status, row.message_ids, row.sent_at) == ("sent", ["telegram:1"], stage.clock())


async def test_a_notice_goes_out_once_when_two_workers_have_its_job_at_once(stage, deliverer, telegram, queue):
    delivery = await noticed(stage)
    await asyncio.gather(*(deliverer.deliver(delivery, queue) for _ in range(4)))
    assert telegram.sent == ["100"]


async def test_a_notice_with_the_same_key_is_written_once(stage):
    await noticed(stage)
    async with stage.store.transaction() as tx:
        again = await notify(tx, await stage.person(EMPLOYEE), f"notice:{EMPLOYEE}", REPLY, stage.clock())
    assert again is None


async def test_a_notice_that_is_to_wait_is_tried_again_after_that_time(stage, deliverer, telegram, queue):
    telegram.fails["100"] = [Later(30)]
    delivery = await noticed(stage)
    await deliverer.deliver(delivery, queue)
    assert [(one, attempt) for one, attempt, _ in queue.jobs] == [(delivery, 1)]
    assert queue.jobs[0][2] >= 30
    await deliverer.deliver(delivery, queue)  # too early
    assert telegram.sent == []
    stage.clock.forward(seconds=31)
    await deliverer.deliver(delivery, queue)
    assert telegram.sent == ["100"]


async def test_a_notice_that_never_gets_through_fails_at_last(stage, deliverer, telegram, queue):
    telegram.fails["100"] = [Later(1)] * 20
    delivery = await noticed(stage)
    for _ in range(20):
        await deliverer.deliver(delivery, queue)
        stage.clock.forward(seconds=2)
    row = await standing(stage, delivery)
    assert (row.status, row.attempts, row.error) == ("failed", ATTEMPTS, "later")


async def test_a_notice_outlasts_a_channel_that_cannot_be_reached_for_a_day(stage, deliverer, telegram, queue):
    telegram.fails["100"] = [Unreachable(5)] * 100
    delivery = await noticed(stage)
    jobs = 0
    while stage.clock() - (await standing(stage, delivery)).created_at < dt.timedelta(days=1):
        await deliverer.deliver(delivery, queue)
        [*_, (again, _, delay)] = queue.jobs
        assert (again, len({attempt for _, attempt, _ in queue.jobs})) == (delivery, len(queue.jobs))  # each runs
        stage.clock.forward(seconds=delay)
        jobs += 1
    assert jobs < 130  # every quarter of an hour at last
    telegram.fails.clear()
    await deliverer.deliver(delivery, queue)
    assert (telegram.sent, (await standing(stage, delivery)).status) == (["100"], "sent")


async def test_a_notice_is_given_up_when_its_channel_is_away_for_days(stage, deliverer, telegram, queue):
    telegram.fails["100"] = [Unreachable(5)]
    delivery = await noticed(stage)
    stage.clock.forward(days=4)
    await deliverer.deliver(delivery, queue)
    row = await standing(stage, delivery)
    assert (row.status, row.error) == ("failed", "unreachable")


async def test_who_blocked_the_bot_is_not_written_to_again_until_they_come_back(stage, deliverer, telegram, queue):
    telegram.fails["100"] = [Blocked()]
    first, second = await noticed(stage), await noticed(stage, kind="reminder")
    await deliverer.deliver(first, queue)
    await deliverer.deliver(second, queue)
    assert [(await standing(stage, one)).status for one in (first, second)] == ["blocked", "blocked"]
    assert telegram.sent == []
    async with stage.store.reading() as tx:
        assert await tx.accounts.of_person(await stage.person(EMPLOYEE)) == [("telegram", "100", True)]


async def test_who_blocked_the_bot_and_speaks_to_it_again_is_written_to(stage, deliverer, telegram, queue):
    await stage.house.reached("telegram", "100", reachable=False)
    phone = stage.phone("100", "telegram")
    await phone.commands("tieptuc")
    await deliverer.deliver(await noticed(stage), queue)
    assert telegram.sent == ["100"]


async def test_one_account_reached_is_enough_and_nobody_is_told_twice(stage, deliverer, telegram, queue):
    await stage.phone_of(EMPLOYEE, "200", "telegram")
    telegram.fails["200"] = [Later(1)]
    delivery = await noticed(stage)
    await deliverer.deliver(delivery, queue)
    stage.clock.forward(seconds=2)
    await deliverer.deliver(delivery, queue)
    assert telegram.sent == ["100"]
    assert (await standing(stage, delivery)).status == "sent"


async def test_a_notice_that_is_refused_for_good_is_not_tried_again(stage, deliverer, telegram, queue):
    telegram.fails["100"] = [Rejected("message is too long")]
    delivery = await noticed(stage)
    await deliverer.deliver(delivery, queue)
    assert ((await standing(stage, delivery)).status, queue.jobs) == ("failed", [])


async def test_who_only_uses_the_web_finds_the_notice_there(stage, deliverer, telegram, queue):
    await stage.phone_of(HEAD)
    delivery = await noticed(stage, HEAD)
    await deliverer.deliver(delivery, queue)
    assert ((await standing(stage, delivery)).status, telegram.sent) == ("sent", [])


# ── many at once ───────────────────────────────────────────────────────────────────────────────


async def all_noticed(stage: Stage, queue: Queue, keys=("a", "b", "c"), *, kept: bool = True) -> list[str]:
    person = await stage.person(EMPLOYEE)
    async with stage.store.transaction() as tx:
        new = await notify_many(tx, [Notice(person, key, REPLY) for key in keys], stage.clock(), queue)
        if kept:
            await tx.commit()
    return [one.key for one in new]


async def ids(stage: Stage) -> list[int]:
    return [row["id"] for row in await stage.rows("delivery")]


async def test_many_notices_are_written_kept_in_the_history_and_handed_over(stage, queue):
    assert await all_noticed(stage, queue) == ["a", "b", "c"]
    assert [one for one, _, _ in queue.jobs] == await ids(stage)
    history = await stage.house.history(await stage.person(EMPLOYEE))
    assert [one.channel for one in history][-3:] == ["notice"] * 3


async def test_of_many_notices_only_the_new_ones_are_written(stage, queue):
    await all_noticed(stage, queue, ("b",))
    assert await all_noticed(stage, queue, ("a", "b", "a", "c")) == ["a", "c"]
    assert await stage.count("delivery") == 3
    assert len(queue.jobs) == 3


async def test_more_notices_than_a_statement_carries(stage, queue):
    keys = [f"k{number}" for number in range(1203)]
    assert await all_noticed(stage, queue, keys) == keys
    assert await stage.count("delivery") == 1203
    assert await stage.count("turn", channel="notice") == 1203


async def test_of_many_that_are_rolled_back_nothing_is_left(stage, queue):
    await all_noticed(stage, queue, kept=False)
    assert (await stage.count("delivery"), await stage.count("turn", channel="notice")) == (0, 0)


async def test_two_processes_that_write_the_same_many_at_once_write_each_once(stage, queue):
    written = await asyncio.gather(*(all_noticed(stage, queue) for _ in range(4)))
    assert sorted(key for keys in written for key in keys) == ["a", "b", "c"]


async def test_many_go_out_each_once_however_often_their_job_runs(stage, deliverer, telegram, queue):
    await all_noticed(stage, queue)
    for _ in range(2):
        await deliverer.deliver_many(await ids(stage), queue)
    assert telegram.sent == ["100"] * 3


async def test_two_workers_with_the_same_many_send_each_once(stage, deliverer, telegram, queue):
    await all_noticed(stage, queue)
    of = await ids(stage)
    await asyncio.gather(*(deliverer.deliver_many(of, queue) for _ in range(3)))
    assert telegram.sent == ["100"] * 3


async def test_one_that_fails_unexpectedly_does_not_hold_up_the_rest(stage, deliverer, telegram, queue):
    await all_noticed(stage, queue)
    telegram.fails["100"] = [RuntimeError("nobody thought of this")]
    await deliverer.deliver_many(await ids(stage), queue)
    assert telegram.sent == ["100"] * 2
    stage.clock.forward(seconds=STUCK_AFTER.total_seconds() + 1)
    queue.jobs.clear()
    await deliverer.sweep(queue)
    assert [one for one, _, _ in queue.jobs] == (await ids(stage))[:1]


async def test_a_process_that_goes_off_duty_gives_back_what_it_has_not_begun(stage, telegram, queue):
    await all_noticed(stage, queue)
    queue.jobs.clear()
    deliverer = Deliverer(stage.store, {"telegram": telegram.send}, stage.clock, lambda: not telegram.sent)
    first, *others = await ids(stage)
    await deliverer.deliver_many([first, *others], queue)
    assert telegram.sent == ["100"]
    assert [(one, attempt > 0) for one, attempt, _ in queue.jobs] == [(one, True) for one in others]
    await deliverer.deliver(others[0], queue)
    assert telegram.sent == ["100"]


async def test_the_sweep_takes_up_no_more_than_a_thousand_at_a_time(stage, deliverer, queue):
    await all_noticed(stage, queue, [f"k{number}" for number in range(1100)])
    queue.jobs.clear()
    stage.clock.forward(seconds=STUCK_AFTER.total_seconds() + 1)
    await deliverer.sweep(queue)
    assert [one for one, _, _ in queue.jobs] == (await ids(stage))[:1000]


# ── a process that died ────────────────────────────────────────────────────────────────────────


async def test_what_a_dead_process_left_sending_is_handed_over_again(stage, deliverer, telegram, queue):
    delivery = await noticed(stage)
    telegram.fails["100"] = [RuntimeError("the process dies here")]
    with pytest.raises(RuntimeError):
        await deliverer.deliver(delivery, queue)
    await deliverer.sweep(queue)
    assert queue.jobs == []  # it may still be under way
    stage.clock.forward(seconds=STUCK_AFTER.total_seconds() + 1)
    await deliverer.sweep(queue)
    assert [one for one, _, _ in queue.jobs] == [delivery]
    await deliverer.deliver(delivery, queue)
    assert telegram.sent == ["100"]


async def test_what_waits_in_a_long_queue_is_not_handed_over_twice(stage, deliverer, queue):
    await noticed(stage)
    for _ in range(5):
        stage.clock.forward(minutes=2, seconds=1)
        await deliverer.sweep(queue)
    assert {attempt for _, attempt, _ in queue.jobs} == {0}  # one number: the runner takes it once


async def test_a_job_that_came_to_nothing_is_not_waited_for_for_ever(stage, deliverer, queue):
    await noticed(stage)
    stage.clock.forward(seconds=OLD_QUEUE.total_seconds() + 1)
    await deliverer.sweep(queue)
    assert queue.jobs[0][1] != 0


async def test_a_delivery_over_which_processes_keep_dying_is_given_up(stage, deliverer, telegram, queue):
    telegram.fails["100"] = [RuntimeError("again")] * 20
    delivery = await noticed(stage)
    for _ in range(ATTEMPTS):
        with pytest.raises(RuntimeError):
            await deliverer.deliver(delivery, queue)
        stage.clock.forward(seconds=STUCK_AFTER.total_seconds() + 1)
        await deliverer.sweep(queue)
    await deliverer.deliver(delivery, queue)
    assert (await standing(stage, delivery)).status == "failed"


# ── the process on duty ────────────────────────────────────────────────────────────────────────


async def test_everything_due_goes_out_at_once_and_one_that_fails_holds_up_nobody(stage, deliverer, telegram, queue):
    await all_noticed(stage, queue, [f"k{number}" for number in range(250)])
    telegram.fails["100"] = [RuntimeError("nobody thought of this"), Later(30)]
    await deliverer.deliver_due(queue)
    assert telegram.sent == ["100"] * 248


async def test_what_fails_before_it_is_taken_is_tried_once_a_look(stage, deliverer, queue, monkeypatch):
    tried, later = [], []

    async def fails(_, delivery, __):
        if not tried:
            later.append(await noticed(stage, to=HEAD))
        tried.append(delivery)
        raise RuntimeError("nobody thought of this")

    first = await noticed(stage)
    monkeypatch.setattr(Deliverer, "deliver", fails)
    async with asyncio.timeout(PATIENCE):
        await deliverer.deliver_due(queue)
    assert tried == [first, *later]


async def test_what_another_process_was_sending_is_sent_by_who_has_the_duty_now(stage, deliverer, telegram, queue):
    await all_noticed(stage, queue)
    async with stage.store.transaction() as tx:
        assert await tx.deliveries.take((await ids(stage))[0], stage.clock())
        await tx.commit()
    await deliverer.deliver_due(queue)
    assert telegram.sent == ["100"] * 2
    await deliverer.take_over()
    await deliverer.deliver_due(queue)
    assert telegram.sent == ["100"] * 3


async def test_who_goes_off_duty_begins_nothing_more(stage, telegram, queue):
    await all_noticed(stage, queue, [f"k{number}" for number in range(50)])
    deliverer = Deliverer(stage.store, {"telegram": telegram.send}, stage.clock, lambda: not telegram.sent)
    await deliverer.deliver_due(queue)
    assert 0 < len(telegram.sent) <= AT_ONCE


class Jobs:
    """The jobs below, which are not looked at here."""

    async def start(self) -> None:
        """Nothing to do."""

    async def drain(self) -> None:
        """Nothing to do."""


async def test_a_notice_goes_out_as_soon_as_it_is_written(stage, deliverer, telegram, monkeypatch):
    monkeypatch.setattr("bot.delivery.prompt.LOOK_ANEW", 3600.0)
    prompt = Prompt(deliverer, Jobs())
    await noticed(stage)
    await prompt.start()
    await until(lambda: len(telegram.sent) == 1)
    await noticed(stage, kind="reminder")
    await until(lambda: len(telegram.sent) == 2)
    await prompt.drain()


async def test_what_is_on_its_way_when_the_duty_ends_arrives_and_is_marked(stage, telegram):
    go, begun = asyncio.Event(), asyncio.Event()

    async def slowly(account: str, worded, person: int) -> list[int]:
        begun.set()
        await go.wait()
        return await telegram.send(account, worded, person)

    prompt = Prompt(Deliverer(stage.store, {"telegram": slowly}, stage.clock), Jobs())
    delivery = await noticed(stage)
    await prompt.start()
    await begun.wait()
    draining = asyncio.create_task(prompt.drain())
    await asyncio.sleep(0)
    go.set()
    await draining
    assert (await standing(stage, delivery)).status == "sent"


# ── reminders keep to working hours ────────────────────────────────────────────────────────────


def at(stage: Stage, hour: int, minute: int, day: int = 23) -> None:
    stage.clock.now = stage.clock.now.replace(day=day, hour=hour, minute=minute)


async def test_a_reminder_that_is_late_for_the_morning_goes_out_after_lunch(stage, deliverer, telegram, queue):
    at(stage, 11, 29)
    delivery = await noticed(stage, kind="reminder")
    at(stage, 11, 45)
    await deliverer.deliver(delivery, queue)
    assert telegram.sent == []
    assert (await standing(stage, delivery)).next_at == stage.clock().replace(hour=13, minute=30)
    at(stage, 13, 30)
    await deliverer.deliver(delivery, queue)
    assert telegram.sent == ["100"]


@pytest.mark.parametrize(("day", "hour"), [(23, 17), (24, 9)])
async def test_a_reminder_never_goes_out_in_the_evening_or_on_another_day(stage, deliverer, telegram, queue, day, hour):
    at(stage, 16, 59)
    delivery = await noticed(stage, kind="reminder")
    at(stage, hour, 1, day)
    await deliverer.deliver(delivery, queue)
    assert (telegram.sent, (await standing(stage, delivery)).error) == ([], "too_late")


async def test_a_reminder_keeps_to_the_quiet_hours_of_the_office(stage, deliverer, telegram, queue):
    async with stage.store.transaction() as tx:
        office = await tx.units.office_of(await stage.person(EMPLOYEE))
        await tx.units.set(office, "quiet_from", 14)
        await tx.units.set(office, "quiet_until", 15)
        await tx.commit()
    at(stage, 14, 10)
    delivery = await noticed(stage, kind="reminder")
    await deliverer.deliver(delivery, queue)
    assert telegram.sent == []
    assert (await standing(stage, delivery)).next_at == stage.clock().replace(hour=15, minute=0)


async def test_a_notice_goes_out_at_any_hour(stage, deliverer, telegram, queue):
    at(stage, 22, 0)
    await deliverer.deliver(await noticed(stage), queue)
    assert telegram.sent == ["100"]


def test_the_days_of_november_2020_used_here_are_a_monday_and_a_tuesday():
    assert [dt.date(2020, 11, day).weekday() for day in (23, 24)] == [0, 1]


async def test_what_was_sent_while_the_database_goes_away_is_marked_once_it_is_back(
    stage, deliverer, telegram, queue, monkeypatch
):
    monkeypatch.setattr("bot.delivery.deliver.MARKED_AGAIN", 0.0)
    delivery, away = await noticed(stage), 3
    settle = Deliverer._settle

    async def settled(self, *said) -> None:
        nonlocal away
        if away:
            away -= 1
            raise Away("gone", "server_away", place="here", told="gone")
        await settle(self, *said)

    monkeypatch.setattr(Deliverer, "_settle", settled)
    await deliverer.deliver(delivery, queue)
    assert telegram.sent == ["100"]
    assert (await standing(stage, delivery)).status == "sent"


async def test_what_is_under_way_is_not_taken_for_stuck_when_the_clock_jumps_ahead(stage, queue):
    going, on_its_way, sent = asyncio.Event(), asyncio.Event(), []

    async def slow(account: str, worded, person: int) -> list[int]:
        on_its_way.set()
        await going.wait()
        sent.append(account)
        return [1]

    deliverer = Deliverer(stage.store, {"telegram": slow}, stage.clock)
    delivery = await noticed(stage)
    first = asyncio.create_task(deliverer.deliver(delivery, queue))
    await on_its_way.wait()
    stage.clock.forward(days=1)
    await deliverer.sweep(queue)
    await deliverer.take_over()  # the duty was lost with the time, and is back
    again = asyncio.create_task(deliverer.deliver(delivery, queue))
    going.set()
    await asyncio.gather(first, again)
    assert sent == ["100"]
    assert queue.jobs == []


async def test_who_was_taken_for_dead_and_could_not_send_it_leaves_a_notice_to_who_sent_it(stage, telegram, queue):
    cut, on_its_way = asyncio.Event(), asyncio.Event()

    async def into_nowhere(account: str, worded, person: int) -> list[int]:
        on_its_way.set()
        await cut.wait()
        raise Unreachable(5)

    delivery = await noticed(stage)
    cut_off = asyncio.create_task(
        Deliverer(stage.store, {"telegram": into_nowhere}, stage.clock).deliver(delivery, queue)
    )
    await on_its_way.wait()
    survivor = Deliverer(stage.store, {"telegram": telegram.send}, stage.clock)
    await survivor.take_over()
    await survivor.deliver(delivery, queue)
    cut.set()
    await cut_off
    stage.clock.forward(days=1)
    await survivor.deliver(delivery, queue)
    assert telegram.sent == ["100"]
    assert (await standing(stage, delivery)).status == "sent"
