"""What passes through the door: what comes in, what goes out, and how a send can fail."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from dialogs.core.events import Event
from dialogs.core.turn import Attached


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event with its origin. (channel, account, update_id) is unique: delivered twice, it acts once."""

    channel: str  # the name of one of `bot.channels`
    account: str  # the sender's id within the channel
    update_id: str
    event: Event
    content: bytes = field(default=b"", repr=False)  # of the file that was handed in
    owed: bool = False  # the channel sends the replies: they are owed until it says that they are out
    pieces: tuple[str, ...] = ()  # further updates whose texts are in this one


@dataclass(frozen=True, slots=True)
class WordedKey:
    """A button as the person sees it; `data` is Button.encode(). `way`: it leads about and answers nothing."""

    label: str
    data: str
    way: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Worded:
    """A reply in words. `html` uses only <b> <i> <u> <s> <code> <blockquote> and plain line breaks;
    all text of people in it is escaped. The files of `attached` are made when it is sent (`Front.documents`).
    `awaits_file`: a page offers to choose a file.
    """

    html: str
    keyboard: tuple[tuple[WordedKey, ...], ...] = ()
    attached: Attached | None = None
    replaces: bool = False
    awaits_file: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send. `kind`: `page` (PNG picture of one page), `docx`, `pdf`, `xlsx`, `html`, `json`, `zip`. `instead`: what is said
    (as `Worded.html`) in place of one that is more than a message carries; then it has no content.
    """

    kind: str
    name: str
    content: bytes
    instead: str = ""
    generic: bool = False  # the office's own template failed


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that may be larger than memory: `pieces` are made as they are taken, each time the same ones. `mark` names its bytes."""

    name: str
    mark: str
    pieces: Callable[[], AsyncIterator[bytes]]


class SendError(Exception):
    """A message did not go out."""


class Blocked(SendError):
    """The person blocked the bot or left: do not try again until they come back."""


class Later(SendError):
    """The channel asks to wait `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


class Unreachable(Later):
    """The channel as a whole cannot be reached now, whoever is written to."""


class TakenOver(SendError):
    """Another process has sent it, or is about to."""


class Rejected(SendError):
    """The channel refuses this message for good (too long, malformed): our mistake, log it."""
