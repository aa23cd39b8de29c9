"""A phone without a channel, for the colleagues whose deeds are not counted."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.door.channel import Incoming, Worded
from bot.turn.house import House
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said
from tools.effort.player import Move, Press
from tools.effort.screen import Message, Shown


@dataclass
class HousePhone:
    """An account without an open channel. It shows only what the last event brought."""

    house: House
    account: str
    _updates: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _last: tuple[Message, ...] = ()

    async def opens(self, code: str) -> None:
        """Use an invitation."""
        await self._take(Commanded("start", code))

    async def commands(self, name: str) -> None:
        """Give a command of the menu."""
        await self._take(Commanded(name, ""))

    async def does(self, move: Move) -> None:
        """Press or type."""
        await self._take(Pressed(Button.decode(move.shown.data)) if isinstance(move, Press) else Said(move.text))

    async def messages(self) -> tuple[Message, ...]:
        """The messages that it shows."""
        return self._last

    async def _take(self, event: Event) -> None:
        update = f"{self.account}-{next(self._updates)}"
        answered = await self.house.take(Incoming("web", self.account, update, event))
        self._last = tuple(_message(f"{update}.{at}", one) for at, one in enumerate(answered.replies))


def _message(id_: str, worded: Worded) -> Message:
    return Message(id_, worded.html, tuple(Shown(key.label, key.data) for row in worded.keyboard for key in row))
