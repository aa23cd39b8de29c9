"""The chats of the stand-in: bubbles, and people who read and touch them."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.standins.telegram import TelegramStandIn


@dataclass
class Bubble:
    """A message as the person sees it."""

    id: int
    by_bot: bool
    text: str = ""
    entities: tuple[Any, ...] = ()
    keyboard: tuple[tuple[tuple[str, str], ...], ...] = ()  # rows of (label, callback data)
    kind: str = "text"  # or `photo`, `document`
    name: str = ""
    content: bytes = b""
    album: str = ""
    edits: int = 0

    @property
    def labels(self) -> tuple[str, ...]:
        """All buttons in reading order."""
        return tuple(label for row in self.keyboard for label, _ in row)


@dataclass
class Person:
    """Somebody with Telegram on their phone."""

    telegram: "TelegramStandIn" = field(repr=False)
    id: int
    name: str
    kind: str = "private"  # the kind of chat; or `group`
    chat: list[Bubble] = field(default_factory=list)
    started: bool = False
    blocked: bool = False
    moment: int = 0  # the time of everything that is sent now; 0: each text has its own time

    @property
    def bubbles(self) -> list[Bubble]:
        """The bot's messages, oldest first."""
        return [bubble for bubble in self.chat if bubble.by_bot]

    @property
    def texts(self) -> list[str]:
        """The texts of the bot's messages."""
        return [bubble.text for bubble in self.bubbles if bubble.kind == "text"]

    def says(self, text: str) -> list[int]:
        """Type a text, which the app splits at 4096 characters. Returns the ids of the updates."""
        pieces = ["".join(piece) for piece in _chunks(text, 4096)]
        return [self._writes({"text": piece}, piece) for piece in pieces]

    def says_at_once(self, *texts: str) -> list[int]:
        """Type several texts within one second."""
        self.moment = 1_800_000_000 + 10 * self.telegram.new_id()
        updates = [update for text in texts for update in self.says(text)]
        self.moment = 0
        return updates

    def starts(self, code: str = "") -> int:
        """Open the bot by its link."""
        return self.says(f"/start {code}".strip())[0]

    def sends(self, kind: str, content: Any = None, **more: Any) -> int:
        """Send something that is not text, such as `sticker`."""
        return self._writes({kind: content if content is not None else CONTENTS[kind], **more}, f"<{kind}>")

    def sends_photo(self, caption: str = "") -> int:
        """Send a picture."""
        return self.sends("photo", caption=caption) if caption else self.sends("photo")

    def sends_document(self, name: str, content: bytes, **said: Any) -> int:
        """Send a file. `said`: false values that Telegram gives for it, such as `file_size`."""
        file = f"sent{self.telegram.new_id()}"
        self.telegram.files[file] = content
        about = {"file_id": file, "file_unique_id": f"u{file}", "file_name": name, "file_size": len(content)}
        return self.sends("document", {**about, **said})

    def edits(self, message_id: int, text: str) -> int:
        """Edit a text already sent."""
        message = {**self._message(message_id), "text": text, "edit_date": 1_800_000_001}
        return self.telegram.deliver(self.id, {"edited_message": message})

    def presses(self, label: str) -> int:
        """Press the newest button with this label."""
        for bubble in reversed(self.chat):
            for text, data in itertools.chain.from_iterable(bubble.keyboard):
                if text == label:
                    return self.presses_data(data, bubble.id)
        raise AssertionError(f"no button {label!r}; there are {[bubble.labels for bubble in self.bubbles]}")

    def presses_data(self, data: str, message_id: int) -> int:
        """Press a button, even if it is no longer there."""
        query = self.telegram.new_query()
        message = {**self._message(message_id), "from": self.telegram.me, "text": "…"}
        return self.telegram.deliver(
            self.id,
            {
                "callback_query": {
                    "id": query,
                    "from": self._user(),
                    "message": message,
                    "chat_instance": "1",
                    "data": data,
                }
            },
        )

    def deletes(self, bubble: Bubble) -> None:
        """Delete a message for both sides."""
        self.chat.remove(bubble)

    def blocks(self) -> int:
        """Block the bot."""
        self.blocked = True
        return self._member("member", "kicked")

    def adds_the_bot(self) -> int:
        """Put the bot into this group."""
        return self._member("left", "member")

    def unblocks(self) -> int:
        """Unblock the bot."""
        self.blocked = False
        return self._member("kicked", "member")

    async def hears(self, text: str) -> Bubble:
        """Wait until a message of the bot contains this text."""
        await self.until(lambda: any(text in said for said in self.texts), f"{text!r}")
        return next(bubble for bubble in reversed(self.bubbles) if text in bubble.text)

    async def has(self, count: int) -> list[Bubble]:
        """Wait until the bot has sent this many messages."""
        await self.until(lambda: len(self.bubbles) >= count, f"{count} messages")
        return self.bubbles

    async def until(self, condition: Callable[[], bool], wanted: str) -> None:
        """Wait for a condition. If it fails, the error says what is there instead."""
        try:
            await self.telegram.until(condition)
        except TimeoutError:
            raise AssertionError(f"{self.name} waited for {wanted}; has {self.texts}") from None

    def _writes(self, content: dict[str, Any], shown: str) -> int:
        self.started = True
        bubble = Bubble(self.telegram.new_id(), by_bot=False, text=shown)
        self.chat.append(bubble)
        return self.telegram.deliver(self.id, {"message": {**self._message(bubble.id), **content}})

    def _message(self, message_id: int) -> dict[str, Any]:
        return {
            "message_id": message_id,
            "from": self._user(),
            "chat": {"id": self.id, "type": self.kind, "first_name": self.name},
            "date": self.moment or 1_800_000_000 + 10 * message_id,  # so far apart that no two texts are one breath
        }

    def _member(self, old: str, new: str) -> int:
        change = {
            "chat": {"id": self.id, "type": self.kind, "first_name": self.name},
            "from": self._user(),
            "date": 1_800_000_000,
            "old_chat_member": {"status": old, "user": self.telegram.me, "until_date": 0},
            "new_chat_member": {"status": new, "user": self.telegram.me, "until_date": 0},
        }
        return self.telegram.deliver(self.id, {"my_chat_member": change})

    def _user(self) -> dict[str, Any]:
        return {"id": abs(self.id), "is_bot": False, "first_name": self.name, "language_code": "vi"}


_FILE = {"file_id": "f", "file_unique_id": "u"}
CONTENTS: dict[str, Any] = {
    "photo": [{**_FILE, "width": 90, "height": 90}],
    "sticker": {**_FILE, "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    "voice": {**_FILE, "duration": 3},
    "video": {**_FILE, "width": 90, "height": 90, "duration": 3},
    "video_note": {**_FILE, "length": 240, "duration": 3},
    "document": {**_FILE, "file_name": "bao-cao.docx"},
    "audio": {**_FILE, "duration": 3},
    "location": {"latitude": 15.12, "longitude": 108.8},
    "contact": {"phone_number": "000", "first_name": "Bình"},
    "dice": {"emoji": "🎲", "value": 3},
    "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}},
}


def _chunks(text: str, most: int) -> list[str]:
    """Pieces of at most `most` UTF-16 units, between characters."""
    pieces, piece, size = [], "", 0
    for char in text:
        width = 2 if ord(char) > 0xFFFF else 1
        if size + width > most:
            pieces.append(piece)
            piece, size = "", 0
        piece, size = piece + char, size + width
    return [*pieces, piece]
