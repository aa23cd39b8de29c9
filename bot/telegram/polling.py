"""Long polling. An update is confirmed to Telegram only after its replies are sent, so that a crash replays it.

Telegram returns at most WINDOW unconfirmed updates, beginning with the oldest. While one of them takes long, the poll
checks every NEXT_LOOK for newer ones, so that nobody waits for somebody else.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

import structlog
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.telegram.failures import TokenRefused, in_words, seconds_of
from bot.telegram.reading import KINDS_OF_UPDATES
from bot.telegram.receiving import Passage, Receiver
from bot.telegram.updates import Backoff, BackoffConfig
from bot.telegram.wire import Access, Wire

#: Seconds Telegram may keep a poll open.
LONG = 25

#: Seconds between polls at most while something is not confirmed.
NEXT_LOOK = 0.1

#: How many updates Telegram gives at once.
WINDOW = 100

#: Seconds for what is under way when we are told to stop.
LAST_WORDS = 10.0

_PAUSES = BackoffConfig(min_delay=1.0, max_delay=30.0, factor=2.0, jitter=0.1)
_log = structlog.get_logger(__name__)
_Got = TypeVar("_Got")


async def run_polling(
    access: Access, wire: Wire, receiver: Receiver, stop: asyncio.Event, tell: Callable[[str], None] = lambda _: None
) -> None:
    """Receive until `stop` is set, then finish what is under way. `tell`: the reason why nothing can be received, ""
    when it works again. Raises TokenRefused.
    """
    poll, waiting = _Poll(access, wire, tell), Waiting()
    while not stop.is_set():
        updates = await _unless(stop, poll.fetch(0 if waiting.sent() else LONG)) or ()
        fresh = waiting.unknown(updates)
        for update in fresh:
            waiting.add(update["update_id"], receiver.accept_raw(update))
        if len(updates) == WINDOW and not fresh:
            await waiting.pass_over(updates, receiver)
        await waiting.some_sent()
        poll.offset = waiting.offset()
    await receiver.drain(LAST_WORDS)
    poll.offset = waiting.offset()
    await poll.confirm()


class Waiting:
    """The unconfirmed updates, oldest first. None: nothing is to be done about it."""

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

    async def some_sent(self) -> None:
        """Wait until half of those under way are finished, at most NEXT_LOOK; the others are returned again by the next
        poll.
        """
        open_ = set(self.sent())
        most, until = len(open_) // 2, asyncio.get_running_loop().time() + NEXT_LOOK
        while len(open_) > most and (left := until - asyncio.get_running_loop().time()) > 0:
            _, open_ = await asyncio.wait(open_, timeout=left, return_when=asyncio.FIRST_COMPLETED)

    def offset(self) -> int | None:
        """The offset for the next poll: the oldest update that is not settled, otherwise the one after the newest.
        None: unknown.
        """
        for update, passage in list(self._passages.items()):
            if passage and not passage.settled:
                return update
            del self._passages[update]
            self._offset = update + 1
        return self._offset

    async def pass_over(self, updates: Sequence[dict[str, Any]], receiver: Receiver) -> None:
        """Nothing new can arrive while the oldest is unconfirmed. Stored updates need not be kept by Telegram, so the
        oldest of the others is put aside in our database. One that cannot be put aside is not skipped.
        """
        raw = {update["update_id"]: update for update in updates}
        for update, passage in self._passages.items():
            if passage is None or passage.settled:
                continue
            if not passage.kept:
                await receiver.put_by(passage, raw[update])
                _log.info("telegram_update_put_by", update=update)
            self._passages[update] = None
            if not passage.kept:
                return


class _Poll:
    """The position in Telegram's queue."""

    def __init__(self, access: Access, wire: Wire, tell: Callable[[str], None]) -> None:
        self._access = access
        self._wire = wire
        self._tell = tell
        self._pauses = Backoff(_PAUSES)
        self._prepared = False
        self._failed = False
        self.offset: int | None = None

    async def fetch(self, wait: int) -> list[dict[str, Any]]:
        """The updates not confirmed yet; none after a failure and a pause."""
        try:
            if not self._prepared:  # Telegram refuses to poll beside a webhook
                self._prepared = bool(await self._access.ask(self._wire, "deleteWebhook"))
                self._tell("")
            wait = 0 if self._failed else wait
            updates = await self._updates(wait + 10, timeout=wait, allowed_updates=json.dumps(KINDS_OF_UPDATES))
        except InvalidToken:
            raise TokenRefused from None
        except TelegramError as error:
            await self._pause(error)
            return []
        if self._failed:
            self._failed = False
            self._pauses.reset()
            self._tell("")
        return updates

    async def confirm(self) -> None:
        """Confirm what was handled, which would otherwise arrive again after the next start."""
        if self.offset is None:
            return
        try:
            await self._updates(5, limit=1)
        except TelegramError as error:
            _log.warning("telegram_not_confirmed", error=type(error).__name__)

    async def _updates(self, seconds: float, **said: object) -> list[dict[str, Any]]:
        """The raw updates: one that the library cannot parse must not hide the other ninety-nine."""
        asked = await self._access.ask(self._wire, "getUpdates", seconds=seconds, offset=self.offset, **said)
        return asked if isinstance(asked, list) else []

    async def _pause(self, error: TelegramError) -> None:
        self._failed = True
        self._tell(in_words(error))
        if isinstance(error, RetryAfter):
            await asyncio.sleep(seconds_of(error))
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
