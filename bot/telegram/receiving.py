"""The order of updates: each person's one after the other, different people's side by side."""

import asyncio
from collections import OrderedDict, deque
from contextlib import suppress
from typing import Any

import structlog
from aiogram.types import Update

from bot.telegram import reading
from bot.telegram.discretion import outline
from bot.telegram.handling import Handler
from bot.telegram.joining import may_go_on
from dialogs.core.events import Said

#: How many events are handled at once; more wait.
AT_ONCE = 32

#: Seconds to wait for the next piece of a text that the person's app has cut.
NEXT_PIECE = 1.0

#: How many updates are remembered, so that one delivered again to this process does nothing.
REMEMBERED = 2000

_log = structlog.get_logger(__name__)


class Passage:
    """An update on its way: `taken` when its effect is committed (or has failed), `sent` when its replies are out."""

    def __init__(self, update: Update) -> None:
        loop = asyncio.get_running_loop()
        self.updates = [update]
        self.taken: asyncio.Future[None] = loop.create_future()
        self.sent: asyncio.Future[None] = loop.create_future()
        self._complete = asyncio.Event()
        self._go_on_after(update)

    @property
    def held(self) -> bool:
        """It may be a piece of a long text: the next piece is awaited."""
        return not self._complete.is_set()

    def add(self, update: Update) -> None:
        """The next piece."""
        self.updates.append(update)
        self._go_on_after(update)

    def release(self) -> None:
        """No more pieces are awaited."""
        self._complete.set()

    async def complete(self) -> None:
        """All pieces are here, or have had their time to come."""
        with suppress(TimeoutError):
            async with asyncio.timeout(NEXT_PIECE):
                await self._complete.wait()
        self.release()

    def _go_on_after(self, update: Update) -> None:
        event = _event(update)
        if not isinstance(event, Said) or not may_go_on(event.text):
            self.release()

    def over(self) -> None:
        """Nothing more is waited for, whatever happened."""
        for step in (self.taken, self.sent):
            if not step.done():
                step.set_result(None)
        del self.updates[1:]


class Receiver:
    """Accepts updates from a long poll or a webhook; handling goes on by itself."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._room = asyncio.Semaphore(AT_ONCE)
        self._last: dict[str, Passage] = {}
        self._known: OrderedDict[int, Passage] = OrderedDict()
        self._albums: deque[str] = deque(maxlen=200)
        self._tasks: set[asyncio.Task[None]] = set()

    def accept_raw(self, raw: dict[str, Any]) -> Passage | None:
        """Accept what Telegram sent; None (and a line in the log) when it cannot be understood."""
        try:
            return self.accept(Update.model_validate(raw))
        except Exception as error:  # noqa: BLE001 - it would come again for ever and hide what is behind it
            _log.warning("telegram_update_unreadable", update=raw.get("update_id"), **outline(error))
            return None

    def accept(self, update: Update) -> Passage:
        """Start handling an update. One that is known already has its passage."""
        passage = self._known.get(update.update_id)
        if passage is None:
            passage = self._continued(update) or self._started(update)
            self._known[update.update_id] = passage
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return passage

    async def drain(self, seconds: float) -> None:
        """Let what is under way come to its end; then break it off (Telegram will deliver it again)."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _continued(self, update: Update) -> Passage | None:
        """The passage of a text that this is a further piece of."""
        before = self._last.get(reading.account_of(update))
        if before is None or not before.held:
            return None
        if not isinstance(_event(update), Said):
            before.release()
            return None
        before.add(update)
        return before

    def _started(self, update: Update) -> Passage:
        account = reading.account_of(update)
        before, passage = self._last.get(account), Passage(update)
        if self._again_of_an_album(update):
            passage.over()
            return passage
        self._last[account] = passage
        task = asyncio.create_task(self._pass(account, passage, before))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return passage

    def _again_of_an_album(self, update: Update) -> bool:
        """Ten pictures sent together are one event, not ten."""
        album = reading.album(update)
        if album is None or album in self._albums:
            return album is not None
        self._albums.append(album)
        return False

    async def _pass(self, account: str, passage: Passage, before: Passage | None) -> None:
        """Take after the person's update before this one was taken; reply after its replies."""
        try:
            await _done(before.taken if before else None)
            await passage.complete()
            async with self._room:
                answered = await self._handler.take(passage.updates)
            passage.taken.set_result(None)
            await self._handler.stop_spinner(passage.updates[0])
            await _done(before.sent if before else None)
            await self._handler.reply(passage.updates[0], answered)
        finally:
            passage.over()
            if self._last.get(account) is passage:
                del self._last[account]


def _event(update: Update) -> object:
    incoming = reading.read(update)
    return incoming.event if incoming else None


async def _done(step: asyncio.Future[None] | None) -> None:
    if step is not None and not step.done():
        await asyncio.wait([step])
