"""What several want at the same time is made once: the paper of what a meeting goes through, the minutes that are laid before all. Whether somebody
may have it is asked before, of each.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

_Made = TypeVar("_Made")

#: For how long something made is kept for who comes a little later, in seconds; and how many.
_KEPT, _MOST = 20.0, 8


class Together:
    """What is being made, and what was just made."""

    def __init__(self) -> None:
        self._making: dict[Hashable, asyncio.Future[Any]] = {}
        self._made: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()

    async def make(self, key: Hashable, making: Callable[[], _Made]) -> _Made:
        """What `making` gives, in a thread; `key` says all that it is made of."""
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


#: Of this process.
TOGETHER = Together()
