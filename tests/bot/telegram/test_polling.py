"""The long poll: what is confirmed, what comes again, what stops it."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.door.channel import Worded
from bot.telegram import handling, sending, service
from bot.telegram import polling as polling_
from bot.telegram.failures import TokenRefused
from bot.telegram.pacing import Lane, Limit, PacingLimits
from bot.telegram.polling import run_polling
from dialogs.core.events import Event, Said
from storage.errors import Unreachable
from tests.bot.telegram.conftest import LINES, Opening, SmallHouse, echo, polling
from tests.standins.telegram import TOKEN, TelegramStandIn
from tests.waiting import PATIENCE

LIFTED = PacingLimits(overall=Limit(10**6, 1e-6), notices=Limit(10**6, 1e-6), chat_gap=0.0, burst=10**6)


async def test_nothing_is_confirmed_before_it_is_handled(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse
):
    released = asyncio.Event()

    async def slow(event: Event) -> Sequence[Worded]:
        await released.wait()
        return (Worded("xong"),)

    house.answer, an = slow, telegram.person("An")
    update = an.says("một")[0]
    async with channel() as open_, polling(open_):
        await telegram.until(lambda: bool(house.taken))
        assert [waiting["update_id"] for waiting in telegram.updates] == [update]
        released.set()
        await telegram.until(lambda: telegram.updates == [])


async def test_nothing_is_confirmed_before_its_reply_is_out(channel: Opening, telegram: TelegramStandIn):
    an = telegram.person("An")
    telegram.flood("sendMessage", 1)
    [update] = an.says("một")
    async with channel() as open_, polling(open_):
        await an.hears("một")
        out = len(telegram.calls)
        await telegram.until(lambda: telegram.updates == [])
    assert update not in [int(call.params.get("offset", 0)) - 1 for call in telegram.calls[:out]]


async def test_a_reply_that_is_not_out_when_we_are_stopped_is_given_by_whoever_comes_next(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse, monkeypatch
):
    monkeypatch.setattr(polling_, "LAST_WORDS", 0.1)
    monkeypatch.setattr(service, "LAST_WORDS", 0.1)
    an = telegram.person("An")
    an.says("một")
    telegram.flood("sendMessage", 30)
    async with channel() as open_, polling(open_):
        await telegram.until(lambda: any(call.status == 429 for call in telegram.calls))
    assert an.texts == []
    async with channel() as open_, polling(open_):
        await an.hears("một")
    assert telegram.updates == []


async def test_who_comes_behind_somebody_slow_does_not_wait(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse
):
    released = asyncio.Event()

    async def slow_for_an(event: Event) -> Sequence[Worded]:
        if event == Said("chậm"):
            await released.wait()
        return (Worded("xong"),)

    house.answer, an, binh = slow_for_an, telegram.person("An"), telegram.person("Bình")
    [slow] = an.says("chậm")
    async with channel() as open_, polling(open_):
        await telegram.until(lambda: bool(house.taken))
        for text in ("một", "hai"):  # not by the same poll as the slow one
            binh.says(text)
            await binh.hears("xong")
        assert telegram.updates[0]["update_id"] == slow
        released.set()
        await an.hears("xong")
        await telegram.until(lambda: telegram.updates == [])
    assert house.events == [Said("chậm"), Said("một"), Said("hai")]


async def test_whose_reply_waits_holds_up_nobody(channel: Opening, telegram: TelegramStandIn, house: SmallHouse):
    an, binh = telegram.person("An", 1001), telegram.person("Bình", 1002)
    telegram.refuse("sendMessage", 502, "Bad Gateway", chat=1001, times=2)
    an.says("một")
    async with channel() as open_, polling(open_):
        await telegram.until(lambda: any(call.status == 502 for call in telegram.calls))
        binh.says("hai")
        await binh.hears("hai")
        assert an.texts == []
        await an.hears("một")


async def test_a_hundred_behind_somebody_slow_do_not_hold_up_the_next(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse
):
    released = asyncio.Event()

    async def slow_for_an(event: Event) -> Sequence[Worded]:
        if event == Said("chậm"):
            await released.wait()
        return (Worded("xong"),)

    house.answer, an = slow_for_an, telegram.person("An")
    an.says("chậm")
    people = [telegram.person(f"Người {number}") for number in range(120)]
    for person in people:
        person.says("nhanh")
    async with channel(LIFTED) as open_, polling(open_):
        await people[-1].hears("xong")
        assert an.texts == []
        assert [put["message"]["text"] for put in house.by.values()] == ["chậm"]  # Telegram keeps it no more: we do
        released.set()
        await an.hears("xong")
    assert house.by == {}


async def test_what_was_put_by_is_taken_up_after_a_death(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse
):
    an = telegram.person("An")
    an.says("chậm")
    house.by["7000001:500000"] = telegram.updates.pop()
    async with channel() as open_:
        await open_.receiver.take_up()
        await an.hears("Đã ghi: chậm")
        await telegram.until(lambda: house.by == {})


async def test_a_press_that_meets_a_429_is_answered_after_it(channel: Opening, telegram: TelegramStandIn):
    an = telegram.person("An")
    an.started = True
    telegram.flood("answerCallbackQuery", 1)
    an.presses_data("answer:1:cau_3:good", message_id=1)
    async with channel() as open_, polling(open_):
        await telegram.until(lambda: telegram.open_queries == set())


async def test_a_line_that_is_cut_for_a_while_loses_no_reply(channel: Opening, telegram: TelegramStandIn, monkeypatch):
    monkeypatch.setattr(sending, "NETWORK_PAUSES", dict.fromkeys(Lane, ()))
    monkeypatch.setattr(sending, "NETWORK_WAIT", 0.02)
    an = telegram.person("An")
    telegram.refuse("sendMessage", 502, "Bad Gateway", times=12)  # 40 seconds, without the waits cut short
    an.says("một")
    async with channel() as open_, polling(open_):
        await an.hears("một")
    assert an.texts == ["Đã ghi: một"]


async def test_while_the_database_is_away_people_are_told_once_and_answered_once_it_is_back(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse, monkeypatch
):
    monkeypatch.setattr(handling, "TRIED_AGAIN", 0.01)
    back, tried = asyncio.Event(), 0

    async def away(event: Event) -> Sequence[Worded]:
        nonlocal tried
        if back.is_set():
            return await echo(event)
        tried += 1
        raise Unreachable("the disk is full", "database_full", place="tusoi.db")

    house.answer = away
    an, binh = telegram.person("An"), telegram.person("Bình")
    an.says("một")
    an.says("hai")
    binh.says("ba")
    async with channel() as open_, polling(open_):
        await telegram.until(lambda: tried > 20 and all(LINES.away in one.texts for one in (an, binh)))
        assert len(telegram.updates) == 3  # Telegram keeps them as well
        back.set()
        await an.hears("hai")
        await binh.hears("ba")
    assert (an.texts, binh.texts) == ([LINES.away, "Đã ghi: một", "Đã ghi: hai"], [LINES.away, "Đã ghi: ba"])


async def test_what_was_handled_is_confirmed_at_a_clean_stop(channel: Opening, telegram: TelegramStandIn):
    an = telegram.person("An")
    an.says("một")
    async with channel() as open_, polling(open_):
        await an.hears("một")
    assert telegram.updates == []


async def test_an_update_that_comes_again_after_a_restart_gets_the_same_reply(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse
):
    an = telegram.person("An")
    an.says("một")
    [update] = telegram.updates
    async with channel() as open_, polling(open_):
        await an.hears("một")
    telegram.deliver_again(update)
    async with channel() as open_, polling(open_):
        await an.has(2)
    assert [incoming.update_id for incoming in house.taken] == [f"{TOKEN.partition(':')[0]}:500000"] * 2
    assert an.texts == ["Đã ghi: một", "Đã ghi: một"]


async def test_an_update_delivered_twice_to_one_process_is_handled_once(
    channel: Opening, telegram: TelegramStandIn, house: SmallHouse
):
    an = telegram.person("An")
    an.says("một")
    telegram.deliver_again(telegram.updates[0])
    an.says("hai")
    async with channel() as open_, polling(open_):
        await an.hears("hai")
    assert house.events == [Said("một"), Said("hai")]


async def test_an_update_nobody_understands_hides_no_other(channel: Opening, telegram: TelegramStandIn):
    an = telegram.person("An")
    telegram.deliver(an.id, {"message": {"message_id": "không phải số"}})
    an.says("một")
    async with channel() as open_, polling(open_):
        await an.hears("một")


async def test_polling_goes_on_after_telegram_failed(channel: Opening, telegram: TelegramStandIn):
    telegram.refuse("getUpdates", 502, "Bad Gateway")
    an = telegram.person("An")
    an.says("một")
    async with channel() as open_, polling(open_):
        await an.hears("một")


async def test_a_webhook_left_behind_is_removed(channel: Opening, telegram: TelegramStandIn):
    telegram.webhook_url = "https://cu.example/telegram"
    an = telegram.person("An")
    async with channel() as open_, polling(open_):
        await telegram.until(lambda: telegram.webhook_url == "")
        an.says("một")
        await an.hears("một")


async def test_a_stop_does_not_wait_for_the_long_poll(channel: Opening, telegram: TelegramStandIn):
    async with channel() as open_:
        async with polling(open_):
            await telegram.until(lambda: any(call.method == "getupdates" for call in telegram.calls))
        assert {call.status for call in telegram.calls if call.method == "getupdates"} == {0}  # nobody waited for it


async def test_a_token_that_is_revoked_ends_the_polling(channel: Opening, telegram: TelegramStandIn):
    async with channel() as open_:
        telegram.refuse("getUpdates", 401, "Unauthorized")
        with pytest.raises(TokenRefused):
            await asyncio.wait_for(run_polling(open_.access, open_.wire, open_.receiver, asyncio.Event()), PATIENCE)
