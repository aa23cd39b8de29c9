"""A connected bot: opened, introduced, and closed again. The wiring of this room."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Update
from aiogram.utils.token import TokenValidationError
from telegram.error import InvalidToken, NetworkError
from telegram.ext import ExtBot

from bot.door.channel import Document, Incoming, Worded
from bot.door.front import Front
from bot.door.shape import OpenChannel
from bot.telegram.channel import NAME, TelegramSettings
from bot.telegram.failures import TokenRefused, hush_libraries, our_errors
from bot.telegram.fetching import fetching
from bot.telegram.handling import Handler, Lines, Reached
from bot.telegram.pacing import Gate, Lane, Limiter, Limits
from bot.telegram.polling import run_polling
from bot.telegram.reading import reading
from bot.telegram.receiving import Receiver
from bot.telegram.sending import Message, Sender, draw
from bot.telegram.webhook import PATH, register_webhook, webhook_routes
from bot.telegram.wire import Wire
from dialogs.lobby.menu import MENU
from templates.wording import LANGUAGES, label, message

#: Pauses (seconds) between the first attempts to reach Telegram.
FIRST_PAUSES = (1.0, 2.0, 4.0, 8.0)

#: Seconds for what is under way when the channel closes.
LAST_WORDS = 10.0

#: Language ("" for everybody else) → the commands of the menu with their descriptions.
Menu = Mapping[str, Sequence[tuple[str, str]]]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach the Bot API: the token, and the base address (without `/bot`)."""

    token: str = field(repr=False)
    api: str = "https://api.telegram.org"


@dataclass(frozen=True, slots=True)
class Telegram:
    """An open channel (`bot.door.shape.Messenger`)."""

    username: str
    bot: ExtBot[Lane]  # sends
    source: Bot  # receives
    sender: Sender
    receiver: Receiver

    def read(self, update: Update) -> Incoming | None:
        """What somebody did in a private chat."""
        return reading(update).incoming

    def draw(self, worded: Worded, files: Sequence[Document] = ()) -> Sequence[Message]:
        """The messages that say it."""
        return draw(worded, files)

    async def send(self, account: str, worded: Worded, person: int) -> Sequence[int]:
        """Send a notice: it waits where a reply goes first."""
        return await self.sender.send(account, worded, person, lane=Lane.NOTICE)


@asynccontextmanager
async def connected(
    access: Access, front: Front, lines: Lines, reached: Reached, limits: Limits | None = None
) -> AsyncIterator[Telegram]:
    """Open the channel and close it cleanly. Raises TokenRefused, or Later when Telegram cannot be reached."""
    hush_libraries()
    source, bot = _receiving(access), _sending(access, limits)
    try:
        await _reach(bot)
        sender = Sender(bot, front.documents)
        receiver = Receiver(Handler(front, sender, lines, reached, fetching(source)))
        try:
            yield Telegram(bot.username, bot, source, sender, receiver)
        finally:
            await receiver.drain(LAST_WORDS)
    finally:
        await bot.shutdown()
        await source.session.close()


async def introduce(bot: ExtBot[Lane], menu: Menu) -> None:
    """Set the commands of the bot's menu."""
    with our_errors():
        for language, commands in menu.items():
            await bot.set_my_commands(commands, language_code=language or None)


def _receiving(access: Access) -> Bot:
    try:
        return Bot(access.token, session=AiohttpSession(api=TelegramAPIServer.from_base(access.api)))
    except TokenValidationError:
        raise TokenRefused from None


def _sending(access: Access, limits: Limits | None) -> ExtBot[Lane]:
    wire = Wire(access.api)
    return ExtBot[Lane](
        access.token,
        base_url=f"{access.api}/bot",
        base_file_url=f"{access.api}/file/bot",
        request=wire,
        get_updates_request=wire,  # never used: aiogram receives
        rate_limiter=Limiter(Gate(asyncio.get_running_loop().time, limits)),
    )


async def _reach(bot: ExtBot[Lane]) -> None:
    """The first call. The library's own message would show the token."""
    try:
        for pause in FIRST_PAUSES:
            try:
                return await bot.initialize()
            except NetworkError as error:
                _log.warning("telegram_not_reached", error=type(error).__name__, again_in=pause)
                await asyncio.sleep(pause)
        with our_errors():
            await bot.initialize()
    except InvalidToken:
        raise TokenRefused from None


@asynccontextmanager
async def telegram_channel(settings: TelegramSettings, house: Front) -> AsyncIterator[OpenChannel]:
    """The channel, receiving by webhook when there is one, otherwise by long poll; closed cleanly at the end."""
    assert settings.telegram_token is not None
    access = Access(settings.telegram_token.get_secret_value(), settings.telegram_api)

    async def reached(account: str, reachable: bool) -> None:  # noqa: FBT001 - Telegram's word for it
        await house.reached(NAME, account, reachable=reachable)

    lines = Lines(
        sorry=message("channel/sorry", {}, settings.language),
        private_only=message("channel/private_only", {}, settings.language),
        edited=message("channel/edited", {}, settings.language),
    )
    async with connected(access, house, lines, reached) as telegram:
        await introduce(telegram.bot, {"": menu(settings.language), **{one: menu(one) for one in LANGUAGES}})
        if settings.telegram_webhook_url:
            assert settings.telegram_webhook_secret is not None
            secret = settings.telegram_webhook_secret.get_secret_value()
            await register_webhook(telegram.bot, settings.telegram_webhook_url + PATH, secret)
            yield OpenChannel(telegram.send, webhook_routes(telegram.receiver, secret))
            return
        stop = asyncio.Event()
        polling = asyncio.create_task(run_polling(telegram.source, telegram.receiver, stop))
        try:
            yield OpenChannel(telegram.send, receiving=polling)
        finally:
            stop.set()
            await asyncio.wait([polling])


def menu(language: str) -> list[tuple[str, str]]:
    """The commands with their descriptions."""
    return [(name, label(f"menu/{name}", {}, language)) for name in MENU]
