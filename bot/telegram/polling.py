"""The long poll. An update is confirmed to Telegram only when its replies are out: a crash replays it.

Telegram gives all that is not confirmed, from the oldest on, WINDOW at most. While one takes its time the poll looks every
NEXT_LOOK for what has come behind it, so that nobody waits for somebody else.
"""

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

#: Seconds between polls while something is not confirmed.
NEXT_LOOK = 0.1

#: How many updates Telegram gives at once.
WINDOW = 100

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
    poll, waiting = _Poll(source), Waiting()
    while not stop.is_set():
        updates = await _unless(stop, poll.fetch(0 if waiting.sent() else LONG)) or ()
        fresh = waiting.unknown(updates)
        for update in fresh:
            waiting.add(update["update_id"], receiver.accept_raw(update))
        if len(updates) == WINDOW and not fresh:
            waiting.pass_over()
        if open_ := waiting.sent():
            await asyncio.wait(open_, timeout=NEXT_LOOK)
        poll.offset = waiting.offset()
    await receiver.drain(LAST_WORDS)
    poll.offset = waiting.offset()
    await poll.confirm()


class Waiting:
    """The updates that are not confirmed, oldest first. None: nothing is to be done about it."""

    def __init__(self) -> None:
        self._passages: dict[int, Passage | None] = {}
        self._offset: int | None = None

    def unknown(self, updates: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those that have not been seen yet."""
        return [update for update in updates if update["update_id"] not in self._passages]

    def add(self, update: int, passage: Passage | None) -> None:
        """One that has come."""
        self._passages[update] = passage

    def sent(self) -> list[asyncio.Future[bool]]:
        """What those wait for that are still under way."""
        return [one.sent for one in self._passages.values() if one and not one.sent.done()]

    def offset(self) -> int | None:
        """From where Telegram is asked: the oldest update that is not settled, else behind the newest. None: no idea."""
        for update, passage in list(self._passages.items()):
            if passage and not passage.settled:
                return update
            del self._passages[update]
            self._offset = update + 1
        return self._offset

    def pass_over(self) -> None:
        """Nothing new can come while the oldest is not confirmed: it goes on without Telegram's keeping it."""
        for update, passage in self._passages.items():
            if passage and not passage.settled:
                _log.warning("telegram_update_passed_over", update=update)
                self._passages[update] = None
                return


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
