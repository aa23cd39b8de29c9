"""Turns worded replies into Telegram messages: split, edited in place, with keyboards, pictures and files."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from telegram import InputMediaPhoto
from telegram.constants import ChatAction, ParseMode
from telegram.error import RetryAfter
from telegram.ext import ExtBot

from bot.door.channel import Document, Later, Rejected, SendError, TakenOver, Worded
from bot.telegram.failures import NETWORK_WAIT, our_errors
from bot.telegram.pacing import Lane
from bot.telegram.texts import split, whole
from dialogs.core.turn import Attached

#: Seconds to wait before each new attempt after a network failure. Notices are not retried here, because their job does
#: that. A reply may thus arrive twice, which is better than never.
NETWORK_PAUSES: dict[Lane, tuple[float, ...]] = {Lane.REPLY: (0.5, 2.0), Lane.NOTICE: ()}

#: The most pictures that Telegram allows in one group.
GROUP = 10

#: Keyboards and options in Telegram's JSON. This saves the library's objects for each key, which would only be turned
#: into the same JSON.
Markup = Mapping[str, Any]
_NO_PREVIEW: Markup = {"link_preview_options": {"is_disabled": True}}
_Got = TypeVar("_Got")

#: `bot.door.front.Front.documents`
Documents = Callable[[int, Attached], Awaitable[Sequence[Document]]]


@dataclass(frozen=True, slots=True)
class TextMessage:
    """A text message."""

    html: str
    keyboard: Markup | None = None

    @property
    def said(self) -> dict[str, Any]:
        """The parameters of the request."""
        said: dict[str, Any] = {"text": self.html, "parse_mode": ParseMode.HTML, **_NO_PREVIEW}
        return said | {"reply_markup": self.keyboard} if self.keyboard else said


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pages sent as one group of pictures."""

    pages: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class File:
    """A document sent as a file."""

    document: Document


Message = TextMessage | Pictures | File


def draw(worded: Worded, files: Sequence[Document] = ()) -> tuple[Message, ...]:
    """The messages of a reply, in order: its text in as many messages as it needs, pictures of pages in groups, and
    files.

    The keyboard belongs to the last text message. If there is one, the texts come last, so that the buttons are at the
    bottom of the chat.
    """
    rows = [[{"text": key.label, "callback_data": key.data} for key in row] for row in worded.keyboard]
    parts = split(whole(worded.html))
    words = [TextMessage(part) for part in parts[:-1]] + [
        TextMessage(part, {"inline_keyboard": rows} if rows else None) for part in parts[-1:]
    ]
    pages = [file for file in files if file.kind == "page"]
    papers: list[Message] = [Pictures(tuple(pages[at : at + GROUP])) for at in range(0, len(pages), GROUP)]
    papers += [TextMessage(file.instead) if file.instead else File(file) for file in files if file.kind != "page"]
    return (*papers, *words) if worded.keyboard else (*words, *papers)


class SayingBot(ExtBot[Lane]):
    """The library's bot with a method that sends text without creating objects for Telegram's complete answer. That
    would cost more than everything else in a request, while only the message id is needed.
    """

    async def say(self, endpoint: str, said: dict[str, Any], lane: Lane) -> int:
        """The id of the message that was sent or edited. Raises TelegramError."""
        message = await self._post(endpoint, said, api_kwargs=self._merge_api_rl_kwargs(None, lane))
        return int(message["message_id"])


async def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a message is retried."""

    #: The time (of the event loop) until which it is retried despite network failures and pauses.
    until: float = 0.0
    #: Asked before each attempt: whether it is still to be sent.
    wanted: Callable[[], Awaitable[bool]] = _always


#: For a message that whoever sends it retries, or that may be lost.
ONCE = Patience()


class Sender:
    """Sends to one chat at a time, paced by the bot's limiter. Every error is a bot.door.channel.SendError."""

    def __init__(self, bot: SayingBot, documents: Documents) -> None:
        self._bot = bot
        self._documents = documents

    async def send(
        self,
        account: str,
        worded: Worded,
        person: int | None = None,
        *,
        pressed: int | None = None,
        lane: Lane = Lane.REPLY,
        patience: Patience = ONCE,
    ) -> tuple[int, ...]:
        """Send one reply. Returns the ids of its messages, in order. The files are those that `person` may see.

        `pressed` is the message whose button was pressed. If the reply `replaces` it, it is edited; but not if there
        are files, because the keyboard belongs below them. The keyboards of other messages stay, since old buttons are
        harmless. Raises Blocked, Later, TakenOver or Rejected.
        """
        chat, edit = int(account), pressed if worded.replaces and worded.attached is None else None
        files: Sequence[Document] = ()
        if worded.attached is not None and person is not None:
            with suppress(Later):  # the hint that a file is coming may be lost
                action = ChatAction.UPLOAD_DOCUMENT
                await self._ask(lane, lambda: self._bot.send_chat_action(chat, action, rate_limit_args=lane))
            try:
                files = await self._documents(person, worded.attached)
            except Exception as error:
                await self._say(chat, draw(worded), edit, lane, patience)  # at least the text must arrive
                raise Rejected("no documents") from error
        return await self._say(chat, draw(worded, files), edit, lane, patience)

    async def answer(self, callback_query: str) -> None:
        """Stop the spinner on a pressed button. Raises a SendError, for example if the press is too old."""
        await self._ask(Lane.REPLY, lambda: self._bot.answer_callback_query(callback_query))

    async def turn_away(self, group: int, html: str) -> None:
        """Explain in a group or channel why the bot leaves, and leave."""
        with suppress(SendError):  # the bot may lack the right to write there
            await self._ask(Lane.REPLY, lambda: self._bot.send_message(group, html, ParseMode.HTML))
        await self._ask(Lane.REPLY, lambda: self._bot.leave_chat(group))

    async def _say(
        self, chat: int, messages: Sequence[Message], edit: int | None, lane: Lane, patience: Patience
    ) -> tuple[int, ...]:
        """Send the messages in order; the first one replaces the message `edit`, if that can still be edited. Once the
        first is sent the others are treated as replies, because a notice interrupted in the middle would be repeated
        from its beginning.
        """
        ids: list[int] = []
        for message in messages:
            lane = Lane.REPLY if ids else lane
            place = None if ids else edit
            if (
                place is not None
                and isinstance(message, TextMessage)
                and await self._edited(chat, place, message, lane, patience)
            ):
                ids.append(place)
                continue
            ids += await self._ask(lane, partial(self._put, chat, message, lane), patience)
        return tuple(ids)

    async def _put(self, chat: int, message: Message, lane: Lane) -> Sequence[int]:
        """Send a message to a chat. Returns the ids of all messages that it became."""
        match message:
            case TextMessage():
                return [await self._bot.say("sendMessage", {"chat_id": chat, **message.said}, lane)]
            case Pictures((page,)):
                sent = [await self._bot.send_photo(chat, page.content, filename=page.name, rate_limit_args=lane)]
            case Pictures(pages):
                media = [InputMediaPhoto(page.content, filename=page.name) for page in pages]
                sent = [*await self._bot.send_media_group(chat, media, rate_limit_args=lane)]
            case File(file):
                document = self._bot.send_document(
                    chat, file.content, filename=file.name, disable_content_type_detection=True, rate_limit_args=lane
                )
                sent = [await document]
        return [one.message_id for one in sent]

    async def _edited(self, chat: int, edit: int, message: TextMessage, lane: Lane, patience: Patience) -> bool:
        """Edit a message. Returns False if that is no longer possible (too old, deleted)."""
        said = {"chat_id": chat, "message_id": edit, **message.said}
        try:
            await self._ask(lane, partial(self._bot.say, "editMessageText", said, lane), patience)
        except Rejected as refusal:
            return "not modified" in str(refusal).lower()
        return True

    async def _ask(self, lane: Lane, request: Callable[[], Awaitable[_Got]], patience: Patience = ONCE) -> _Got:
        """Make a request, with errors converted to ours. After network failures it is retried a few times; during
        `patience`, without limit, and also after Telegram's pauses, for which the gate waits.
        """
        pauses, now = iter(NETWORK_PAUSES[lane]), asyncio.get_running_loop().time
        while True:
            if not await patience.wanted():
                raise TakenOver
            try:
                with our_errors():
                    return await request()
            except Later as error:
                patient = now() < patience.until
                if isinstance(error.__cause__, RetryAfter):
                    pause = 0.0 if patient else None
                else:
                    pause = next(pauses, NETWORK_WAIT if patient else None)
                if pause is None:
                    raise
            await asyncio.sleep(pause)
