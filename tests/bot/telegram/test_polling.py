"""The long poll: what is confirmed, what comes again, what stops it."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.door.channel import Worded
from bot.telegram.failures import TokenRefused
from bot.telegram.polling import run_polling
from bot.telegram.service import Access, connected
from dialogs.core.events import Event, Said
from tests.bot.telegram.conftest import LINES, Opening, SmallHouse, polling
from tests.standins.telegram import TelegramStandIn
from tests.waiting import PATIENCE


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
    assert [incoming.update_id for incoming in house.taken] == ["500000", "500000"]
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
            await asyncio.wait_for(run_polling(open_.source, open_.receiver, asyncio.Event()), PATIENCE)


@pytest.mark.parametrize("token", ["7:sai", "sai", "sai lời", ""])
async def test_a_wrong_token_is_refused_at_the_start_and_not_shown(
    telegram: TelegramStandIn, house: SmallHouse, token: str
):
    with pytest.raises(TokenRefused) as refused:
        async with connected(Access(token, telegram.base), house, LINES, house.reach):
            pass
    assert f"{refused.value}" == "TUSOI_TELEGRAM_TOKEN: Telegram không nhận token này"
    assert refused.value.__cause__ is None
