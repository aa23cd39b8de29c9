"""The order of updates: each person's one after the other, different people's side by side, nobody's behind another's."""

import asyncio
from collections import OrderedDict, deque
from contextlib import suppress
from typing import Any

import structlog

from bot.telegram.failures import outline
from bot.telegram.handling import Handler
from bot.telegram.reading import Reading, reading
from bot.telegram.texts import may_go_on
from bot.telegram.updates import Update, update_of

#: Seconds to wait for the next piece of a text that the person's app has cut.
NEXT_PIECE = 1.0

#: How many updates are remembered, so that one delivered again to this process does nothing.
REMEMBERED = 2000

_log = structlog.get_logger(__name__)


class Passage:
    """An update on its way: `taken` when its effect is committed (or has failed); `sent` when nothing is left to do (True:
    its replies are out, or never will be) or it was broken off (False: it must come again).
    """

    def __init__(self, first: Reading, *, answers_press: bool = True) -> None:
        loop = asyncio.get_running_loop()
        self.answers_press = answers_press  # False: whoever brought it does, and saves a request
        self.pieces: list[Reading] = []
        self.taken: asyncio.Future[None] = loop.create_future()
        self.sent: asyncio.Future[bool] = loop.create_future()
        self.kept = False  # its effect is, and so are its replies: it need not come again
        self._complete = asyncio.Event()
        self.add(first)

    @property
    def held(self) -> bool:
        """It may be a piece of a long text: the next piece is awaited."""
        return not self._complete.is_set()

    def add(self, piece: Reading) -> None:
        """The update itself, or the next piece of it."""
        self.pieces.append(piece)
        if piece.said is None or not may_go_on(piece.said):
            self._complete.set()

    def release(self) -> None:
        """No more pieces are awaited."""
        self._complete.set()

    async def complete(self) -> None:
        """All pieces are here, or have had their time to come."""
        with suppress(TimeoutError):
            async with asyncio.timeout(NEXT_PIECE):
                await self._complete.wait()
        self._complete.set()

    @property
    def settled(self) -> bool:
        """Telegram need not send it again."""
        return self.sent.done() and self.sent.result()

    def over(self, *, settled: bool) -> None:
        """Nothing more is waited for, whatever happened."""
        if not self.taken.done():
            self.taken.set_result(None)
        if not self.sent.done():
            self.sent.set_result(settled)
        del self.pieces[1:]


class Receiver:
    """Accepts updates from a long poll or a webhook; handling goes on by itself."""

    def __init__(self, handler: Handler, bot: str) -> None:
        """`bot`: the number of the bot whose updates these are."""
        self._handler = handler
        self._bot = bot
        self._last: dict[str, Passage] = {}
        self._known: OrderedDict[int, Passage] = OrderedDict()
        self._albums: deque[str] = deque(maxlen=200)
        self._tasks: set[asyncio.Task[None]] = set()

    def accept_raw(self, raw: dict[str, Any], *, answers_press: bool = True) -> Passage | None:
        """Accept what Telegram sent; None (and a line in the log) when it cannot be understood."""
        try:
            return self.accept(update_of(raw), answers_press=answers_press)
        except Exception as error:  # noqa: BLE001 - it would come again for ever and hide what is behind it
            _log.warning("telegram_update_unreadable", update=raw.get("update_id"), **outline(error))
            return None

    def accept(self, update: Update, *, answers_press: bool = True) -> Passage:
        """Start handling an update. One that is known already has its passage; a further piece of a text that its
        person's app has cut joins the passage of the first. A press is answered as soon as it is handled, unless
        somebody else does it (`answers_press`).
        """
        passage = self._known.get(update.update_id)
        if passage is not None:
            return passage
        arrived = reading(update, self._bot)
        before = self._last.get(arrived.account)
        if before is not None and before.held and arrived.said is not None:
            passage = before
            before.add(arrived)
        else:
            if before is not None:
                before.release()
            passage = self._started(Passage(arrived, answers_press=answers_press), before)
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

    async def put_by(self, passage: Passage, raw: dict[str, Any]) -> None:
        """Keep an update that Telegram is told not to bring again, until it is through."""
        if not passage.sent.done():
            await self._handler.put_by(passage.pieces[0], raw)
        if passage.sent.done():  # it came through meanwhile
            self._handler.through(passage.pieces[0])

    async def take_up(self) -> None:
        """Handle what was put by and never came through."""
        for raw in await self._handler.unread():
            self.accept_raw(dict(raw))

    async def answer_press(self, passage: Passage) -> None:
        """Answer it after all, if it is one."""
        await self._handler.stop_spinner(passage.pieces[0])

    def _started(self, passage: Passage, before: Passage | None) -> Passage:
        arrived = passage.pieces[0]
        if arrived.album is not None:
            if arrived.album in self._albums:  # ten pictures sent together are one event, not ten
                passage.over(settled=True)
                return passage
            self._albums.append(arrived.album)
        self._last[arrived.account] = passage
        task = asyncio.create_task(self._pass(arrived.account, passage, before))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return passage

    async def _pass(self, account: str, passage: Passage, before: Passage | None) -> None:
        """Take after the person's update before this one was taken; reply after its replies."""
        try:
            if before is not None and not before.taken.done():
                await asyncio.wait([before.taken])
            if passage.held:
                await passage.complete()
            answered = await self._handler.take(passage.pieces)
            passage.kept = answered.kept
            passage.taken.set_result(None)
            if passage.answers_press:
                await self.answer_press(passage)
            if before is not None and not before.sent.done():
                await asyncio.wait([before.sent])
            await self._handler.reply(passage.pieces, answered)
            passage.over(settled=True)
        except Exception as error:  # noqa: BLE001 - it would come again for ever
            _log.error("telegram_update_lost", update=passage.pieces[0].update, **outline(error))
            passage.over(settled=True)
        finally:
            passage.over(settled=False)
            if self._last.get(account) is passage:
                del self._last[account]
            for piece in passage.pieces if not passage.settled else ():
                self._known.pop(piece.update, None)  # delivered again, it is handled again
