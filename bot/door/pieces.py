"""Long work in the event loop is done in pieces."""

from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

from storage.pieces import Breath

Thing = TypeVar("Thing")


async def in_pieces(things: Iterable[Thing]) -> AsyncIterator[Thing]:
    """The values in turn; the event loop is released whenever one took long."""
    breath = Breath()
    for thing in things:
        await breath.take()
        yield thing
