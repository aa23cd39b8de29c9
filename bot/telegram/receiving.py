"""The order of updates: one person's are handled in sequence, different people's in parallel, and nobody waits for
somebody else.
"""

import asyncio
import datetime as dt
from collections import OrderedDict, deque
from contextlib import suppress
from typing import Any

import structlog

from bot.codes import clean
from bot.telegram.failures import outline
from bot.telegram.handling import Handler
from bot.telegram.reading import Reading, reading
from bot.telegram.texts import may_go_on
from bot.telegram.updates import Update, update_of

#: Seconds to wait for the next piece of a text that the app split, or the next text of a breath.
NEXT_PIECE = 1.0

#: Texts closer together than this, in seconds by arrival and by Telegram's dates, cannot be answers to a reply.
BREATH, DATED = 0.6, dt.timedelta(seconds=1)

#: Maximum length of a breath; later texts are separate.
MOST_PIECES = 100

#: Number of updates remembered, so that one delivered twice to this process has no effect.
REMEMBERED = 2000

_log = structlog.get_logger(__name__)


class Passage:
    """An update on its way. `taken` is set when its effect is committed or has failed; `sent` when nothing is left to
    do (True: its replies are sent or never will be) or it was cancelled (False: it must be delivered again).
    """

    def __init__(self, first: Reading, *, answers_press: bool = True, hurried: bool = False) -> None:
        """`hurried`: a text that came in one breath with the one before it."""
        loop = asyncio.get_running_loop()
        self._hurried = hurried
        self.answers_press = answers_press  # False: whoever brought it does, and saves a request
        self.pieces: list[Reading] = []
        self.taken: asyncio.Future[None] = loop.create_future()
        self.sent: asyncio.Future[bool] = loop.create_future()
        self.begun = False  # it is being handled: nothing joins it any more
        self.kept = False  # its effect is, and so are its replies: it need not come again
        self._complete = asyncio.Event()
        self.add(first)

    @property
    def held(self) -> bool:
        """It may be a piece of a long text, or others of the same breath may follow: they are awaited."""
        return not self._complete.is_set()

    def goes_on_with(self, next_: Reading) -> bool:
        """Whether a text belongs to it: the next piece of a split text, or said in the same breath while it waits. A
        code is always handled alone.
        """
        last = self.pieces[-1]
        if last.said is None or next_.said is None or self.begun or len(self.pieces) == MOST_PIECES:
            return False
        if clean(last.said) or clean(next_.said):
            return False
        return (self.held and may_go_on(last.said)) or (at_once(last, next_) and last.under == next_.under)

    def add(self, piece: Reading) -> None:
        """The update itself, or the next piece of it."""
        self.pieces.append(piece)
        if piece.said is None or not (self._hurried or may_go_on(piece.said)):
            self._complete.set()

    def release(self) -> None:
        """No more pieces are awaited."""
        self._complete.set()

    async def complete(self) -> None:
        """All pieces are here, or the next has had its time to come."""
        heard = 0
        while self.held and heard < len(self.pieces):
            heard = len(self.pieces)
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


def at_once(before: Reading, next_: Reading) -> bool:
    """Whether Telegram dates both texts to the same moment."""
    return before.at is not None and next_.at is not None and abs(next_.at - before.at) <= DATED


class Receiver:
    """Accepts updates from long polling or a webhook and handles them in the background."""

    def __init__(self, handler: Handler, bot: str) -> None:
        """`bot`: the number of the bot whose updates these are."""
        self._handler = handler
        self._bot = bot
        self._last: dict[str, Passage] = {}
        self._spoke: OrderedDict[str, tuple[float, Reading]] = OrderedDict()  # the last text of each, and when it came
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
        """Start handling an update. A repeated update shares its passage, and a further piece of a split text joins the
        first. A press is answered (its spinner stopped) as soon as it is handled, unless somebody else does it
        (`answers_press`); a text of the same breath joins the one that is waiting.
        """
        if (passage := self._known.get(update.update_id)) is not None:
            return passage
        arrived = reading(update, self._bot)
        before, hurried = self._last.get(arrived.account), self._hurries(arrived)
        if before is not None and before.goes_on_with(arrived):
            passage = before
            before.add(arrived)
        else:
            if before is not None:
                before.release()
            passage = self._started(Passage(arrived, answers_press=answers_press, hurried=hurried), before)
        self._known[update.update_id] = passage
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return passage

    async def drain(self, seconds: float) -> None:
        """Let what is under way finish for some time; then cancel it, so that Telegram delivers it again."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def put_by(self, passage: Passage, raw: dict[str, Any]) -> None:
        """Keep an update that Telegram is told not to bring again, until it is through."""
        of = next((piece for piece in passage.pieces if piece.update == raw.get("update_id")), passage.pieces[0])
        if not passage.sent.done():
            await self._handler.put_by(of, raw)
        if passage.sent.done():  # it came through meanwhile
            self._handler.through(of)

    async def take_up(self) -> None:
        """Handle what was put by and never came through."""
        for raw in await self._handler.unread():
            self.accept_raw(dict(raw))

    async def answer_press(self, passage: Passage) -> None:
        """Answer it after all, if it is one."""
        await self._handler.stop_spinner(passage.pieces[0])

    def _hurries(self, arrived: Reading) -> bool:
        """Whether a text belongs to the same breath as the previous one. Whoever sends thirty texts in a second has
        read no reply: the first is answered, and the others are combined into one text.
        """
        if arrived.said is None:
            return False
        now = asyncio.get_running_loop().time()
        came, before = self._spoke.pop(arrived.account, (-BREATH, arrived))
        self._spoke[arrived.account] = (now, arrived)
        if len(self._spoke) > REMEMBERED:
            self._spoke.popitem(last=False)
        return before is not arrived and now - came <= BREATH and at_once(before, arrived)

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
        """Handle the update after the person's previous one is handled; reply after its replies."""
        try:
            if before is not None and not before.taken.done():
                await asyncio.wait([before.taken])
            if passage.held:
                await passage.complete()
            passage.begun = True
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
