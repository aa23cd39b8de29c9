"""Opens the Telegram channel as it is configured: long poll or webhook, the menu, notices."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from bot.delivery.deliver import SendNotice
from bot.door.channel import Worded
from bot.settings import Settings
from bot.telegram.lines import Lines
from bot.telegram.pacing import Lane
from bot.telegram.polling import run_polling
from bot.telegram.sending import Sender
from bot.telegram.service import Access, Telegram, connected, introduce
from bot.telegram.webhook import PATH, register_webhook, webhook_routes
from bot.turn.house import House
from dialogs.lobby.menu import MENU
from templates.wording import LANGUAGES, label, message

CHANNEL = "telegram"


@dataclass(frozen=True, slots=True)
class TelegramChannel:
    """What the rest of the house needs: how to send a notice, the webhook's route, or the polling task.

    The task ends by itself only when Telegram refuses the token.
    """

    notice: SendNotice
    routes: Sequence[web.RouteDef]
    polling: asyncio.Task[None] | None


@asynccontextmanager
async def telegram_channel(settings: Settings, house: House) -> AsyncIterator[TelegramChannel]:
    """The channel, receiving; closed cleanly at the end."""
    assert settings.telegram_token is not None
    access = Access(settings.telegram_token.get_secret_value(), settings.telegram_api)

    async def reached(account: str, reachable: bool) -> None:  # noqa: FBT001 - Telegram's word for it
        await house.reached(CHANNEL, account, reachable=reachable)

    async with connected(access, house, _lines(settings.language), reached) as telegram:
        await introduce(telegram.bot, {"": menu(settings.language), **{one: menu(one) for one in LANGUAGES}})
        async with _receiving(settings, telegram) as (routes, polling):
            yield TelegramChannel(_notices(telegram.sender), routes, polling)


def menu(language: str) -> list[tuple[str, str]]:
    """The commands with their descriptions."""
    return [(name, label(f"menu/{name}", {}, language)) for name in MENU]


Receiving = tuple[Sequence[web.RouteDef], asyncio.Task[None] | None]


@asynccontextmanager
async def _receiving(settings: Settings, telegram: Telegram) -> AsyncIterator[Receiving]:
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


def _notices(sender: Sender) -> SendNotice:
    async def send(account: str, worded: Worded, person: int) -> Sequence[int]:
        return await sender.send(account, worded, person=person, lane=Lane.NOTICE)

    return send


def _lines(language: str) -> Lines:
    return Lines(
        sorry=message("channel/sorry", {}, language),
        private_only=message("channel/private_only", {}, language),
        edited=message("channel/edited", {}, language),
    )
