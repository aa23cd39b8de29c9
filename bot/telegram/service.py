"""A bot: started, introduced and stopped again, whatever the state of Telegram. It connects the modules of this
package.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.door.channel import Document, Incoming, Unreachable, Worded
from bot.door.conditions import ChannelState, Condition, Report
from bot.door.front import Front
from bot.door.shape import OpenChannel
from bot.telegram.failures import TokenRefused, hush_libraries, in_words, outline, seconds_of
from bot.telegram.fetching import fetching
from bot.telegram.handling import ChannelLines, Handler, Reached
from bot.telegram.pacing import Gate, Lane, Limiter, PacingLimits
from bot.telegram.polling import run_polling
from bot.telegram.reading import reading
from bot.telegram.receiving import Receiver
from bot.telegram.sending import Message, SayingBot, Sender, draw
from bot.telegram.settings import NAME, TelegramSettings, way_to
from bot.telegram.updates import Backoff, BackoffConfig, Update
from bot.telegram.webhook import PATH, register_webhook, webhook_routes
from bot.telegram.wire import Access, Wire
from dialogs.lobby.menu import MENU
from rules.nouns.errors import TusoiError
from templates.errors import worded
from templates.wording import LANGUAGES, label, message

#: Pauses between attempts to reach Telegram, and (seconds) after it refused what is set.
PAUSES = BackoffConfig(min_delay=1.0, max_delay=60.0, factor=2.0, jitter=0.1)
REFUSED_PAUSE = 300.0

#: Seconds for what is under way when the channel closes.
LAST_WORDS = 10.0

#: Language ("" for everybody else) → the commands of the menu with their descriptions.
Menu = Mapping[str, Sequence[tuple[str, str]]]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Telegram:
    """An open channel (`bot.door.shape.Messenger`)."""

    access: Access
    wire: Wire
    bot: SayingBot
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
        try:
            return await self.sender.send(account, worded, person, lane=Lane.NOTICE)
        except InvalidToken:
            raise Unreachable(REFUSED_PAUSE) from None


@asynccontextmanager
async def connected(
    access: Access, front: Front, lines: ChannelLines, reached: Reached, limits: PacingLimits | None = None
) -> AsyncIterator[Telegram]:
    """Open the channel and close it cleanly. Nothing is asked of Telegram yet. Raises TokenRefused, ProxyUnfit."""
    hush_libraries()
    wire = Wire(access.api)
    bot = _bot(access, wire, limits)
    async with wire:
        sender = Sender(bot, front.documents)
        receiver = Receiver(Handler(front, sender, lines, reached, fetching(access, wire)), access.bot)
        try:
            yield Telegram(access, wire, bot, sender, receiver)
        finally:
            await receiver.drain(LAST_WORDS)
            await bot.shutdown()


def _bot(access: Access, wire: Wire, limits: PacingLimits | None) -> SayingBot:
    try:
        return SayingBot(
            access.token,
            base_url=f"{access.api}/bot",
            base_file_url=f"{access.api}/file/bot",
            request=wire,
            get_updates_request=wire,
            rate_limiter=Limiter(Gate(asyncio.get_running_loop().time, limits)),
        )
    except InvalidToken:
        raise TokenRefused from None


async def introduce(bot: ExtBot[Lane], menu: Menu) -> None:
    """Set the commands of the bot's menu. Raises TelegramError."""
    for language, commands in menu.items():
        await bot.set_my_commands(commands, language_code=language or None)


class _Parts:
    """The background tasks of the channel, each with its trouble; the worst one determines the channel's condition."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._of: dict[str, Condition] = {}
        self.bot = ""

    def tell(self, part: str, state: ChannelState, reason: str = "") -> None:
        """How a part is now."""
        self._of[part] = Condition(state, reason)
        worst = max(self._of.values(), key=lambda one: list(ChannelState).index(one.state))
        self._report(Condition(worst.state, worst.reason, way_to(self.bot) if self.bot else None))


async def _until_done(part: str, deed: Callable[[], Awaitable[None]], parts: _Parts, stop: asyncio.Event) -> None:
    """Repeat it until it succeeds or `stop` is set, and report what prevents it."""
    pauses = Backoff(PAUSES)
    parts.tell(part, ChannelState.OPENING)
    while not stop.is_set():
        try:
            await deed()
        except (InvalidToken, TokenRefused):
            parts.tell(part, ChannelState.REFUSED, str(TokenRefused()))
            pause = REFUSED_PAUSE
        except TelegramError as error:
            parts.tell(part, ChannelState.TROUBLED, in_words(error))
            pause = seconds_of(error) if isinstance(error, RetryAfter) else next(pauses)
        except Exception as error:  # noqa: BLE001 - whatever it was: the others go on, and it is tried again
            _log.error("telegram_part_failed", part=part, **outline(error))
            parts.tell(part, ChannelState.TROUBLED, type(error).__name__)
            pause = next(pauses)
        else:
            return parts.tell(part, ChannelState.OPEN)
        with suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await stop.wait()
    return None


@asynccontextmanager
async def telegram_channel(settings: TelegramSettings, house: Front, report: Report) -> AsyncIterator[OpenChannel]:
    """The channel, receiving by webhook if there is one, otherwise by long polling; closed cleanly at the end. It is
    available at once and works as soon as Telegram is reachable.
    """
    assert settings.telegram_token is not None
    access = Access(settings.telegram_token.get_secret_value(), settings.telegram_api)

    async def reached(account: str, reachable: bool) -> None:  # noqa: FBT001 - Telegram's word for it
        await house.reached(NAME, account, reachable=reachable)

    lines = ChannelLines(
        away=message("channel/away", {}, settings.language),
        sorry=message("channel/sorry", {}, settings.language),
        private_only=message("channel/private_only", {}, settings.language),
    )
    async with AsyncExitStack() as stack:
        try:
            telegram = await stack.enter_async_context(connected(access, house, lines, reached))
        except TusoiError as error:  # a token that is none, a proxy that cannot be used
            report(Condition(ChannelState.REFUSED, worded(error)))
            yield OpenChannel(_closed)
        else:
            yield await stack.enter_async_context(_receiving(telegram, settings, _Parts(report)))


async def _closed(account: str, worded: Worded, person: int) -> Sequence[int]:  # noqa: ARG001 - of a notice
    """Nothing goes out here."""
    raise Unreachable(REFUSED_PAUSE)


@asynccontextmanager
async def _receiving(telegram: Telegram, settings: TelegramSettings, parts: _Parts) -> AsyncIterator[OpenChannel]:
    """The background tasks: the channel learns its name, sets its menu and receives, each as soon as possible."""
    secret = settings.telegram_webhook_secret.get_secret_value() if settings.telegram_webhook_secret else ""
    stop = asyncio.Event()

    async def learn() -> None:
        await telegram.bot.initialize()
        parts.bot = telegram.bot.username

    async def receive() -> None:
        await telegram.receiver.take_up()
        if settings.telegram_webhook_url:
            return await register_webhook(telegram.bot, settings.telegram_webhook_url + PATH, secret)

        def tell(trouble: str) -> None:
            parts.tell("receive", ChannelState.TROUBLED if trouble else ChannelState.OPEN, trouble)

        return await run_polling(telegram.access, telegram.wire, telegram.receiver, stop, tell)

    async def show_menu() -> None:
        await introduce(telegram.bot, {"": menu(settings.language), **{one: menu(one) for one in LANGUAGES}})

    deeds = {"name": learn, "receive": receive, "menu": show_menu}
    tasks = {part: asyncio.create_task(_until_done(part, deed, parts, stop)) for part, deed in deeds.items()}
    try:
        yield OpenChannel(
            telegram.send, webhook_routes(telegram.receiver, secret) if settings.telegram_webhook_url else ()
        )
    finally:
        stop.set()
        if not settings.telegram_webhook_url:
            await asyncio.wait([tasks["receive"]], timeout=2 * LAST_WORDS)
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)


def menu(language: str) -> list[tuple[str, str]]:
    """The commands with their descriptions."""
    return [(name, label(f"menu/{name}", {}, language)) for name in MENU]
