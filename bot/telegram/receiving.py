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

#: Texts closer together than this, in seconds by arrival and by Telegram's dates, are one breath: nobody can have read
#: a reply in between.
BREATH, DATED = 0.6, dt.timedelta(seconds=1)

#: The most texts that are combined into one; later ones are separate.
MOST_PIECES = 100

#: Number of updates remembered, so that one delivered twice to this process has no effect.
REMEMBERED = 2000

_log = structlog.get_logger(__name__)


class Passage:
    """An update being handled, together with the further pieces of the same text.

    `taken` is done when its effect is committed or has failed. `sent` is done when nothing is left to do: True if its
    replies were sent or never will be, False if it was cancelled and Telegram must deliver it again.
    """

    def __init__(self, first: Reading, *, answers_press: bool = True, hurried: bool = False) -> None:
        """`hurried`: a text that came in one breath with the one before it."""
        loop = asyncio.get_running_loop()
        self._hurried = hurried
        self.answers_press = answers_press  # False: the webhook's response answers the press, which saves a request
        self.pieces: list[Reading] = []
        self.taken: asyncio.Future[None] = loop.create_future()
        self.sent: asyncio.Future[bool] = loop.create_future()
        self.begun = False  # the conversation handles it now, so no further piece can join
        self.kept = False  # its effect and its replies are stored, so Telegram need not deliver it again
        self._complete = asyncio.Event()
        self.add(first)

    @property
    def held(self) -> bool:
        """Whether further pieces of a long text, or texts of the same breath, are awaited."""
        return not self._complete.is_set()

    def goes_on_with(self, next_: Reading) -> bool:
        """Whether a text belongs to it, as the next piece of a split text or as one of the same breath. Codes are
        always handled alone.
        """
        last = self.pieces[-1]
        if last.said is None or next_.said is None or self.begun or len(self.pieces) == MOST_PIECES:
            return False
        if clean(last.said) or clean(next_.said):
            return False
        return (self.held and may_go_on(last.said)) or (at_once(last, next_) and last.under == next_.under)

    def add(self, piece: Reading) -> None:
        """Add the update itself, or a further piece."""
        self.pieces.append(piece)
        if piece.said is None or not (self._hurried or may_go_on(piece.said)):
            self._complete.set()

    def release(self) -> None:
        """Stop waiting for further pieces."""
        self._complete.set()

    async def complete(self) -> None:
        """Waits until all pieces are here, or none came for `NEXT_PIECE` seconds."""
        heard = 0
        while self.held and heard < len(self.pieces):
            heard = len(self.pieces)
            with suppress(TimeoutError):
                async with asyncio.timeout(NEXT_PIECE):
                    await self._complete.wait()
        self._complete.set()

    @property
    def settled(self) -> bool:
        """Whether Telegram need not deliver it again."""
        return self.sent.done() and self.sent.result()

    def over(self, *, settled: bool) -> None:
        """Set both results that are not set yet, so that nobody waits any longer."""
        if not self.taken.done():
            self.taken.set_result(None)
        if not self.sent.done():
            self.sent.set_result(settled)
        del self.pieces[1:]


def at_once(before: Reading, next_: Reading) -> bool:
    """Whether both texts were sent at the same moment by Telegram's dates."""
    return before.at is not None and next_.at is not None and abs(next_.at - before.at) <= DATED


class Receiver:
    """Accepts updates from long polling or a webhook and handles them in the background."""

    def __init__(self, handler: Handler, bot: str) -> None:
        """`bot`: the id of the bot whose updates these are."""
        self._handler = handler
        self._bot = bot
        self._last: dict[str, Passage] = {}
        self._spoke: OrderedDict[str, tuple[float, Reading]] = OrderedDict()  # account → last text, and when it came
        self._known: OrderedDict[int, Passage] = OrderedDict()
        self._albums: deque[str] = deque(maxlen=200)
        self._tasks: set[asyncio.Task[None]] = set()

    def accept_raw(self, raw: dict[str, Any], *, answers_press: bool = True) -> Passage | None:
        """Accept an update as JSON. None if it cannot be understood, which is logged."""
        try:
            return self.accept(update_of(raw), answers_press=answers_press)
        except Exception as error:  # noqa: BLE001 - it would come again for ever and hide what is behind it
            _log.warning("telegram_update_unreadable", update=raw.get("update_id"), **outline(error))
            return None

    def accept(self, update: Update, *, answers_press: bool = True) -> Passage:
        """Start handling an update. A repeated update shares the passage of the first; a further piece of a split text,
        or a text of the same breath, joins the passage that is waiting. With `answers_press`, a press is answered (its
        spinner stopped) as soon as it is handled.
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
        """Wait some seconds for running updates, then cancel the rest, so that Telegram delivers them again."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def put_by(self, passage: Passage, raw: dict[str, Any]) -> None:
        """Store an update that is confirmed to Telegram before it is handled, until it is."""
        of = next((piece for piece in passage.pieces if piece.update == raw.get("update_id")), passage.pieces[0])
        if not passage.sent.done():
            await self._handler.put_by(of, raw)
        if passage.sent.done():  # it was finished while it was being stored
            self._handler.through(of)

    async def take_up(self) -> None:
        """Handle the stored updates that were never finished."""
        for raw in await self._handler.unread():
            self.accept_raw(dict(raw))

    async def answer_press(self, passage: Passage) -> None:
        """Stop the spinner after all, if the update is a press."""
        await self._handler.stop_spinner(passage.pieces[0])

    def _hurries(self, arrived: Reading) -> bool:
        """Whether a text belongs to the same breath as the previous one. Somebody who sends thirty texts in a second
        has read no reply, so the first is answered and the others are combined into one text.
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
        """Handle the update after the person's previous one was handled, and reply after the replies to that one."""
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
                self._known.pop(piece.update, None)  # when it is delivered again, it must be handled
