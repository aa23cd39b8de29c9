"""Worded replies become Telegram messages: split, edited in place, with keyboard, pictures and files."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, NetworkError
from telegram.ext import ExtBot

from bot.door.channel import Document, Later, Rejected, SendError, Worded
from bot.telegram.failures import our_errors
from bot.telegram.pacing import Lane
from bot.telegram.splitting import split
from bot.telegram.utf16 import whole
from dialogs.core.turn import Attached

#: Pauses (seconds) after which a request that failed on the way is made again. A notice's job does that itself.
#: A reply that arrives twice is better than one that never comes.
NETWORK_PAUSES: dict[Lane, tuple[float, ...]] = {Lane.REPLY: (0.5, 2.0), Lane.NOTICE: ()}

#: Telegram's most for one group of pictures.
GROUP = 10

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_Got = TypeVar("_Got")

#: One request of a sending; gives the ids of its messages.
Step = Callable[[Lane], Awaitable[list[int]]]

#: `bot.door.front.Front.documents`
Documents = Callable[[int, Attached], Awaitable[Sequence[Document]]]


class Sender:
    """Sends to one chat at a time, paced by the bot's limiter. Every error is a bot.door.channel.SendError."""

    def __init__(self, bot: ExtBot[Lane], documents: Documents) -> None:
        self._bot = bot
        self._documents = documents

    async def send(
        self,
        account: str,
        worded: Worded,
        pressed: int | None = None,
        *,
        person: int | None = None,
        lane: Lane = Lane.REPLY,
    ) -> tuple[int, ...]:
        """Send one reply; the ids of its messages in order.

        `pressed` is the message whose button was pressed: with `worded.replaces` it is edited. It is not
        when files come along: their keyboard belongs below them. Other keyboards stay where they are,
        since an old button does the sensible thing. `person` is who may see the files.
        Raises Blocked, Later or Rejected.
        """
        chat, edit = int(account), pressed if worded.replaces and worded.attached is None else None
        words = self._words(chat, worded, edit)
        try:
            files = await self._fetch(chat, worded.attached, person, lane)
        except SendError:
            raise
        except Exception as error:
            await _in_order(words, lane)  # the words must not be lost with the pages
            raise Rejected("no documents") from error
        papers = self._papers(chat, files)
        # the buttons stay next to the thumb
        return await _in_order([*papers, *words] if worded.keyboard else [*words, *papers], lane)

    async def answer(self, callback_query: str) -> None:
        """Stop the spinner on a pressed button. Raises a SendError, e.g. when the press is too old."""
        await self._ask(Lane.REPLY, lambda: self._bot.answer_callback_query(callback_query))

    async def turn_away(self, group: int, html: str) -> None:
        """Say why and leave a group or channel."""
        with suppress(SendError):  # perhaps it may not speak there; it leaves all the same
            await self._ask(Lane.REPLY, lambda: self._bot.send_message(group, html, ParseMode.HTML))
        await self._ask(Lane.REPLY, lambda: self._bot.leave_chat(group))

    async def _fetch(self, chat: int, attached: Attached | None, person: int | None, lane: Lane) -> Sequence[Document]:
        """The files, while the chat shows that they are being made."""
        if attached is None or person is None:
            return ()
        with suppress(Later):  # a courtesy, no more
            action = ChatAction.UPLOAD_DOCUMENT
            await self._ask(lane, lambda: self._bot.send_chat_action(chat, action, rate_limit_args=lane))
        return await self._documents(person, attached)

    def _words(self, chat: int, worded: Worded, edit: int | None) -> list[Step]:
        """The words in as many messages as they need; the keyboard under the last."""
        parts = split(whole(worded.html))
        keyboards = [None] * (len(parts) - 1) + [_keyboard(worded)]
        edits = [edit] + [None] * (len(parts) - 1)
        return [partial(self._say, chat, *message) for message in zip(parts, keyboards, edits, strict=False)]

    def _papers(self, chat: int, files: Sequence[Document]) -> list[Step]:
        """Pictures of pages in groups, then the files by their names."""
        pages = [file for file in files if file.kind == "page"]
        groups = [pages[start : start + GROUP] for start in range(0, len(pages), GROUP)]
        pictures: list[Step] = [partial(self._pictures, chat, group) for group in groups]
        return [*pictures, *(partial(self._file, chat, file) for file in files if file.kind != "page")]

    async def _say(
        self, chat: int, html: str, keyboard: InlineKeyboardMarkup | None, edit: int | None, lane: Lane
    ) -> list[int]:
        if edit is not None and await self._edited(chat, edit, html, keyboard, lane):
            return [edit]
        return [await self._written(chat, html, keyboard, lane)]

    async def _written(self, chat: int, html: str, keyboard: InlineKeyboardMarkup | None, lane: Lane) -> int:
        message = await self._ask(
            lane,
            lambda: self._bot.send_message(
                chat,
                html,
                ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
                rate_limit_args=lane,
            ),
        )
        return message.message_id

    async def _edited(
        self, chat: int, message: int, html: str, keyboard: InlineKeyboardMarkup | None, lane: Lane
    ) -> bool:
        """Whether the message now reads so. False when it cannot be edited any more (too old, deleted)."""
        try:
            await self._ask(
                lane,
                lambda: self._bot.edit_message_text(
                    html,
                    chat,
                    message,
                    parse_mode=ParseMode.HTML,
                    reply_markup=keyboard,
                    link_preview_options=_NO_PREVIEW,
                    rate_limit_args=lane,
                ),
            )
        except Rejected as refusal:
            return "not modified" in str(refusal).lower()
        return True

    async def _pictures(self, chat: int, pages: Sequence[Document], lane: Lane) -> list[int]:
        if len(pages) == 1:
            one = await self._ask(
                lane,
                lambda: self._bot.send_photo(chat, pages[0].content, filename=pages[0].name, rate_limit_args=lane),
            )
            return [one.message_id]
        media = [InputMediaPhoto(page.content, filename=page.name) for page in pages]
        group = await self._ask(lane, lambda: self._bot.send_media_group(chat, media, rate_limit_args=lane))
        return [message.message_id for message in group]

    async def _file(self, chat: int, file: Document, lane: Lane) -> list[int]:
        message = await self._ask(
            lane,
            lambda: self._bot.send_document(
                chat, file.content, filename=file.name, disable_content_type_detection=True, rate_limit_args=lane
            ),
        )
        return [message.message_id]

    async def _ask(self, lane: Lane, request: Callable[[], Awaitable[_Got]]) -> _Got:
        """Make a request, again after failures of the network, with errors in our words."""
        with our_errors():
            for pause in NETWORK_PAUSES[lane]:
                try:
                    return await request()
                except NetworkError as error:
                    if isinstance(error, BadRequest):
                        raise
                await asyncio.sleep(pause)
            return await request()


async def _in_order(steps: Sequence[Step], lane: Lane) -> tuple[int, ...]:
    """One after the other. Once the first is out the rest goes like a reply: a notice that stopped half-way
    would come again from its beginning.
    """
    ids: list[int] = []
    for step in steps:
        ids += await step(Lane.REPLY if ids else lane)
    return tuple(ids)


def _keyboard(worded: Worded) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(key.label, callback_data=key.data) for key in row] for row in worded.keyboard]
    return InlineKeyboardMarkup(rows) if rows else None
