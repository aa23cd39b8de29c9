"""Handles one update: passes it through the door and sends the replies at once."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

import structlog

from bot.door.channel import Blocked, Incoming, Later, Rejected, SendError, TakenOver, Worded
from bot.door.files import handed
from bot.door.front import Answered, Front
from bot.reading.parent import PATIENCE
from bot.telegram.failures import outline
from bot.telegram.fetching import Fetch
from bot.telegram.reading import Reading
from bot.telegram.sending import Patience, Sender
from bot.telegram.settings import NAME
from bot.telegram.texts import joined
from dialogs.core.events import Said
from storage.errors import Unreachable

#: Seconds after which handling counts as failed.
TAKE_TIMEOUT = 30.0

#: Seconds between attempts while the database is unavailable.
TRIED_AGAIN = 2.0

#: Maximum number of events handled at once; others wait. Events whose file is still being fetched do not count.
AT_ONCE = 32

#: Seconds for which sending a reply is retried after network failures and pauses of Telegram.
KEPT_TRYING = 3600.0


class Reached(Protocol):
    """A callback for people who turn out to have blocked the bot, or are back."""

    async def __call__(self, account: str, *, reachable: bool) -> None:
        """Keep it: notices to who is not reachable wait."""
        ...


@dataclass(frozen=True, slots=True)
class ChannelLines:
    """The few messages of the channel itself, as HTML in the installation's language."""

    away: str  # the database cannot be used now: the update is kept, and is answered later
    sorry: str  # handling failed: nothing was lost, please send it again
    private_only: str  # said in a group before leaving it


_log = structlog.get_logger(__name__)


class Handler:
    """Handles updates in two halves: `take` has the effect, `reply` sends the replies. Neither raises, because the next
    update must be handled.
    """

    def __init__(
        self, front: Front, sender: Sender, lines: ChannelLines, reached: Reached, fetch: Fetch | None = None
    ) -> None:
        self._front = front
        self._sender = sender
        self._lines = lines
        self._reached = reached
        self._fetch = fetch
        self._room = asyncio.Semaphore(AT_ONCE)
        self._told: set[str] = set()  # who knows that the database is away
        self._trying = asyncio.Lock()

    async def take(self, pieces: Sequence[Reading]) -> Answered:
        """Commit the effect of an update, or of several that are pieces of one text. A failure becomes an apology."""
        try:
            try:
                return await self._once(pieces)
            except Unreachable as error:
                _log.warning("telegram_update_waits", update=pieces[0].update, **outline(error))
                return await self._once_there(pieces)
        except Exception as error:  # noqa: BLE001 - one failing update must not stop the others
            _log.error("telegram_update_failed", update=pieces[0].update, **outline(error))
            return Answered(None, (Worded(self._lines.sorry),), kept=False)

    async def _once(self, pieces: Sequence[Reading]) -> Answered:
        incoming = await self._incoming(pieces)
        async with self._room, asyncio.timeout(TAKE_TIMEOUT + (PATIENCE if incoming and incoming.content else 0)):
            return await self._effect(pieces[0], incoming)

    async def _once_there(self, pieces: Sequence[Reading]) -> Answered:
        """The effect, once the database is available again; Telegram keeps the update meanwhile. Each person is told
        once, and only one update retries for all that wait.
        """
        account = pieces[0].account
        if account not in self._told:
            self._told.add(account)
            with suppress(SendError):
                await self._sender.send(account, Worded(self._lines.away))
        async with self._trying:
            while True:
                try:
                    answered = await self._once(pieces)
                except Unreachable:
                    await asyncio.sleep(TRIED_AGAIN)
                else:
                    self._told.discard(account)
                    return answered

    async def reply(self, pieces: Sequence[Reading], answered: Answered) -> None:
        """Send the replies to where the update came from; then nothing is owed about its pieces."""
        to, updates = pieces[-1], [piece.id for piece in pieces]
        try:
            await self._reply(to, answered)
        except Later as error:
            _log.error("telegram_reply_given_up", update=to.update, wait=error.seconds)
            self._front.not_out(NAME, to.account, updates)
        except TakenOver:
            _log.warning("telegram_reply_sent_by_another_process", update=to.update)
        else:
            self._front.out(NAME, to.account, updates)

    async def put_by(self, of: Reading, raw: Mapping[str, Any]) -> None:
        """Keep the update as it came."""
        await self._front.put_by(NAME, of.account, of.id, raw)

    def through(self, of: Reading) -> None:
        """Nothing is owed about it."""
        self._front.out(NAME, of.account, [of.id])

    async def unread(self) -> Sequence[Mapping[str, Any]]:
        """What was put by and not handled."""
        return await self._front.unread(NAME)

    async def _reply(self, to: Reading, answered: Answered) -> None:
        try:
            if to.group is not None:
                with suppress(SendError):  # thrown out already, or not allowed to speak
                    await self._sender.turn_away(to.group, self._lines.private_only)
                return
            pressed = to.pressed
            until = asyncio.get_running_loop().time() + KEPT_TRYING
            patience = Patience(until, partial(self._front.still_owed, NAME, to.account, to.id))
            for worded in answered.replies:
                await self._sender.send(to.account, worded, answered.person, pressed=pressed, patience=patience)
                pressed = None if worded.replaces else pressed  # one message is replaced by one reply
        except Blocked:
            await self._gone(to.account)
        except (Later, TakenOver):
            raise
        except Exception as error:  # noqa: BLE001 - as above
            await self._refused(to, error)

    async def stop_spinner(self, of: Reading) -> None:
        """Answer the callback of a press, once."""
        if of.press is None:
            return
        try:
            await self._sender.answer(of.press)
        except Exception as error:  # noqa: BLE001 - too old, or the network: the press itself has been handled
            _log.info("telegram_press_not_answered", update=of.update, **outline(error))

    async def _incoming(self, pieces: Sequence[Reading]) -> Incoming | None:
        """What comes through the door: the text of all pieces, under the id of the last; the file, fetched."""
        pieces = await self._not_heard(pieces)
        first = pieces[0]
        incoming = first.incoming
        if incoming is None:
            return None
        if len(pieces) > 1:
            said = joined([piece.said for piece in pieces if piece.said is not None])
            last = pieces[-1].incoming
            assert last is not None, "a piece is a text"
            assert isinstance(last.event, Said), "a piece is a text"
            begun = incoming.event
            assert isinstance(begun, Said), "a piece is a text"
            before = tuple(piece.id for piece in pieces[:-1])
            # Edited, a piece tells nothing of the rest: the whole has no name.
            whole = replace(last.event, text=said, under=begun.under, message="")
            incoming = replace(last, event=whole, pieces=before)
        if self._fetch and (first.document or first.photo):
            takes = await self._front.awaits_file(incoming.channel, incoming.account)  # of nobody else's any
            file = first.document or (first.photo if takes == "any" else None)
            if file and takes:
                fetched = await self._fetch(file, takes)
                incoming = handed(incoming, fetched.name, fetched.content, fetched.trouble, takes=takes)
        return incoming

    async def _not_heard(self, pieces: Sequence[Reading]) -> Sequence[Reading]:
        """The pieces after the last one that was handled before, because repeated updates may be grouped differently.
        Of a text that was handled completely, only the last piece, which stands for all.
        """
        if len(pieces) == 1:
            return pieces
        heard = await self._front.heard(NAME, pieces[0].account, [piece.id for piece in pieces])
        begins = 1 + max((place for place, piece in enumerate(pieces) if piece.id in heard), default=-1)
        return pieces[begins:] or pieces[-1:]

    async def _effect(self, first: Reading, incoming: Incoming | None) -> Answered:
        if first.reachable is not None:
            await self._reached(first.account, reachable=first.reachable)
        return await self._front.take(incoming) if incoming else Answered(None, ())

    async def _refused(self, to: Reading, error: Exception) -> None:
        """For mistakes of ours or a wrong setup: apologise, so that nobody waits in vain."""
        _log.error("telegram_reply_failed", update=to.update, **outline(error))
        if isinstance(error, Rejected):
            with suppress(SendError):
                await self._sender.send(to.account, Worded(self._lines.sorry))

    async def _gone(self, account: str) -> None:
        try:
            await self._reached(account, reachable=False)
        except Exception as error:  # noqa: BLE001 - as above
            _log.error("telegram_blocked_not_kept", **outline(error))
