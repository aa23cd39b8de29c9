"""Opens the Telegram channel as it is configured: long poll or webhook, the menu, notices."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiohttp import web

from bot.door.front import Front
from bot.door.shape import OpenChannel
from bot.telegram.channel import NAME, TelegramSettings
from bot.telegram.lines import Lines
from bot.telegram.polling import run_polling
from bot.telegram.service import Access, Telegram, connected, introduce
from bot.telegram.webhook import PATH, register_webhook, webhook_routes
from dialogs.lobby.menu import MENU
from templates.wording import LANGUAGES, label, message


@asynccontextmanager
async def telegram_channel(settings: TelegramSettings, house: Front) -> AsyncIterator[OpenChannel]:
    """The channel, receiving; closed cleanly at the end."""
    assert settings.telegram_token is not None
    access = Access(settings.telegram_token.get_secret_value(), settings.telegram_api)

    async def reached(account: str, reachable: bool) -> None:  # noqa: FBT001 - Telegram's word for it
        await house.reached(NAME, account, reachable=reachable)

    async with connected(access, house, _lines(settings.language), reached) as telegram:
        await introduce(telegram.bot, {"": menu(settings.language), **{one: menu(one) for one in LANGUAGES}})
        async with _receiving(settings, telegram) as (routes, polling):
            yield OpenChannel(telegram.send, routes, polling)


def menu(language: str) -> list[tuple[str, str]]:
    """The commands with their descriptions."""
    return [(name, label(f"menu/{name}", {}, language)) for name in MENU]


Receiving = tuple[Sequence[web.RouteDef], asyncio.Task[None] | None]


@asynccontextmanager
async def _receiving(settings: TelegramSettings, telegram: Telegram) -> AsyncIterator[Receiving]:
    """By webhook when there is one, otherwise by long poll."""
    if settings.telegram_webhook_url:
        assert settings.telegram_webhook_secret is not None
        secret = settings.telegram_webhook_secret.get_secret_value()
        await register_webhook(telegram.bot, settings.telegram_webhook_url + PATH, secret)
        yield webhook_routes(telegram.receiver, secret), None
        return
    stop = asyncio.Event()
    polling = asyncio.create_task(run_polling(telegram.source, telegram.receiver, stop))
    try:
        yield (), polling
    finally:
        stop.set()
        await asyncio.wait([polling])


def _lines(language: str) -> Lines:
    return Lines(
        sorry=message("channel/sorry", {}, language),
        private_only=message("channel/private_only", {}, language),
        edited=message("channel/edited", {}, language),
    )
