"""Replies that are kept and not out yet, on both engines: none is lost with its process, and hardly one comes twice."""

from dataclasses import replace

import pytest

from bot.delivery.owed import LEFT_AFTER, Arrears, RepliesAtHand
from bot.door.channel import Blocked, Incoming, Later, Worded
from dialogs.core.events import Commanded
from tests.bot.playing import EMPLOYEE, Phone, Stage, house_over, staged
from tests.waiting import until


@pytest.fixture
async def stage(store) -> Stage:
    return await staged(store)


@pytest.fixture
async def phone(stage) -> Phone:
    return await stage.phone_of(EMPLOYEE, "1001", "telegram")


class Channel:
    """What was sent to whom; or refuses."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.refuses: Exception | None = None

    async def __call__(self, account: str, worded: Worded, person: int) -> list[int]:
        if self.refuses:
            raise self.refuses
        self.sent.append((account, worded.html))
        return [1]


class Passing:
    """Seconds that pass when a test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def ask(update: str) -> Incoming:
    return Incoming("telegram", "1001", update, Commanded("menu"), owed=True)


def of_another_process(stage: Stage):
    return house_over(stage.store, stage.clock)


def arrears(stage: Stage, house, channel: Channel, passing: Passing) -> Arrears:
    return Arrears(stage.store, house.owed, {"telegram": channel}, stage.clock, passing)


async def owed(stage: Stage) -> list[str]:
    """The updates whose replies are."""
    async with stage.store.reading() as tx:
        return [one.update_id for one in await tx.owed.left()]


async def test_what_is_out_is_owed_no_more_and_comes_no_second_time(stage, phone):
    answered = await stage.house.take(ask("1:5"))
    assert answered.replies
    assert await owed(stage) == ["1:5"]
    stage.house.out("telegram", "1001", ["1:5"])
    await until(lambda: nothing(stage))
    again = await of_another_process(stage).take(ask("1:5"))
    assert (again.person, again.replies) == (answered.person, ())


async def nothing(stage: Stage) -> bool:
    return await owed(stage) == []


async def not_yet(*_: object) -> None:
    """What is out is not struck out by itself."""


async def test_what_is_kept_next_takes_along_what_is_out(stage, phone, monkeypatch):
    monkeypatch.setattr(RepliesAtHand, "_strike", not_yet)
    await stage.house.take(ask("1:5"))
    stage.house.out("telegram", "1001", ["1:5"])
    await stage.house.take(ask("1:6"))
    assert await owed(stage) == ["1:6"]
    stage.house.out("telegram", "1001", ["1:6"])
    await stage.house.owed.close(stage.store)
    assert await owed(stage) == []


async def test_an_update_that_comes_again_after_its_process_died_is_answered_by_the_next_one_only(stage, phone):
    first = await stage.house.take(ask("1:5"))
    next_one, third = of_another_process(stage), of_another_process(stage)
    assert (await next_one.take(ask("1:5"))).replies == first.replies
    assert (await next_one.take(ask("1:5"))).replies == ()  # it is about to send them
    assert (await third.take(ask("1:5"))).replies == first.replies  # it never did


async def test_replies_of_a_dead_process_are_sent_by_whoever_is_on_duty(stage, phone):
    first = await stage.house.take(ask("1:5"))
    await stage.house.take(ask("1:6"))
    passing, channel = Passing(), Channel()
    survivor = arrears(stage, of_another_process(stage), channel, passing)
    assert await survivor.pay() == 0
    passing.now += LEFT_AFTER - 1
    assert await survivor.pay() == 0
    passing.now += 1
    assert await survivor.pay() == 2
    assert channel.sent[0] == ("1001", first.replies[0].html)
    await until(lambda: nothing(stage))
    assert await survivor.pay() == 0


async def test_replies_of_a_process_that_says_it_is_about_to_send_are_left_to_it(stage, phone):
    await stage.house.take(ask("1:5"))
    passing, channel = Passing(), Channel()
    slow = arrears(stage, stage.house, channel, passing)
    other = arrears(stage, of_another_process(stage), channel, passing)
    for _ in range(5):
        assert await other.pay() == await slow.pay() == 0
        passing.now += LEFT_AFTER - 1
        stage.clock.forward(seconds=LEFT_AFTER - 1)
        await slow.renew()
    stage.clock.forward(days=-400)  # whatever the clock says
    assert await other.pay() == 0


async def test_what_its_channel_gave_up_is_tried_later_and_the_rest_of_the_person_waits_behind_it(stage, phone):
    await stage.house.take(ask("1:5"))
    await stage.house.take(ask("1:6"))
    stage.house.not_out("telegram", "1001", ["1:5", "1:6"])
    passing, channel = Passing(), Channel()
    own = arrears(stage, stage.house, channel, passing)
    await own.pay()
    passing.now += LEFT_AFTER
    channel.refuses = Later(5)
    assert await own.pay() == 0
    channel.refuses = None
    assert await own.pay() == 2
    await until(lambda: nothing(stage))


async def test_what_is_just_kept_is_not_taken_for_what_a_dead_process_left_where_only_one_can_be(stage, phone):
    passing, channel = Passing(), Channel()
    alone = Arrears(stage.store, stage.house.owed, {"telegram": channel}, stage.clock, passing, alone=True)
    await of_another_process(stage).take(ask("1:4"))  # the one before, which is dead
    async with stage.store.transaction() as tx:
        await stage.house.owed.owe(tx, ask("1:5"), stage.clock())
        await tx.turns.keep(None, "telegram", "1001", "1:5", None, [], stage.clock())
        await tx.commit()  # and its sender has not begun yet
    assert await alone.pay() == 1
    await until(lambda: only(stage, "1:5"))


async def only(stage: Stage, update: str) -> bool:
    return await owed(stage) == [update]


async def test_what_is_out_and_cannot_be_struck_out_yet_is_not_sent_again(stage, phone, monkeypatch):
    monkeypatch.setattr(RepliesAtHand, "_strike", not_yet)  # the disk is full
    await stage.house.take(ask("1:5"))
    stage.house.out("telegram", "1001", ["1:5"])
    passing, channel = Passing(), Channel()
    own = arrears(stage, stage.house, channel, passing)
    assert await own.pay() == 0
    passing.now += 10 * LEFT_AFTER
    assert await own.pay() == 0
    assert channel.sent == []


async def test_who_stood_still_and_was_taken_for_dead_sends_nothing_that_another_has_sent(stage, phone):
    passing, channel, house = Passing(), Channel(), stage.house
    house.owed.passing = passing
    await house.take(ask("1:5"))
    await house.take(ask("1:6"))
    passing.now += LEFT_AFTER  # it hears nothing; nobody sent the first one yet
    assert await house.still_owed("telegram", "1001", "1:6")
    survivor = arrears(stage, of_another_process(stage), channel, passing)
    await survivor.pay()
    passing.now += LEFT_AFTER
    assert await survivor.pay() == 2
    assert not await house.still_owed("telegram", "1001", "1:6")
    await until(lambda: nothing(stage))
    assert not await house.still_owed("telegram", "1001", "1:5")


async def test_nothing_is_owed_to_who_blocked_us(stage, phone):
    await stage.house.take(ask("1:5"))
    passing, channel = Passing(), Channel()
    channel.refuses = Blocked()
    survivor = arrears(stage, of_another_process(stage), channel, passing)
    await survivor.pay()
    passing.now += LEFT_AFTER
    await survivor.pay()
    await until(lambda: nothing(stage))


async def test_a_new_bot_whose_updates_have_old_numbers_shows_nobody_what_another_was_told(stage, phone):
    mine = await stage.house.take(replace(ask("5"), owed=False))
    stranger = await stage.house.take(Incoming("telegram", "2002", "5", Commanded("start"), owed=True))
    assert stranger.person is None
    assert stranger.replies
    assert {reply.html for reply in stranger.replies}.isdisjoint(reply.html for reply in mine.replies)


async def test_an_update_that_is_put_by_is_found_again_until_it_is_through(stage, phone):
    house, raw = stage.house, {"update_id": 5, "message": {"text": "chào"}}
    await house.put_by("telegram", "1001", "1:5", raw)
    assert await of_another_process(stage).unread("telegram") == [raw]
    await house.take(ask("1:5"))
    assert await house.unread("telegram") == []
    assert await owed(stage) == ["1:5"]
    await house.put_by("telegram", "1001", "1:5", raw)  # too late: its replies are owed
    assert await house.unread("telegram") == []
