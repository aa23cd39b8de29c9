"""Frames: the small JSON objects that an open page sends. They are parsed strictly; one that cannot be parsed is
answered with a friendly line.

    {"hello": 17, "language": "vi"}               the last exchange the page shows (0: none), and the page's language
    {"id": "…", "say": "text"}                    a text, or a command of the menu when it begins with /
    {"id": "…", "under": [17, 0], "say": "text"}  a text that answers a message: its exchange, and which of its replies
    {"id": "…", "press": "button data", …}        a press of a button

`id` is chosen by the page and unique in its session, so that a frame repeated after a lost connection acts once.
"""

import json
import re
from dataclasses import dataclass

from bot.door.typed import command_in
from dialogs.core.buttons import Button
from dialogs.core.events import Event, Pressed, Said

#: Longer texts are not taken at all; up to here the conversation itself answers what is too long.
MAX_TEXT = 200_000
MAX_FRAME = 1024 * 1024

#: Ids of exchanges are below.
MAX_ID = 10**9
#: So many replies no exchange has.
MAX_REPLIES = 100

_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
#: A longer frame may only be a text: parsing very long lists would take a tenth of a second.
_SHORT = 4096
_LONG = re.compile(
    r'\{"id": ?"(?P<id>[0-9A-Za-z-]{8,64})", ?(?:"under": ?\[(?P<exchange>\d{1,9}), ?(?P<reply>\d{1,2})\], ?)?"say": ?(?=")'
)
_TEXT = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Hello:
    """A page that was just opened tells the last exchange it shows, and its language ("": unknown)."""

    after: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class MessagePlace:
    """A message as a page refers to it: its exchange, and which of the replies there."""

    exchange: int
    reply: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """An event with the id given by its page. `under`: the message that a text answers, if its person chose one."""

    id: str
    event: Event
    under: MessagePlace | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A frame that cannot be used: `why` names a line of `note.html`; `id` is "" when it could not be determined."""

    id: str
    why: str


def read_frame(data: str) -> Hello | Spoken | Unread:
    """What a frame says."""
    if len(data) > _SHORT:
        return _read_long(data)
    try:
        frame = json.loads(data)
    except (ValueError, RecursionError):
        return Unread("", "unreadable")
    if not isinstance(frame, dict):
        return Unread("", "unreadable")
    return _read_hello(frame) if "hello" in frame else _read_event(frame)


def _read_long(data: str) -> Spoken | Unread:
    """Its one text, and nothing may follow."""
    begun = _LONG.match(data)
    try:
        text, end = _TEXT.raw_decode(data, begun.end()) if begun else ("", 0)
    except ValueError:
        begun = None
    if begun is None or data[end:] != "}":
        return Unread("", "unreadable")
    under = {"under": [int(begun["exchange"]), int(begun["reply"])]} if begun["exchange"] else {}
    return _read_event({"id": begun["id"], **under, "say": text})


def _read_hello(frame: dict[str, object]) -> Hello | Unread:
    after = frame["hello"]
    if not isinstance(after, int) or not 0 <= after < MAX_ID:
        return Unread("", "unreadable")
    return Hello(after, str(frame.get("language", "")))


def _read_event(frame: dict[str, object]) -> Spoken | Unread:
    match frame:
        case {"id": str(ident)} if not _ID.fullmatch(ident):
            return Unread("", "unreadable")
        case {"id": str(ident), "say": str(text)} if len(text) > MAX_TEXT:
            return Unread(ident, "too_long")
        case {"id": str(ident), "under": under, "say": str(text)}:
            place = _place(under)
            return Spoken(ident, _said(clean(text)), place) if place else Unread(ident, "unreadable")
        case {"id": str(ident), "say": str(text)}:
            return Spoken(ident, _said(clean(text)))
        case {"id": str(ident), "press": str(data)}:
            return Spoken(ident, Pressed(Button.decode(clean(data))))
        case {"id": str(ident)}:
            return Unread(ident, "unreadable")
        case _:
            return Unread("", "unreadable")


def _place(under: object) -> MessagePlace | None:
    match under:
        case [bool(), _] | [_, bool()]:
            return None
        case [int(exchange), int(reply)] if 0 < exchange < MAX_ID and 0 <= reply < MAX_REPLIES:
            return MessagePlace(exchange, reply)
        case _:
            return None


def clean(text: str) -> str:
    """`text` without what no database keeps: halves of surrogate pairs and NUL; every line ends in LF."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _said(text: str) -> Event:
    return command_in(text) or Said(text)
