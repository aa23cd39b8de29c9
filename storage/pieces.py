"""Long work is divided into pieces, so that the event loop can run other tasks in between."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

#: Rows read at once, and seconds of work after which the event loop is released.
ROWS, LONG = 50, 0.008


class Breath:
    """Remembers, for one piece of long work, when other tasks last had their turn."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last = time.monotonic()

    async def take(self) -> None:
        """Release the event loop if this task has held it for too long."""
        if time.monotonic() - self._last > LONG:
            await asyncio.sleep(0)
            self._last = time.monotonic()


async def each(make: Callable[[Given], Made], given: Sequence[Given]) -> list[Made]:
    """The results of `make` for each given value, computed a few at a time."""
    return await in_pieces(lambda some: map(make, some), given)


async def in_pieces(make: Callable[[Sequence[Given]], Iterable[Made]], given: Sequence[Given]) -> list[Made]:
    """The results of `make`, which is called with one batch of the given values after the other."""
    breath, made = Breath(), list[Made]()
    for start in range(0, len(given), ROWS):
        made += make(given[start : start + ROWS])
        await breath.take()
    return made
