"""Long work of the loop in pieces, so that others come between."""

from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

from storage.pieces import Breath

Thing = TypeVar("Thing")


async def in_pieces(things: Iterable[Thing]) -> AsyncIterator[Thing]:
    """Each of them in turn; others have theirs whenever that took long."""
    breath = Breath()
    for thing in things:
        await breath.take()
        yield thing
