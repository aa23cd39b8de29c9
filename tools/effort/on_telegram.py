"""A phone with Telegram, through the channel as it is served, before the stand-in of the Bot API."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot import clock
from tests.standins.telegram import TelegramStandIn
from tests.standins.telegram_chat import Bubble, Person
from tools.effort.player import Move, Press
from tools.effort.screen import Message, Shown

#: Lines and characters of a folded quotation that Telegram shows.
_FOLDED_LINES, _LINE = 3, 40


@dataclass
class Owner(Person):
    """Whose messages carry the time of the house: who says two things in one second is asked whether they belong together."""

    now: Callable[[], dt.datetime] = clock.now

    def _message(self, message_id: int) -> dict[str, Any]:
        return {**super()._message(message_id), "date": int(self.now().timestamp())}


@dataclass
class TelegramPhone:
    """One account."""

    person: Person

    @classmethod
    def bought(cls, telegram: TelegramStandIn, name: str, now: Callable[[], dt.datetime]) -> "TelegramPhone":
        """A new one."""
        owner = Owner(telegram, 1000 + len(telegram.people), name, now=now)
        telegram.people[owner.id] = owner
        return cls(owner)

    async def opens(self, code: str) -> None:
        """The link of an invitation, and its one button."""
        await self._taken(self.person.starts(code))

    async def commands(self, name: str) -> None:
        """A command of the menu: one press."""
        await self._taken(self.person.says(f"/{name}")[0])

    async def does(self, move: Move) -> None:
        """Press or type, and wait for what comes of it."""
        if isinstance(move, Press):
            bubble = next(one for one in reversed(self.person.chat) if _holds(one, move.shown.data))
            await self._taken(self.person.presses_data(move.shown.data, bubble.id))
        else:
            await self._taken(self.person.says(move.text)[-1])

    async def messages(self) -> tuple[Message, ...]:
        """What the bot said, as it stands now."""
        return tuple(_message(one) for one in self.person.bubbles)

    async def _taken(self, update: int) -> None:
        """The channel confirms an update when its replies are out."""
        telegram = self.person.telegram
        await telegram.until(lambda: update not in {one["update_id"] for one in telegram.updates})


def _holds(bubble: Bubble, data: str) -> bool:
    return any(data == one for row in bubble.keyboard for _, one in row)


def _message(bubble: Bubble) -> Message:
    buttons = tuple(Shown(label, data) for row in bubble.keyboard for label, data in row)
    return Message(str(bubble.id), _seen(bubble), buttons)


def _seen(bubble: Bubble) -> str:
    """The words without what a folded quotation hides."""
    encoded = bubble.text.encode("utf-16-le")
    for entity in sorted(bubble.entities, key=lambda one: -one.offset):
        if "expandable" in entity.kind:
            start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
            inside = encoded[start:end].decode("utf-16-le")
            shown = "\n".join(inside.splitlines()[:_FOLDED_LINES])[: _FOLDED_LINES * _LINE]
            encoded = encoded[:start] + shown.encode("utf-16-le") + encoded[end:]
    return encoded.decode("utf-16-le")
