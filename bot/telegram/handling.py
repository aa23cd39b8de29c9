"""What is done about one update: through the door of the house, then the replies at once."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

import structlog
from aiogram.types import Update

from bot.door.channel import Blocked, Incoming, Later, Rejected, SendError, Worded
from bot.door.files import handed
from bot.door.front import Answered, Front
from bot.telegram import reading
from bot.telegram.discretion import outline
from bot.telegram.fetching import Fetch
from bot.telegram.joining import joined
from bot.telegram.lines import Lines
from bot.telegram.sending import Sender
from dialogs.core.events import Said

#: Seconds after which handling counts as failed.
TAKE_TIMEOUT = 30.0


class Reached(Protocol):
    """Is told when a person turns out to have blocked the bot, and when they are back."""

    async def __call__(self, account: str, *, reachable: bool) -> None:
        """Keep it: notices to who is not reachable wait."""
        ...


_NOTHING = Answered(None, ())
_log = structlog.get_logger(__name__)


class Handler:
    """Two halves: `take` has the effect, `reply` shows it. Neither ever raises: the next update must be served."""

    def __init__(
        self, front: Front, sender: Sender, lines: Lines, reached: Reached, fetch: Fetch | None = None
    ) -> None:
        self._front = front
        self._sender = sender
        self._lines = lines
        self._reached = reached
        self._fetch = fetch

    async def take(self, updates: Sequence[Update]) -> Answered:
        """The effect of an update (of several: pieces of one text), committed. A failure becomes an apology."""
        try:
            async with asyncio.timeout(TAKE_TIMEOUT):
                return await self._effect(updates)
        except Exception as error:  # noqa: BLE001 - one failing update must not stop the others
            _log.error("telegram_update_failed", update=updates[0].update_id, **outline(error))
            return Answered(None, (Worded(self._lines.sorry),))

    async def reply(self, update: Update, answered: Answered) -> None:
        """Send the replies to where the update came from."""
        try:
            await self._show(update, answered)
        except Blocked:
            await self._gone(reading.account_of(update))
        except Later as error:
            _log.warning("telegram_reply_given_up", update=update.update_id, wait=error.seconds)
        except Exception as error:  # noqa: BLE001 - as above
            await self._refused(update, error)

    async def stop_spinner(self, update: Update) -> None:
        """Answer the callback of a press, once."""
        if update.callback_query is None:
            return
        try:
            await self._sender.answer(update.callback_query.id)
        except Exception as error:  # noqa: BLE001 - too old, or the network: the press itself has been handled
            _log.info("telegram_press_not_answered", update=update.update_id, **outline(error))

    async def _effect(self, updates: Sequence[Update]) -> Answered:
        update = updates[0]
        change = reading.standing(update)
        if change:
            await self._reached(change.account, reachable=change.reachable)
        if reading.edited(update):
            return Answered(None, (Worded(self._lines.edited),))
        incoming = reading.read(update)
        if incoming is None:
            return _NOTHING
        return await self._front.take(await self._with_file(_with_all_pieces(incoming, updates), update))

    async def _with_file(self, incoming: Incoming, update: Update) -> Incoming:
        """The file itself, where one is awaited; of anybody else none is fetched."""
        document = reading.document(update)
        if document is None or self._fetch is None:
            return incoming
        if not await self._front.awaits_file(incoming.channel, incoming.account):
            return incoming
        fetched = await self._fetch(document)
        return handed(incoming, fetched.name, fetched.content, fetched.trouble)

    async def _show(self, update: Update, answered: Answered) -> None:
        group = reading.intruded(update)
        if group is not None:
            with suppress(SendError):  # thrown out already, or not allowed to speak
                await self._sender.turn_away(group, self._lines.private_only)
            return
        pressed = reading.pressed_message(update)
        for worded in answered.replies:
            await self._sender.send(reading.account_of(update), worded, answered.person, pressed=pressed)
            pressed = None if worded.replaces else pressed  # one message is replaced by one reply

    async def _refused(self, update: Update, error: Exception) -> None:
        """Our mistake (or a wrong set-up): say sorry, so that nobody waits for an answer that does not come."""
        _log.error("telegram_reply_failed", update=update.update_id, **outline(error))
        if isinstance(error, Rejected):
            with suppress(SendError):
                await self._sender.send(reading.account_of(update), Worded(self._lines.sorry))

    async def _gone(self, account: str) -> None:
        try:
            await self._reached(account, reachable=False)
        except Exception as error:  # noqa: BLE001 - as above
            _log.error("telegram_blocked_not_kept", **outline(error))


def _with_all_pieces(incoming: Incoming, updates: Sequence[Update]) -> Incoming:
    """The text of all pieces, under the id of the first."""
    events = [piece.event for update in updates if (piece := reading.read(update))]
    texts = [event.text for event in events if isinstance(event, Said)]
    return replace(incoming, event=Said(joined(texts))) if len(texts) > 1 else incoming
