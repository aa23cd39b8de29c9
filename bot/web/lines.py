"""All lines of open pages: the limit for each person, their keep-alive, and how they end."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Coroutine, Iterator
from typing import Protocol

from bot.door.pieces import in_pieces

log = logging.getLogger(__name__)

#: Close code for the oldest page when a person has too many open: it sleeps until it is used. After this code, and all
#: others not in `bot.web.line`, a page reconnects by itself.
DISPLACED, RESTARTING = 4409, 1012

#: Maximum number of open lines of a person.
MOST = 8


class OpenLine(Protocol):
    """What of a line (`bot.web.line.Line`) is known here."""

    @property
    def person(self) -> int:
        """Whose page it is."""

    async def close(self, code: int) -> None:
        """Say goodbye."""

    async def give_sign(self, now: float, pulse: float) -> None:
        """A word, when none was said for a while."""


class OpenLines:
    """All open lines of this process, those of a person oldest first."""

    def __init__(self) -> None:
        self._of: defaultdict[int, list[OpenLine]] = defaultdict(list)
        self._meanwhile: set[asyncio.Task[None]] = set()
        self.strangers = 0

    def __iter__(self) -> Iterator[OpenLine]:
        return iter([line for lines in self._of.values() for line in lines])

    def add(self, line: OpenLine) -> None:
        """One more. Where a person has too many, the oldest is closed and told why."""
        lines = self._of[line.person]
        lines.append(line)
        for oldest in lines[:-MOST]:
            self.remove(oldest)
            self.meanwhile(oldest.close(DISPLACED))

    def remove(self, line: OpenLine) -> None:
        """It was closed."""
        lines = self._of[line.person]
        if line in lines:
            lines.remove(line)
        if not lines:
            del self._of[line.person]

    def meanwhile(self, work: Coroutine[object, object, None]) -> None:
        """Work nobody waits for."""
        task = asyncio.create_task(_or_log(work))
        self._meanwhile.add(task)
        task.add_done_callback(self._meanwhile.discard)

    async def give_signs(self, pulse: float) -> None:
        """Every page hears something every `pulse` seconds, for good."""
        clock = asyncio.get_running_loop().time
        while True:
            await asyncio.sleep(pulse / 2)
            async for line in in_pieces(self):
                try:
                    await line.give_sign(clock(), pulse)
                except ConnectionError:
                    continue  # it is gone, and its own reader knows

    def stop(self) -> None:
        """No more signs."""
        for task in self._meanwhile:
            task.cancel()

    async def close(self) -> None:
        """At shutdown: pages come back by themselves when we do."""
        await asyncio.gather(*(line.close(RESTARTING) for line in self), return_exceptions=True)


async def _or_log(work: Coroutine[object, object, None]) -> None:
    try:
        await work
    except Exception:
        log.exception("of a line")
