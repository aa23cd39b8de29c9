"""Telegram's updates in our words. Pure: what an update means, never what to do about it.

Not read, and why:
- An edited text. The answer it corrects is kept and the conversation has gone on; taken as said now it
  would answer the wrong question. `edited` tells the person's account, so that they can be told how to
  change an answer.
- Groups and channels. A review is personal: `intruded` names the chat, so that the bot leaves it.
- Service messages (pinned, timer changed): nobody said anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from aiogram.enums import ChatType, ContentType
from aiogram.types import CallbackQuery, Chat, Document, Message, Update

from bot.door.channel import Incoming
from bot.telegram.channel import NAME
from bot.telegram.utf16 import whole
from dialogs.core.buttons import Button
from dialogs.core.events import Commanded, Event, Pressed, Said, Sent

#: What we ask Telegram for; anything else is never delivered.
KINDS_OF_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

SENT: Mapping[str, str] = {
    ContentType.PHOTO: "photo",
    ContentType.LIVE_PHOTO: "photo",
    ContentType.STICKER: "sticker",
    ContentType.VOICE: "voice",
    ContentType.VIDEO: "video",
    ContentType.VIDEO_NOTE: "video",
    ContentType.ANIMATION: "video",
    ContentType.DOCUMENT: "document",
    ContentType.LOCATION: "location",
    ContentType.VENUE: "location",
    ContentType.AUDIO: "other",
    ContentType.CHECKLIST: "other",
    ContentType.CONTACT: "other",
    ContentType.DICE: "other",
    ContentType.GAME: "other",
    ContentType.PAID_MEDIA: "other",
    ContentType.POLL: "other",
    ContentType.RICH_MESSAGE: "other",
    ContentType.STORY: "other",
    ContentType.UNKNOWN: "other",  # newer than our library
}

_COMMAND = re.compile(r"/([a-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reachability:
    """An account blocked the bot, or took it back."""

    account: str
    reachable: bool


def read(update: Update) -> Incoming | None:
    """The event of a private chat; None for everything that is none."""
    if intruded(update) is not None:
        return None
    if update.message:
        event = _of_message(update.message)
        account = str(update.message.chat.id)
    elif update.callback_query:
        event = _of_press(update.callback_query)
        account = str(update.callback_query.from_user.id)
    else:
        return None
    return Incoming(NAME, account, str(update.update_id), event) if event else None


def account_of(update: Update) -> str:
    """Whose update it is: the lane it waits in. For a group the chat's own id."""
    if update.callback_query:
        return str(update.callback_query.from_user.id)
    chat = _chat(update)
    return str(chat.id) if chat else ""


def intruded(update: Update) -> int | None:
    """The id of the group or channel this came from; None for a private chat."""
    chat = _chat(update)
    return chat.id if chat and chat.type != ChatType.PRIVATE else None


def standing(update: Update) -> Reachability | None:
    """Whether the person can still be written to, when that changed."""
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.PRIVATE:
        return None
    return Reachability(str(change.chat.id), change.new_chat_member.status not in {"kicked", "left"})


def edited(update: Update) -> str | None:
    """The account that edited a text (a live location that moves on is no edit)."""
    message = update.edited_message
    return str(message.chat.id) if message and message.text and intruded(update) is None else None


def pressed_message(update: Update) -> int | None:
    """The message the pressed button stands on."""
    query = update.callback_query
    return query.message.message_id if query and query.message else None


def document(update: Update) -> Document | None:
    """The file that was sent as one."""
    return update.message.document if update.message else None


def album(update: Update) -> str | None:
    """Pictures sent together arrive one by one; this they have in common."""
    return update.message.media_group_id if update.message else None


def _chat(update: Update) -> Chat | None:
    if update.callback_query:
        return update.callback_query.message.chat if update.callback_query.message else None
    source = update.message or update.edited_message or update.my_chat_member
    return source.chat if source else None


def _of_message(message: Message) -> Event | None:
    if message.text is None:
        sent = SENT.get(message.content_type)
        return Sent(sent) if sent else None
    text = whole(message.text)
    command = _COMMAND.fullmatch(text.strip())
    if command:
        return Commanded(command[1].lower(), (command[2] or "").strip())
    return Said(text)


def _of_press(query: CallbackQuery) -> Event:
    return Pressed(Button.decode(whole(query.data)) if query.data else None)
