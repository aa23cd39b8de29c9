"""A phone with Telegram: the real channel, with the stand-in for the Bot API."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot import clock
from tests.standins.telegram import TelegramStandIn
from tests.standins.telegram_chat import Bubble, Person
from tools.effort.player import Move, Press
from tools.effort.screen import Message, Shown

#: How many lines of a folded quotation Telegram shows, and how many characters a line has.
_FOLDED_LINES, _LINE = 3, 40


@dataclass
class Owner(Person):
    """Somebody whose messages have the time of the house's clock. Otherwise two texts in one real second would be taken
    for one breath.
    """

    now: Callable[[], dt.datetime] = clock.now

    def _message(self, message_id: int) -> dict[str, Any]:
        return {**super()._message(message_id), "date": int(self.now().timestamp())}


@dataclass
class TelegramPhone:
    """One account."""

    person: Person

    @classmethod
    def bought(cls, telegram: TelegramStandIn, name: str, now: Callable[[], dt.datetime]) -> "TelegramPhone":
        """A new phone."""
        owner = Owner(telegram, 1000 + len(telegram.people), name, now=now)
        telegram.people[owner.id] = owner
        return cls(owner)

    async def opens(self, code: str) -> None:
        """Open the link of an invitation and press its one button."""
        await self._taken(self.person.starts(code))

    async def commands(self, name: str) -> None:
        """Give a command of the menu, which is one press."""
        await self._taken(self.person.says(f"/{name}")[0])

    async def does(self, move: Move) -> None:
        """Press or type, and wait for the reply."""
        if isinstance(move, Press):
            bubble = next(one for one in reversed(self.person.chat) if _holds(one, move.shown.data))
            await self._taken(self.person.presses_data(move.shown.data, bubble.id))
        else:
            await self._taken(self.person.says(move.text)[-1])

    async def messages(self) -> tuple[Message, ...]:
        """The bot's messages as they are now."""
        return tuple(_message(one) for one in self.person.bubbles)

    async def _taken(self, update: int) -> None:
        """Waits until the channel has confirmed the update, which it does after sending the replies."""
        telegram = self.person.telegram
        await telegram.until(lambda: update not in {one["update_id"] for one in telegram.updates})


def _holds(bubble: Bubble, data: str) -> bool:
    return any(data == one for row in bubble.keyboard for _, one in row)


def _message(bubble: Bubble) -> Message:
    buttons = tuple(Shown(label, data) for row in bubble.keyboard for label, data in row)
    return Message(str(bubble.id), _seen(bubble), buttons)


def _seen(bubble: Bubble) -> str:
    """The text without what a folded quotation hides."""
    encoded = bubble.text.encode("utf-16-le")
    for entity in sorted(bubble.entities, key=lambda one: -one.offset):
        if "expandable" in entity.kind:
            start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
            inside = encoded[start:end].decode("utf-16-le")
            shown = "\n".join(inside.splitlines()[:_FOLDED_LINES])[: _FOLDED_LINES * _LINE]
            encoded = encoded[:start] + shown.encode("utf-16-le") + encoded[end:]
    return encoded.decode("utf-16-le")
