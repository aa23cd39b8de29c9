"""Translates Telegram's updates into events. It is pure: it says what an update means, never what to do.

Deliberately ignored:

- edited pictures, captions and places: only texts are answers;
- groups and channels: a review is personal; `group` names the chat so that the bot leaves it;
- service messages (pinned, timer changed): nobody said anything.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from bot.door.channel import Incoming
from bot.door.typed import command_in
from bot.telegram.settings import NAME
from bot.telegram.texts import may_go_on, seam, whole
from bot.telegram.updates import ChatType, ContentType, Document, Message, Update
from dialogs.core.buttons import Button
from dialogs.core.events import Edited, Event, Pressed, Said, Sent

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


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of an update, parsed once.

    `update`: its number; `account`: whose it is, which also determines its queue; for a group the id of the chat.
    """

    update: int
    account: str
    id: str  # of the update among all bots there ever are
    incoming: Incoming | None = None  # the event of a private chat; None for everything that is none
    group: int | None = None  # the group or channel it came from
    reachable: bool | None = None  # whether the person can still be written to, when that changed
    press: str | None = None  # the press that waits for an answer
    pressed: int | None = None  # the message the pressed button stands on
    document: Document | None = None  # the file that was sent as one
    photo: Document | None = None  # the largest of a picture
    album: str | None = None  # pictures sent together arrive one by one; this they have in common

    @property
    def said(self) -> str | None:
        """The text, if it is one."""
        event = self.incoming.event if self.incoming else None
        return event.text if isinstance(event, Said) else None

    @property
    def under(self) -> tuple[Button, ...]:
        """The buttons of the message of ours that the text answers."""
        event = self.incoming.event if self.incoming else None
        return event.under if isinstance(event, Said) else ()

    @property
    def at(self) -> dt.datetime | None:
        """When the text was sent."""
        event = self.incoming.event if self.incoming else None
        return event.at if isinstance(event, Said) else None


def reading(update: Update, bot: str = "") -> Reading:
    """The meaning of this update. `bot`: the number of the bot that received it, because each bot numbers its updates
    separately.
    """
    id_ = f"{bot}:{update.update_id}"
    query, message, change, changed = (
        update.callback_query,
        update.message,
        update.my_chat_member,
        update.edited_message,
    )
    if query:
        chat = query.message.chat if query.message else None
        account = str(query.from_user.id)
    else:
        source = message or changed or change
        chat = source.chat if source else None
        account = str(chat.id) if chat else ""
    if chat and chat.type != ChatType.PRIVATE:
        return Reading(update.update_id, account, id_, group=chat.id, press=query.id if query else None)
    event: Event | None = None
    if message:
        event = _event_of(message, bot)
    elif changed and changed.text:
        event = Edited(whole(changed.text), _called(changed, bot))
    elif query:
        event = Pressed(Button.decode(whole(query.data)) if query.data else None)
    return Reading(
        update.update_id,
        account,
        id_,
        Incoming(NAME, account, id_, event, owed=True) if event else None,
        reachable=change.new_chat_member.status not in {"kicked", "left"} if change else None,
        press=query.id if query else None,
        pressed=query.message.message_id if query and query.message else None,
        document=message.document if message else None,
        photo=_photo(message) if message else None,
        album=message.media_group_id if message else None,
    )


def _photo(message: Message) -> Document | None:
    """The picture as a file: of the sizes Telegram made of it the largest."""
    if not message.photo:
        return None
    largest = max(message.photo, key=lambda one: one.width * one.height)
    return Document(
        file_id=largest.file_id,
        file_unique_id=largest.file_unique_id,
        file_name="anh.jpg",
        file_size=largest.file_size,
    )


def _called(message: Message, bot: str) -> str:
    """A message among those of all bots there ever are; within a chat its number is its own."""
    return f"{bot}:{message.message_id}"


def _under(message: Message, bot: str) -> tuple[Button, ...]:
    """The buttons of the message of this bot that is answered. Messages of other bots or chats do not count."""
    before = message.reply_to_message
    ours = before is not None and before.from_user is not None and str(before.from_user.id) == bot
    if before is None or not ours or before.via_bot or not before.reply_markup:
        return ()
    data = (key.callback_data for row in before.reply_markup.inline_keyboard for key in row)
    return tuple(button for one in data if one and (button := Button.decode(whole(one))))


def _event_of(message: Message, bot: str) -> Event | None:
    if message.text is None:
        sent = SENT.get(message.content_type)
        return Sent(sent) if sent else None
    text = whole(message.text)
    goes_on = seam(text) if may_go_on(text) else None
    return command_in(text) or Said(text, message.date, goes_on, _under(message, bot), _called(message, bot))
