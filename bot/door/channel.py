"""The values that pass through the door: incoming events, worded replies, and the errors of sending."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from dialogs.core.events import Event
from dialogs.core.turn import Attached


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event with its origin. (channel, account, update_id) is unique: an update delivered twice acts once."""

    channel: str  # the name of one of `bot.channels`
    account: str  # the sender's id within the channel
    update_id: str
    event: Event
    content: bytes = field(default=b"", repr=False)  # of the file that was handed in
    owed: bool = False  # the channel sends the replies: they are owed until it says that they are out
    pieces: tuple[str, ...] = ()  # further updates whose texts are in this one


@dataclass(frozen=True, slots=True)
class WordedKey:
    """A button as displayed; `data` is Button.encode(). `way`: it only navigates and answers nothing."""

    label: str
    data: str
    way: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Worded:
    """A reply in words."""

    #: Uses only <b> <i> <u> <s> <code> <blockquote> and plain line breaks. All text of people in it is escaped.
    html: str
    keyboard: tuple[tuple[WordedKey, ...], ...] = ()
    #: The files to be made when it is sent (`Front.documents`).
    attached: Attached | None = None
    replaces: bool = False
    #: A page offers to choose a file.
    awaits_file: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send."""

    #: `page` (a PNG of one page), `docx`, `pdf`, `xlsx`, `html`, `json` or `zip`.
    kind: str
    name: str
    content: bytes
    #: The text (as `Worded.html`) sent in place of a file too large for a message; `content` is then empty.
    instead: str = ""
    generic: bool = False  # the office's own template failed


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that may be larger than memory. `pieces` are made while they are taken, and are the same each time; `mark`
    identifies the bytes.
    """

    name: str
    mark: str
    pieces: Callable[[], AsyncIterator[bytes]]


class SendError(Exception):
    """Base of the errors of sending: a message was not sent."""


class Blocked(SendError):
    """The person blocked the bot or left: do not try again until they come back."""


class Later(SendError):
    """The channel asks to wait `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


class Unreachable(Later):
    """The channel as a whole is unreachable at present, whoever is addressed."""


class TakenOver(SendError):
    """Another process has sent the message or is about to."""


class Rejected(SendError):
    """The channel refuses this message permanently (too long, malformed). It is a mistake of ours and should be logged."""
