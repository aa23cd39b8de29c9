"""How fast we may send: arithmetic of deadlines. Nothing here reads a clock or waits.

Telegram's rules (its bots FAQ): about 30 messages a second over all chats, one message a second to
a chat, "short bursts" to a chat are tolerated. What we make of them:

- A message counts from when it is begun until one second after it has *ended*. So however long a
  request travels, no more than 30 can reach Telegram in any rolling second.
- Notices take at most 25 of the 30: a reply always finds room beside a broadcast.
- To one chat: replies may come in a burst of four within four seconds (an answer is often an edit,
  a question and a document); a notice waits until nothing went to that chat for a second.
- A group of pictures counts every picture overall and once for its chat: it is one request.
- After a 429 nothing at all goes out before the deadline it named. A pause is only ever prolonged.
"""

import math
from collections import deque
from dataclasses import dataclass
from enum import StrEnum

#: Seconds added to every `retry_after`: Telegram rounds down.
PAUSE_MARGIN = 0.2


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
    """The limits of one bot."""

    overall: Limit = Limit(30, 1.0)
    notices: Limit = Limit(25, 1.0)
    chat_replies: Limit = Limit(4, 4.0)
    chat_notices: Limit = Limit(1, 1.0)


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

    def idle(self, now: float) -> bool:
        """Nothing is counted any more."""
        self._forget(now)
        return not self._running and not self._ended

    def _forget(self, now: float) -> None:
        while self._ended and self._ended[0][0] + self._limit.seconds <= now:
            self._ended.popleft()


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
        self._notices = Window(limits.notices)
        self._chats: dict[tuple[str, Lane], Window] = {}
        self._paused_until = -math.inf

    def bot_opens(self, sending: Sending, now: float) -> float:
        """When the bot as a whole may send this."""
        windows = [self._overall, self._notices] if sending.lane is Lane.NOTICE else [self._overall]
        opens = [window.opens(now, sending.cost) for window in windows] if sending.cost else []
        return max(now, self._paused_until, *opens)

    def chat_opens(self, sending: Sending, now: float) -> float:
        """When its chat may get it."""
        window = self._chats.get((sending.chat, sending.lane))
        return window.opens(now, 1) if window and sending.cost else now

    def begin(self, sending: Sending) -> None:
        """The request starts."""
        for window, cost in self._counting(sending):
            window.begin(cost)

    def end(self, sending: Sending, now: float) -> None:
        """The request is over."""
        for window, cost in self._counting(sending):
            window.end(now, cost)
        if len(self._chats) > 1000:
            self._chats = {key: window for key, window in self._chats.items() if not window.idle(now)}

    def pause(self, now: float, seconds: float) -> None:
        """Telegram asked to wait: nothing goes out until then."""
        self._paused_until = max(self._paused_until, now + seconds + PAUSE_MARGIN)

    def _counting(self, sending: Sending) -> list[tuple[Window, int]]:
        """The windows that count this request. Both lanes of a chat do: a notice keeps off a busy chat."""
        if not sending.cost:
            return []
        of_chat = [(self._of_chat(sending.chat, lane), 1) for lane in Lane]
        of_lane = [(self._notices, sending.cost)] if sending.lane is Lane.NOTICE else []
        return [(self._overall, sending.cost), *of_lane, *of_chat]

    def _of_chat(self, chat: str, lane: Lane) -> Window:
        limit = self._limits.chat_replies if lane is Lane.REPLY else self._limits.chat_notices
        return self._chats.setdefault((chat, lane), Window(limit))
