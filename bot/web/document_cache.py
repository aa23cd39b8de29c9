"""The pages of a document are asked for one by one but made together: kept for a moment in between."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.door.channel import Document
from bot.door.front import Front
from dialogs.core.turn import Attached

KEPT_SECONDS = 20.0
MAX_SETS = 32


@dataclass(frozen=True, slots=True)
class Wish:
    """Which files whom to show. `at` is the exchange they stand in: the answers so far differ from one to the next."""

    person: int
    attached: Attached
    at: int


class DocumentCache:
    """A few sets of documents, each for KEPT_SECONDS; callers at the same time wait for one rendering."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._sets: OrderedDict[Wish, tuple[float, asyncio.Task[Sequence[Document]]]] = OrderedDict()

    async def fetch(self, wish: Wish) -> Sequence[Document]:
        """The documents, empty when this person may not see them."""
        now = asyncio.get_running_loop().time()
        self._forget_old(now)
        if wish not in self._sets:
            self._sets[wish] = (now, asyncio.ensure_future(self._make(wish)))
        return await asyncio.shield(self._sets[wish][1])

    async def _make(self, wish: Wish) -> Sequence[Document]:
        try:
            return await self._front.documents(wish.person, wish.attached)
        except BaseException:
            self._sets.pop(wish, None)
            raise

    def _forget_old(self, now: float) -> None:
        while self._sets:
            wish, (made, _) = next(iter(self._sets.items()))
            if now - made < KEPT_SECONDS and len(self._sets) <= MAX_SETS:
                return
            del self._sets[wish]
