"""Shares work between people who want the same thing at the same time, such as the paper of an agenda item or minutes
laid before everybody. Permissions are checked before, for each person.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

_Made = TypeVar("_Made")

#: Seconds for which a result is kept for people who ask a little later, and maximum number of results.
_KEPT, _MOST = 20.0, 8


class Together:
    """Results being made or just made."""

    def __init__(self) -> None:
        self._making: dict[Hashable, asyncio.Future[Any]] = {}
        self._made: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()

    async def make(self, key: Hashable, making: Callable[[], _Made]) -> _Made:
        """The result of `making`, run in a thread. `key` must contain everything the result depends on."""
        self._forget()
        if key in self._made:
            return cast("_Made", self._made[key][1])
        here = (id(asyncio.get_running_loop()), key)
        if here not in self._making:
            task = asyncio.ensure_future(asyncio.to_thread(making))
            self._making[here] = task
            task.add_done_callback(lambda done: self._done(here, done))
        return cast("_Made", await asyncio.shield(self._making[here]))

    def _done(self, here: tuple[int, Hashable], done: "asyncio.Future[Any]") -> None:
        self._making.pop(here, None)
        if not done.cancelled() and done.exception() is None:
            self._made[here[1]] = (time.monotonic() + _KEPT, done.result())
            self._forget()

    def _forget(self) -> None:
        now = time.monotonic()
        while self._made and (len(self._made) > _MOST or next(iter(self._made.values()))[0] < now):
            self._made.popitem(last=False)


#: The instance of this process.
TOGETHER = Together()
