"""python-telegram-bot asks here before every request, so that no request can forget the limits.

Its own AIORateLimiter is not used: in 22.8 any other request that ends releases the pause after a 429.
"""

import datetime as dt
import json
import math
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.telegram.gate import BEARABLE, Gate, NotSoon
from bot.telegram.pacing import Lane, Sending

#: A reply is tried again after a 429 as long as the wait is bearable and not too often.
TRIES = 4

#: What puts a message into a chat or changes one. Everything else costs nothing.
MESSAGES = frozenset({"sendMessage", "editMessageText", "sendPhoto", "sendDocument", "sendMediaGroup"})


class Limiter(BaseRateLimiter[Lane]):
    """Paces by the gate. `rate_limit_args` of a request is its lane (default: a reply)."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Send away whoever waits."""
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
        """Make the request when it may be made. Raises RetryAfter for a notice at once: its job tries again."""
        sending = _sending(endpoint, data, rate_limit_args or Lane.REPLY)
        for attempt in range(1, TRIES + 1):
            try:
                async with self._gate.passage(sending):
                    return await self._request(callback, args, kwargs)
            except NotSoon as error:
                raise RetryAfter(math.ceil(error.seconds)) from error
            except RetryAfter as error:
                if attempt == TRIES or not _worth_waiting(sending, error):
                    raise
        raise AssertionError("unreachable")

    async def _request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """The pause begins before the place in the gate is given back: nobody slips through between."""
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self._gate.pause(seconds_of(error))
            raise


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait (the library is about to change the type from int to timedelta)."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, dt.timedelta) else float(asked)


def _worth_waiting(sending: Sending, error: RetryAfter) -> bool:
    return sending.lane is Lane.REPLY and sending.cost > 0 and seconds_of(error) <= BEARABLE


def _sending(endpoint: str, data: dict[str, Any], lane: Lane) -> Sending:
    if endpoint not in MESSAGES:
        return Sending(lane, str(data.get("chat_id", "")), cost=0)
    media = data.get("media", ())
    pictures = len(json.loads(media) if isinstance(media, str) else media) if endpoint == "sendMediaGroup" else 1
    return Sending(lane, str(data["chat_id"]), cost=pictures)
