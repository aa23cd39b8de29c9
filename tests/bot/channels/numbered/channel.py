"""A channel with numbered menus, like SMS or USSD: no buttons, no files, short messages.

It is a skeleton that shows what a new channel needs, which is this folder. The keyboard of a reply is written below it
as “1. … 2. …”, and a number typed alone presses that button of the newest keyboard. If the answer itself is a number,
it is typed after a full stop. The newest keyboard is found in the person's history; nothing is remembered here.
"""

import html
import re
import textwrap
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from aiohttp import web

from bot.door.channel import Document, Incoming, Worded, WordedKey
from bot.door.conditions import ChannelState, Condition, Report
from bot.door.front import Front
from bot.door.links import WayIn
from bot.door.shape import OpenChannel
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said

NAME = "numbered"
#: The most characters of one message.
MOST = 300
#: The path that the gateway calls, with an object of `from`, `id` and `text`.
PATH = "/numbered"
#: How many stored steps are searched for the newest keyboard.
LOOK_BACK = 5

_COMMAND = re.compile(r"/([a-z]+)(?:\s+(.*))?", re.DOTALL)

#: Sends a message through the gateway: (account, text) → id of the message.
Gateway = Callable[[str, str], Awaitable[int]]


def read(update: Mapping[str, str]) -> Incoming | None:
    """The typed text as an event; None: it is empty."""
    text = update["text"].strip()
    command = _COMMAND.fullmatch(text)
    event = Commanded(command[1], command[2] or "") if command else Said(text)
    return Incoming(NAME, update["from"], update["id"], event) if text else None


def pressed(event: Event, keys: Sequence[WordedKey]) -> Event:
    """The press that a number means with these keys. A number after a full stop is a text."""
    match event:
        case Said(text) if text.isdecimal() and 1 <= int(text) <= len(keys):
            return Pressed(Button.decode(keys[int(text) - 1].data))
        case Said(text) if text.startswith("."):
            return Said(text[1:].strip())
        case _:
            return event


def draw(worded: Worded, files: Sequence[Document] = ()) -> Sequence[str]:
    """The reply as plain texts that are short enough, with the keyboard as a numbered list below, and the names of
    files.
    """
    keys = [key for row in worded.keyboard for key in row]
    whole = "\n".join(
        [
            html.unescape(re.sub(r"</?[a-z]+>", "", worded.html)).strip(),
            *(f"[{file.name}]" for file in files),
            *(f"{number}. {_called(key.label)}" for number, key in enumerate(keys, start=1)),
        ]
    )
    parts, part = [], ""
    for line in (short for long in whole.split("\n") for short in textwrap.wrap(long, MOST)):
        if part and len(part) + 1 + len(line) > MOST:
            parts.append(part)
            part = ""
        part += f"\n{line}" if part else line
    return [*parts, part]


def _called(label: str) -> str:
    """The label of a button in the list. One that begins with a digit is quoted, because “2. 1” would be confusing."""
    return f"“{label}”" if label[:1].isdigit() else label


@dataclass(frozen=True, slots=True)
class Numbers:
    """The open channel (`bot.door.shape.Messenger`)."""

    front: Front
    gateway: Gateway

    def read(self, update: Mapping[str, str]) -> Incoming | None:
        return read(update)

    def draw(self, worded: Worded, files: Sequence[Document]) -> Sequence[str]:
        return draw(worded, files)

    async def send(self, account: str, worded: Worded, person: int) -> Sequence[int]:
        return [await self.gateway(account, text) for text in draw(worded)]

    async def receive(self, request: web.Request) -> web.Response:
        """Handle one text from the gateway, and answer it."""
        incoming = read(await request.json())
        if incoming is not None:
            person = await self.front.who(NAME, incoming.account)
            steps = await self.front.history(person, limit=LOOK_BACK) if person is not None else ()
            keyboards = [reply.keyboard for step in steps for reply in step.replies if reply.keyboard]
            keys = [key for row in keyboards[-1] for key in row] if keyboards else []
            answered = await self.front.take(replace(incoming, event=pressed(incoming.event, keys)))
            for worded in answered.replies:
                await self.send(incoming.account, worded, answered.person or 0)
        return web.Response()


@dataclass(frozen=True, slots=True)
class NumberedChannel:
    """`bot.door.shape.Channel`."""

    gateway: Gateway
    name: str = NAME
    setting: str = "TUSOI_NUMBERED_GATEWAY"
    wanted: bool = True

    async def way_in(self) -> WayIn | None:
        return WayIn("sms:+840000000000?body=")

    @asynccontextmanager
    async def open(self, front: Front, routes: Sequence[web.RouteDef], report: Report) -> AsyncIterator[OpenChannel]:
        report(Condition(ChannelState.OPEN, way=await self.way_in()))
        numbers = Numbers(front, self.gateway)
        yield OpenChannel(numbers.send, [web.post(PATH, numbers.receive)])
