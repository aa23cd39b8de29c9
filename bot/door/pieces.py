"""Long work of the loop in pieces, so that others come between."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

#: Seconds that one piece may take; nobody else is heard meanwhile.
PIECE = 0.004

Thing = TypeVar("Thing")


async def in_pieces(things: Iterable[Thing]) -> AsyncIterator[Thing]:
    """Each of them in turn; the loop goes round whenever PIECE seconds went by."""
    began = time.perf_counter()
    for thing in things:
        if time.perf_counter() - began > PIECE:
            await asyncio.sleep(0)
            began = time.perf_counter()
        yield thing
