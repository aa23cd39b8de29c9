"""What is long is done in pieces, so that the loop goes on with others in between."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

#: Rows that are read at once, and seconds after which others have their turn.
ROWS, LONG = 50, 0.008


class Breath:
    """Of one piece of work: knows when others had their turn last."""

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last = time.monotonic()

    async def take(self) -> None:
        """Let others have their turn, if this one took long."""
        if time.monotonic() - self._last > LONG:
            await asyncio.sleep(0)
            self._last = time.monotonic()


async def each(make: Callable[[Given], Made], given: Sequence[Given]) -> list[Made]:
    """What is made of each, some at a time."""
    return await in_pieces(lambda some: map(make, some), given)


async def in_pieces(make: Callable[[Sequence[Given]], Iterable[Made]], given: Sequence[Given]) -> list[Made]:
    """What is made of some, for some after the others."""
    breath, made = Breath(), list[Made]()
    for start in range(0, len(given), ROWS):
        made += make(given[start : start + ROWS])
        await breath.take()
    return made
