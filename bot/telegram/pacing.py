"""Pacing: the rate limits of a bot token, and the gate through which every request to Telegram passes.

Telegram's rules (its bots FAQ): about 30 messages a second over all chats and one message a second to each chat, where
"short bursts" are tolerated. We apply them as follows:

- A message counts from the start of its request until one second after the request has *ended*. So however long a
  request takes, no more than 30 messages can reach Telegram in any rolling second.
- Notices are spread evenly over each second. A reply goes before them and is sent within a few hundredths of a second
  even during a broadcast, and the broadcast may use everything that replies leave.
- To one chat, a notice waits until nothing was sent there for a second. Replies may come in a burst of eight (an answer
  is often an edit, a question, pictures and a document), and the burst refills by one a second. So somebody who presses
  buttons without end gets one message a second and causes no 429, which would stop everybody.
- A group of pictures counts as many messages as it has pictures for the overall limit, but as one for its chat.
- After a 429 nothing at all is sent before the time it names. A pause is only ever prolonged.

This is our own code because rate limit libraries count only the beginning of requests, have no lanes, and admit waiting
requests in the order of arrival. python-telegram-bot's AIORateLimiter is not used either: in 22.8 the end of any other
request also ends the pause after a 429.
"""

import asyncio
import json
import math
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.failures import seconds_of

#: Seconds added to every `retry_after`, because Telegram rounds down.
PAUSE_MARGIN = 0.2

#: Above this number, chats without recent messages are forgotten.
MOST_CHATS = 1000


class Lane(StrEnum):
    """The kind of request: a reply to somebody who just acted, or a notice. Replies go first."""

    REPLY = "reply"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` messages in any period of `seconds`."""

    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class PacingLimits:
    """The limits of one bot."""

    #: All messages.
    overall: Limit = Limit(30, 1.0)
    #: Notices among them, spread evenly.
    notices: Limit = Limit(30, 1.0)
    #: How many notices may go together after a moment in which none could.
    catch_up: int = 4
    #: Seconds between messages to one chat.
    chat_gap: float = 1.0
    #: How many replies to one chat may go without that gap.
    burst: int = 8


class Window:
    """Enforces one limit. Times are seconds of a monotonic clock."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._running = 0
        self._ended: deque[tuple[float, int]] = deque()

    def opens(self, now: float, cost: int) -> float:
        """The time at which `cost` more messages fit: `now`, later, or infinity while only the end of a running request
        can make room.
        """
        while self._ended and self._ended[0][0] + self._limit.seconds <= now:
            self._ended.popleft()
        missing = self._running + sum(cost for _, cost in self._ended) + min(cost, self._limit.most) - self._limit.most
        if missing <= 0:
            return now
        for ended, freed in self._ended:
            missing -= freed
            if missing <= 0:
                return ended + self._limit.seconds
        return math.inf

    def begin(self, cost: int) -> None:
        """A request starts."""
        self._running += cost

    def end(self, now: float, cost: int) -> None:
        """A request is over. Failed ones count too, because Telegram may have counted them."""
        self._running -= cost
        self._ended.append((now, cost))


class Flow:
    """Spreads notices evenly. A few may go together to make up for a moment in which the clock was not checked."""

    def __init__(self, limit: Limit, catch_up: int) -> None:
        self._gap = limit.seconds / limit.most
        self._ahead = (catch_up - 1) * self._gap
        self._next = -math.inf

    def opens(self, now: float) -> float:
        """The time at which the next notice may begin."""
        return max(now, self._next - self._ahead)

    def begin(self, now: float, cost: int) -> None:
        """A request starts."""
        self._next = max(now, self._next) + cost * self._gap


@dataclass(frozen=True, slots=True)
class Sending:
    """A request as the limits see it. `cost` 0 means no message (the answer to a callback): only pauses delay it."""

    lane: Lane
    chat: str
    cost: int = 1


class Pacer:
    """All limits of one bot token."""

    def __init__(self, limits: PacingLimits) -> None:
        self._limits = limits
        self._overall = Window(limits.overall)
        self._notices = Flow(limits.notices, limits.catch_up)
        # Chat → the time at which its messages so far no longer exceed one for each gap.
        self._rested: dict[str, float] = {}
        self._paused_until = -math.inf

    def bot_opens(self, sending: Sending, now: float) -> float:
        """The time at which the limits of the bot as a whole allow the request."""
        if not sending.cost:
            return max(now, self._paused_until)
        flows = self._notices.opens(now) if sending.lane is Lane.NOTICE else now
        return max(flows, self._paused_until, self._overall.opens(now, sending.cost))

    def chat_opens(self, sending: Sending, now: float) -> float:
        """The time at which the limits of its chat allow the request."""
        if not sending.cost:
            return now
        ahead = self._limits.burst - 1 if sending.lane is Lane.REPLY else 0
        return max(now, self._rested.get(sending.chat, now) - ahead * self._limits.chat_gap)

    def begin(self, sending: Sending, now: float) -> None:
        """The request starts."""
        if not sending.cost:
            return
        self._overall.begin(sending.cost)
        if sending.lane is Lane.NOTICE:
            self._notices.begin(now, sending.cost)
        self._rested[sending.chat] = max(now, self._rested.get(sending.chat, now)) + self._limits.chat_gap

    def end(self, sending: Sending, now: float) -> None:
        """The request is over."""
        if not sending.cost:
            return
        self._overall.end(now, sending.cost)
        self._rested[sending.chat] = max(self._rested.get(sending.chat, now), now + self._limits.chat_gap)
        if len(self._rested) > MOST_CHATS:
            self._rested = {chat: rested for chat, rested in self._rested.items() if rested > now}

    def pause(self, now: float, seconds: float) -> None:
        """Send nothing for so many seconds, because Telegram asked for it."""
        self._paused_until = max(self._paused_until, now + seconds + PAUSE_MARGIN)

    def paused(self, now: float) -> float:
        """Seconds until the end of the pause; 0: there is none."""
        return max(0.0, self._paused_until - now)


#: The longest pause, in seconds, for which a notice waits here. A delivery that takes longer would be considered
#: abandoned by a dead process (bot/delivery/deliver.py).
BEARABLE = 60.0


class NotSoon(Exception):
    """A notice is rejected because of a long pause; it may be retried after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(eq=False, slots=True)
class _Ticket:
    sending: Sending
    called: asyncio.Future[None]


class Gate:
    """The gate of a bot token. `clock` returns monotonic seconds (the event loop's time)."""

    def __init__(self, clock: Callable[[], float], limits: PacingLimits | None = None) -> None:
        self._clock = clock
        self._pacer = Pacer(limits or PacingLimits())
        self._waiting: dict[Lane, list[_Ticket]] = {lane: [] for lane in Lane}
        self._alarm: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def passage(self, sending: Sending) -> AsyncIterator[None]:
        """Waits for the turn of a request, which is made inside. Raises NotSoon for a notice during a long pause."""
        if sending.lane is Lane.NOTICE and (left := self._pacer.paused(self._clock())) > BEARABLE:
            raise NotSoon(left)
        ticket = _Ticket(sending, asyncio.get_running_loop().create_future())
        queue = self._waiting[sending.lane]
        # A request that is no message costs nothing, so it may go before all others.
        queue.insert(len(queue) if sending.cost else 0, ticket)
        self._call()
        try:
            await ticket.called
        except asyncio.CancelledError:
            self._leave(ticket)
            raise
        try:
            yield
        finally:
            self._pacer.end(sending, self._clock())
            self._call()

    def pause(self, seconds: float) -> None:
        """Let nobody pass for `seconds`, after a 429. If the pause is long, waiting notices are rejected."""
        self._pacer.pause(self._clock(), seconds)
        left = self._pacer.paused(self._clock())
        if left > BEARABLE:
            notices, self._waiting[Lane.NOTICE] = self._waiting[Lane.NOTICE], []
            for ticket in notices:
                if not ticket.called.done():
                    ticket.called.set_exception(NotSoon(left))

    def close(self) -> None:
        """Cancel all waiting requests."""
        if self._alarm:
            self._alarm.cancel()
        for ticket in (ticket for tickets in self._waiting.values() for ticket in tickets):
            ticket.called.cancel()

    def _leave(self, ticket: _Ticket) -> None:
        """A waiting request was cancelled: remove it from the queue, or free the place it had already been given."""
        if ticket in self._waiting[ticket.sending.lane]:
            self._waiting[ticket.sending.lane].remove(ticket)
        else:
            self._pacer.end(ticket.sending, self._clock())
        self._call()

    def _call(self) -> None:
        """Admit every request whose turn it is, replies before notices, and schedule the next check. A request that
        waits for the bot as a whole stops everything behind it; one that waits for its chat stops only that chat.
        """
        now, opens = self._clock(), math.inf
        held: set[str] = set()
        for ticket in [*self._waiting[Lane.REPLY], *self._waiting[Lane.NOTICE]]:
            sending = ticket.sending
            if (bot_opens := self._pacer.bot_opens(sending, now)) > now:
                opens = min(opens, bot_opens)
                break
            chat_opens = self._pacer.chat_opens(sending, now)
            if sending.chat in held or chat_opens > now:
                held.add(sending.chat)
                opens = min(opens, chat_opens) if chat_opens > now else opens
                continue
            self._pacer.begin(sending, now)
            self._waiting[sending.lane].remove(ticket)
            if not ticket.called.done():
                ticket.called.set_result(None)
        if self._alarm:
            self._alarm.cancel()
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_later(opens - now, self._call) if opens < math.inf else None


#: How often a reply is tried if Telegram answers 429.
TRIES = 4

#: The methods that send or change a message; all others cost nothing.
MESSAGES = frozenset({"sendMessage", "editMessageText", "sendPhoto", "sendDocument", "sendMediaGroup"})


class Limiter(BaseRateLimiter[Lane]):
    """The limiter that python-telegram-bot calls before every request, so that none can bypass the limits.
    `rate_limit_args` of a request is its lane (default: a reply).
    """

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Cancel all waiting requests."""
        self._gate.close()

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """Make the request as soon as the limits allow it. Raises RetryAfter: for a notice at once, since its job tries
        again; for a reply after `TRIES`, or if the pause is too long.
        """
        cost = _pictures(data) if endpoint == "sendMediaGroup" else int(endpoint in MESSAGES)
        sending = Sending(rate_limit_args or Lane.REPLY, str(data.get("chat_id", "")), cost)
        for attempt in range(1, TRIES + 1):
            try:
                async with self._gate.passage(sending):
                    try:
                        return await callback(*args, **kwargs)
                    except RetryAfter as error:
                        # This must happen inside the passage: when it ends, the next request would be admitted.
                        self._gate.pause(seconds_of(error))
                        raise
            except NotSoon as error:
                raise RetryAfter(math.ceil(error.seconds)) from error
            except RetryAfter as error:
                bearable = sending.lane is Lane.REPLY and seconds_of(error) <= BEARABLE
                if attempt == TRIES or not bearable:
                    raise
        raise AssertionError("unreachable")


def _pictures(data: dict[str, Any]) -> int:
    media = data.get("media", ())
    return len(json.loads(media) if isinstance(media, str) else media)
