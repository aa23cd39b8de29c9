"""Plays people on the web channel: types texts and presses buttons by their labels."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from bot.door.channel import Incoming, Worded
from bot.turn.house import House
from bot.web.settings import NAME
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said


class NoSuchButton(Exception):
    """No shown button has that label."""


@dataclass(slots=True)
class Phone:
    """A person's phone. `news` returns what arrived since the last look."""

    house: House
    person: int
    account: str
    _updates: itertools.count[int] = field(default_factory=itertools.count)
    _seen: int = 0
    _keys: dict[str, str] = field(default_factory=dict)

    async def open(self, code: str) -> list[Worded]:
        """Follow an invitation."""
        return await self._take(Commanded("start", code))

    async def say(self, text: str) -> list[Worded]:
        """Type a text."""
        return await self._take(Said(text))

    async def command(self, name: str) -> list[Worded]:
        """Say a command of the menu."""
        return await self._take(Commanded(name, ""))

    async def press(self, label: str) -> list[Worded]:
        """Press the newest shown button of that label. Raises NoSuchButton."""
        if label not in self._keys:
            raise NoSuchButton(f"[{label}]; đang có: " + " ".join(f"[{shown}]" for shown in self._keys))
        return await self._take(Pressed(Button.decode(self._keys[label])))

    async def news(self) -> list[Worded]:
        """What was said to this person since the last look, whoever caused it."""
        new = await self.house.history(self.person, after=self._seen)
        replies = [reply for exchange in new for reply in exchange.replies]
        self._seen = max([self._seen, *(exchange.id for exchange in new)])
        for reply in replies:
            # the newest keyboard first; older ones stay pressable
            self._keys = {key.label: key.data for row in reply.keyboard for key in row} | {
                label: data for label, data in self._keys.items() if label not in _labels(reply)
            }
        return replies

    async def _take(self, event: Event) -> list[Worded]:
        await self.house.take(Incoming(NAME, self.account, f"{self.account}-{next(self._updates)}", event))
        return await self.news()


def _labels(reply: Worded) -> set[str]:
    return {key.label for row in reply.keyboard for key in row}
