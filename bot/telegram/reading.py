"""Telegram's updates in our words. Pure: what an update means, never what to do about it.

Not read, and why:
- An edited text. The answer it corrects is kept and the conversation has gone on; taken as said now it
  would answer the wrong question. `edited` tells, so that its person can be told how to change an answer.
- Groups and channels. A review is personal: `group` names the chat, so that the bot leaves it.
- Service messages (pinned, timer changed): nobody said anything.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.door.channel import Incoming
from bot.telegram.channel import NAME
from bot.telegram.texts import may_go_on, seam, whole
from bot.telegram.updates import ChatType, ContentType, Document, Message, Update
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
class Reading:
    """What an update means, read once on its way.

    `update`: its number. `account`: whose it is, the lane it waits in; of a group the chat's own id.
    """

    update: int
    account: str
    id: str  # of the update among all bots there ever are
    incoming: Incoming | None = None  # the event of a private chat; None for everything that is none
    group: int | None = None  # the group or channel it came from
    edited: bool = False  # a text was edited (a live location that moves on is no edit)
    reachable: bool | None = None  # whether the person can still be written to, when that changed
    press: str | None = None  # the press that waits for an answer
    pressed: int | None = None  # the message the pressed button stands on
    document: Document | None = None  # the file that was sent as one
    album: str | None = None  # pictures sent together arrive one by one; this they have in common

    @property
    def said(self) -> str | None:
        """The text, if it is one."""
        event = self.incoming.event if self.incoming else None
        return event.text if isinstance(event, Said) else None

    @property
    def at(self) -> dt.datetime | None:
        """When the text was sent."""
        event = self.incoming.event if self.incoming else None
        return event.at if isinstance(event, Said) else None


def reading(update: Update, bot: str = "") -> Reading:
    """What this update means. `bot`: the number of the bot that got it; another one counts its updates anew."""
    id_ = f"{bot}:{update.update_id}"
    query, message, change = update.callback_query, update.message, update.my_chat_member
    if query:
        chat = query.message.chat if query.message else None
        account = str(query.from_user.id)
    else:
        source = message or update.edited_message or change
        chat = source.chat if source else None
        account = str(chat.id) if chat else ""
    if chat and chat.type != ChatType.PRIVATE:
        return Reading(update.update_id, account, id_, group=chat.id, press=query.id if query else None)
    event: Event | None = None
    if message:
        event = _event_of(message)
    elif query:
        event = Pressed(Button.decode(whole(query.data)) if query.data else None)
    return Reading(
        update.update_id,
        account,
        id_,
        Incoming(NAME, account, id_, event, owed=True) if event else None,
        edited=bool(update.edited_message and update.edited_message.text),
        reachable=change.new_chat_member.status not in {"kicked", "left"} if change else None,
        press=query.id if query else None,
        pressed=query.message.message_id if query and query.message else None,
        document=message.document if message else None,
        album=message.media_group_id if message else None,
    )


def _event_of(message: Message) -> Event | None:
    if message.text is None:
        sent = SENT.get(message.content_type)
        return Sent(sent) if sent else None
    text = whole(message.text)
    command = _COMMAND.fullmatch(text.strip())
    if command:
        return Commanded(command[1].lower(), (command[2] or "").strip())
    return Said(text, message.date, seam(text) if may_go_on(text) else None)
