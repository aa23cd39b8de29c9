"""The waiting room in front of Telegram: lets requests through when `pacing` says so, replies first."""

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import chain

from bot.telegram.pacing import Lane, Limits, Pacer, Sending

#: Seconds of a pause in which a notice still waits here. Its row is taken, and rows that are taken for too long are
#: thought to have been left by a dead process (bot/delivery/deliver.py).
BEARABLE = 60.0


class NotSoon(Exception):
    """A notice is turned away because of a long pause; it may come again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(eq=False, slots=True)
class _Ticket:
    sending: Sending
    called: asyncio.Future[None]


class Gate:
    """One for each bot token. `clock` gives seconds that never go back (the event loop's own time)."""

    def __init__(self, clock: Callable[[], float], limits: Limits | None = None) -> None:
        self._clock = clock
        self._pacer = Pacer(limits or Limits())
        self._waiting: dict[Lane, list[_Ticket]] = {lane: [] for lane in Lane}
        self._alarm: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def passage(self, sending: Sending) -> AsyncIterator[None]:
        """Wait for one's turn; the request is made inside. Raises NotSoon for a notice during a long pause."""
        await self._turn(sending)
        try:
            yield
        finally:
            self._pacer.end(sending, self._clock())
            self._call()

    def pause(self, seconds: float) -> None:
        """Telegram answered 429: hold everybody for `seconds`."""
        self._pacer.pause(self._clock(), seconds)
        left = self._pacer.paused(self._clock())
        if left > BEARABLE:
            notices, self._waiting[Lane.NOTICE] = self._waiting[Lane.NOTICE], []
            for ticket in notices:
                if not ticket.called.done():
                    ticket.called.set_exception(NotSoon(left))

    def close(self) -> None:
        """Send those who wait away."""
        if self._alarm:
            self._alarm.cancel()
        for ticket in (ticket for tickets in self._waiting.values() for ticket in tickets):
            ticket.called.cancel()

    async def _turn(self, sending: Sending) -> None:
        left = self._pacer.paused(self._clock())
        if sending.lane is Lane.NOTICE and left > BEARABLE:
            raise NotSoon(left)
        ticket = _Ticket(sending, asyncio.get_running_loop().create_future())
        queue = self._waiting[sending.lane]
        queue.insert(len(queue) if sending.cost else 0, ticket)  # what is no message takes nobody's place
        self._call()
        try:
            await ticket.called
        except asyncio.CancelledError:
            self._leave(ticket)
            raise

    def _leave(self, ticket: _Ticket) -> None:
        """Whoever waited has gone: out of the queue, or the place already given is free again."""
        if ticket in self._waiting[ticket.sending.lane]:
            self._waiting[ticket.sending.lane].remove(ticket)
        else:
            self._pacer.end(ticket.sending, self._clock())
        self._call()

    def _call(self) -> None:
        """Let in everybody whose turn it is, and wake up again when the next may come."""
        now = self._clock()
        called, opens = self._whose_turn(now)
        for ticket in called:
            self._waiting[ticket.sending.lane].remove(ticket)
            if not ticket.called.done():
                ticket.called.set_result(None)
        if self._alarm:
            self._alarm.cancel()
        delay = opens - now
        self._alarm = asyncio.get_running_loop().call_later(delay, self._call) if delay < math.inf else None

    def _whose_turn(self, now: float) -> tuple[list[_Ticket], float]:
        """Who may go now, replies before notices, and when to look again.

        One who waits for the bot as a whole stops everybody behind; one who waits for its chat only
        stops that chat.
        """
        called: list[_Ticket] = []
        held: set[str] = set()
        again = math.inf
        for ticket in chain(self._waiting[Lane.REPLY], self._waiting[Lane.NOTICE]):
            if (bot_opens := self._pacer.bot_opens(ticket.sending, now)) > now:
                return called, min(again, bot_opens)
            chat_opens = self._pacer.chat_opens(ticket.sending, now)
            if ticket.sending.chat in held or chat_opens > now:
                held.add(ticket.sending.chat)
                again = min(again, chat_opens) if chat_opens > now else again
                continue
            self._pacer.begin(ticket.sending, now)
            called.append(ticket)
        return called, again
