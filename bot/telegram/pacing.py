"""How fast we may send: arithmetic of deadlines. Nothing here reads a clock or waits.

Telegram's rules (its bots FAQ): about 30 messages a second over all chats, one message a second to
a chat, "short bursts" to a chat are tolerated. What we make of them:

- A message counts from when it is begun until one second after it has *ended*. So however long a
  request travels, no more than 30 can reach Telegram in any rolling second.
- Notices flow evenly, one after the other over the whole second: a reply beside a broadcast goes first and finds
  a place within a few hundredths of a second, and the broadcast may use all that replies leave.
- To one chat: a notice waits until nothing went there for a second. Replies may come in a burst of
  eight (an answer is often an edit, a question, pictures and a document), and the burst refills by one
  a second: whoever presses without end gets one message a second, and no 429 for everybody else.
- A group of pictures counts every picture overall and once for its chat: it is one request.
- After a 429 nothing at all goes out before the deadline it named. A pause is only ever prolonged.
"""

import math
from collections import deque
from dataclasses import dataclass
from enum import StrEnum

#: Seconds added to every `retry_after`: Telegram rounds down.
PAUSE_MARGIN = 0.2

#: Above this, chats that have rested are forgotten.
MOST_CHATS = 1000


class Lane(StrEnum):
    """Who waits: the person who just acted, or somebody who gets a notice. Replies go first."""

    REPLY = "reply"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` messages in any rolling `seconds`."""

    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one bot. `notices`: of the overall ones, evenly over their time; `catch_up`: notices at once after
    a moment in which none could go. `chat_gap`: seconds between messages to a chat; `burst`: replies at once.
    """

    overall: Limit = Limit(30, 1.0)
    notices: Limit = Limit(30, 1.0)
    catch_up: int = 4
    chat_gap: float = 1.0
    burst: int = 8


class Window:
    """Keeps one limit. Times are seconds on any clock that never goes back."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._running = 0
        self._ended: deque[tuple[float, int]] = deque()

    def opens(self, now: float, cost: int) -> float:
        """When `cost` more messages fit: `now`, later, or infinity while only a running request can make room."""
        self._forget(now)
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
        """The request is over, well or badly: Telegram may have counted it."""
        self._running -= cost
        self._ended.append((now, cost))

    def _forget(self, now: float) -> None:
        while self._ended and self._ended[0][0] + self._limit.seconds <= now:
            self._ended.popleft()


class Flow:
    """Spreads notices evenly. A few may go at once to make up for a moment in which nobody looked at the clock."""

    def __init__(self, limit: Limit, catch_up: int) -> None:
        self._gap = limit.seconds / limit.most
        self._ahead = (catch_up - 1) * self._gap
        self._next = -math.inf

    def opens(self, now: float) -> float:
        """When the next may begin."""
        return max(now, self._next - self._ahead)

    def begin(self, now: float, cost: int) -> None:
        """A request starts."""
        self._next = max(now, self._next) + cost * self._gap


@dataclass(frozen=True, slots=True)
class Sending:
    """One request as the limits see it. `cost` 0 is no message (a callback's answer): only a pause holds it."""

    lane: Lane
    chat: str
    cost: int = 1


class Pacer:
    """All limits of one bot token together."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._overall = Window(limits.overall)
        self._notices = Flow(limits.notices, limits.catch_up)
        self._rested: dict[str, float] = {}  # chat → when it has got no more than one message a gap
        self._paused_until = -math.inf

    def bot_opens(self, sending: Sending, now: float) -> float:
        """When the bot as a whole may send this."""
        if not sending.cost:
            return max(now, self._paused_until)
        flows = self._notices.opens(now) if sending.lane is Lane.NOTICE else now
        return max(flows, self._paused_until, self._overall.opens(now, sending.cost))

    def chat_opens(self, sending: Sending, now: float) -> float:
        """When its chat may get it."""
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
        """Telegram asked to wait: nothing goes out until then."""
        self._paused_until = max(self._paused_until, now + seconds + PAUSE_MARGIN)

    def paused(self, now: float) -> float:
        """For how many seconds nothing goes out yet."""
        return max(0.0, self._paused_until - now)
