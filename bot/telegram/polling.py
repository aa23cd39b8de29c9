"""The long poll. An update is confirmed to Telegram only after it was handled: a crash replays it."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramRetryAfter, TelegramUnauthorizedError
from aiogram.methods import TelegramMethod
from aiogram.utils.backoff import Backoff, BackoffConfig
from pydantic import Field

from bot.telegram.failures import TokenRefused
from bot.telegram.reading import KINDS_OF_UPDATES
from bot.telegram.receiving import Passage, Receiver

#: Seconds Telegram may keep a poll open.
LONG = 25

#: Seconds to wait for replies before confirming: the effect is kept already, and one slow chat must not hold all.
PATIENCE = 0.5

#: Seconds between polls while a piece of a long text is awaited.
NEXT_LOOK = 0.2

#: Seconds for what is under way when we are told to stop.
LAST_WORDS = 10.0

_PAUSES = BackoffConfig(min_delay=1.0, max_delay=30.0, factor=2.0, jitter=0.1)
_log = structlog.get_logger(__name__)
_Got = TypeVar("_Got")


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates, unread: one update our library does not understand must not hide the other ninety-nine."""

    if not TYPE_CHECKING:
        __returning__ = list[dict[str, Any]]
        __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int | None = None
    timeout: int = 0
    allowed_updates: list[str] = Field(default_factory=lambda: list(KINDS_OF_UPDATES))


async def run_polling(source: Bot, receiver: Receiver, stop: asyncio.Event) -> None:
    """Receive until `stop` is set, then finish what is under way. Raises TokenRefused."""
    poll = _Poll(source)
    settled = True
    while not stop.is_set():
        updates = await _unless(stop, poll.fetch(LONG if settled else 0))
        passages = [passage for update in updates or () if (passage := receiver.accept_raw(update))]
        settled = await _settled(passages)
        if settled and updates:
            poll.offset = updates[-1]["update_id"] + 1
    await receiver.drain(LAST_WORDS)
    await poll.confirm()


class _Poll:
    """Where we are in Telegram's queue."""

    def __init__(self, source: Bot) -> None:
        self._source = source
        self._pauses = Backoff(_PAUSES)
        self._prepared = False
        self.offset: int | None = None

    async def fetch(self, wait: int) -> list[dict[str, Any]]:
        """The updates not confirmed yet; none after a failure and a pause."""
        try:
            if not self._prepared:
                self._prepared = await self._source.delete_webhook()  # Telegram refuses to poll beside one
            updates = await self._source(RawUpdates(offset=self.offset, timeout=wait), request_timeout=wait + 10)
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise TokenRefused from None
        except AiogramError as error:
            await self._pause(error)
            return []
        self._pauses.reset()
        return updates

    async def confirm(self) -> None:
        """Tell Telegram what was handled: otherwise it comes again after the next start."""
        if self.offset is None:
            return
        try:
            await self._source(RawUpdates(offset=self.offset, limit=1), request_timeout=5)
        except AiogramError as error:
            _log.warning("telegram_not_confirmed", error=type(error).__name__)

    async def _pause(self, error: AiogramError) -> None:
        """The error's text may hold the address and with it the token: only its class is logged."""
        _log.warning("telegram_poll_failed", error=type(error).__name__)
        if isinstance(error, TelegramRetryAfter):
            await asyncio.sleep(error.retry_after)
        await self._pauses.asleep()


async def _settled(passages: Sequence[Passage]) -> bool:
    """Whether all were handled. Not yet, when one waits for its next piece: that must be fetched first."""
    if not passages:
        return True
    held = any(passage.held for passage in passages)
    _, open_ = await asyncio.wait([passage.taken for passage in passages], timeout=NEXT_LOOK if held else None)
    if open_:
        return False
    await asyncio.wait([passage.sent for passage in passages], timeout=PATIENCE)
    return True


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, _Got]) -> _Got | None:
    """The result, or None when `stop` came first."""
    doing, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait([doing, stopping], return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        for task in (doing, stopping):
            task.cancel()
        await asyncio.gather(doing, stopping, return_exceptions=True)
