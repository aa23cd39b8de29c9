"""Opening the channel and introducing the bot, whatever Telegram is like meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiogram.utils.backoff import BackoffConfig

from bot.door.channel import Unreachable, Worded
from bot.door.conditions import ChannelState, Condition
from bot.door.links import WayIn
from bot.door.shape import OpenChannel
from bot.telegram import polling, service
from bot.telegram.service import introduce, telegram_channel
from bot.telegram.settings import TelegramSettings
from bot.telegram.wire import Access
from tests.bot.telegram.conftest import Opening, SmallHouse
from tests.standins.cable import Cable
from tests.standins.telegram import TOKEN, TelegramStandIn
from tests.waiting import PATIENCE, until


async def test_the_menu_is_set_in_both_languages(channel: Opening, telegram: TelegramStandIn):
    async with channel() as open_:
        await introduce(open_.bot, {"": [("tieptuc", "Trả lời tiếp")], "en": [("tieptuc", "Go on")]})
    assert telegram.commands == {"": [("tieptuc", "Trả lời tiếp")], "en": [("tieptuc", "Go on")]}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(service, "PAUSES", BackoffConfig(min_delay=0.05, max_delay=0.1, factor=2.0, jitter=0.0))
    monkeypatch.setattr(polling, "_PAUSES", BackoffConfig(min_delay=0.05, max_delay=0.1, factor=2.0, jitter=0.0))
    monkeypatch.setattr(service, "REFUSED_PAUSE", 0.2)


@dataclass
class Opened:
    """The channel as the house opens it, and what it told of itself."""

    channel: OpenChannel
    told: list[Condition]

    async def is_(self, state: ChannelState, reason: str = "") -> Condition:
        """Wait until it is so."""
        await until(lambda: bool(self.told) and self.told[-1].state is state and reason in self.told[-1].reason)
        return self.told[-1]


@asynccontextmanager
async def opened(house: SmallHouse, api: str, token: str = TOKEN, **more: Any) -> AsyncIterator[Opened]:
    told: list[Condition] = []
    settings = TelegramSettings(telegram_token=token, telegram_api=api, **more)
    async with asyncio.timeout(PATIENCE), telegram_channel(settings, house, told.append) as channel:
        yield Opened(channel, told)


async def test_an_open_channel_tells_its_name_and_shows_its_menu(house: SmallHouse, telegram: TelegramStandIn):
    async with opened(house, telegram.base) as one:
        condition = await one.is_(ChannelState.OPEN)
        assert condition.way == WayIn("https://t.me/tusoi_thu_bot?start=")
        await telegram.until(lambda: "en" in telegram.commands)


async def test_a_telegram_that_is_not_there_is_waited_for_by_nobody(house: SmallHouse, telegram: TelegramStandIn):
    an = telegram.person("An")
    async with Cable.plugged_into(telegram.base) as cable:
        await cable.pull_out()
        async with opened(house, cable.address) as one:
            await one.is_(ChannelState.TROUBLED, "chưa kết nối được với Telegram")
            with pytest.raises(Unreachable):
                await one.channel.notice("1000", Worded("Nhắc"), 7)
            cable.plug_in()
            await one.is_(ChannelState.OPEN)
            an.says("một")
            await an.hears("một")


@pytest.mark.parametrize("method", ["getMe", "setMyCommands", "deleteWebhook", "getUpdates"])
@pytest.mark.parametrize("status", [429, 502])
async def test_whatever_telegram_refuses_at_first_people_are_answered(
    house: SmallHouse, telegram: TelegramStandIn, method: str, status: int
):
    telegram.refuse(method, status, "…", retry_after=1 if status == 429 else None)
    an = telegram.person("An")
    an.says("một")
    async with opened(house, telegram.base) as one:
        await an.hears("một")
        await telegram.until(lambda: "en" in telegram.commands)
        await one.is_(ChannelState.OPEN)


async def test_a_menu_that_must_wait_an_hour_keeps_nobody_from_being_answered(
    house: SmallHouse, telegram: TelegramStandIn, monkeypatch
):
    an = telegram.person("An")
    telegram.refuse("setMyCommands", 500, "Internal Server Error", times=1000)
    async with opened(house, telegram.base) as one:
        an.says("một")
        await an.hears("một")
        await one.is_(ChannelState.TROUBLED)


@pytest.mark.parametrize("status", [429, 502])
async def test_a_webhook_that_is_refused_at_first_is_set_later(
    house: SmallHouse, telegram: TelegramStandIn, status: int
):
    telegram.refuse("setWebhook", status, "…", retry_after=1 if status == 429 else None)
    hook = {"telegram_webhook_url": "https://tusoi.example", "telegram_webhook_secret": "bi-mat"}
    async with opened(house, telegram.base, **hook) as one:
        assert [route.path for route in one.channel.routes] == ["/telegram"]
        await one.is_(ChannelState.OPEN)
        assert telegram.webhook_url == "https://tusoi.example/telegram"


@pytest.mark.parametrize("token", ["7:sai", "sai", "sai lời", ""])
async def test_a_wrong_token_is_told_plainly_and_ends_nothing(house: SmallHouse, telegram: TelegramStandIn, token: str):
    async with opened(house, telegram.base, token) as one:
        condition = await one.is_(ChannelState.REFUSED)
        assert condition.reason == "TUSOI_TELEGRAM_TOKEN: Telegram không nhận token này"
        with pytest.raises(Unreachable):
            await one.channel.notice("1000", Worded("Nhắc"), 7)


async def test_a_token_that_is_revoked_is_told_and_what_comes_after_it_is_answered(
    house: SmallHouse, telegram: TelegramStandIn
):
    an = telegram.person("An")
    async with opened(house, telegram.base) as one:
        await one.is_(ChannelState.OPEN)
        an.says("một")
        await an.hears("một")
        telegram.refuse("getUpdates", 401, "Unauthorized")
        an.says("hai")
        await one.is_(ChannelState.REFUSED)
        await an.hears("hai")
        await one.is_(ChannelState.OPEN)


async def test_a_proxy_that_cannot_be_used_is_told_plainly_and_ends_nothing(house: SmallHouse, monkeypatch):
    monkeypatch.setenv("https_proxy", "socks5://p:1080")
    async with opened(house, "https://api.telegram.org") as one:
        assert "HTTPS_PROXY" in (await one.is_(ChannelState.REFUSED)).reason


def test_the_token_does_not_show_when_the_access_is_printed():
    assert "bi-mat" not in repr(Access("7:bi-mat"))
