"""Events: what can happen in a conversation, in whichever channel."""

import datetime as dt
from dataclasses import dataclass, field

from dialogs.core.buttons import Button


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed. `button` is None when this program did not draw it."""

    button: Button | None


@dataclass(frozen=True, slots=True)
class Said:
    """A text message. The same words are the same answer, however the message arrived."""

    text: str
    #: When it was sent, in whole seconds, if the channel knows.
    at: dt.datetime | None = field(default=None, compare=False)
    #: What the app removed at the end, if the text may have been cut there and goes on in the next message; None: it is
    #: complete.
    seam: str | None = field(default=None, compare=False)
    #: The buttons of our message to which it replies, in order, if it is a reply.
    under: tuple[Button, ...] = field(default=(), compare=False)
    #: The channel's id of the message, if it can be edited later.
    message: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Edited:
    """A text message that its sender changed afterwards. `message` is the channel's id of it."""

    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that is no text: `photo`, `sticker`, `voice`, `video`, `document`, `location`, `other`."""

    what: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was awaited."""

    name: str
    #: Of its content, in hex.
    sha256: str = ""
    #: Why there is no file: `too_big`, `not_xlsx`, `lost` on the way, or `in_line` behind another file of the office.
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command of the menu: `start`, `tieptuc`, `xemtruoc`, `ketqua`, `trogiup`, `ngonngu`, …"""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """People were selected in a list of the console, for one thing to be done with all of them."""

    #: What is to be done: a key of `dialogs.step.CHOSEN`.
    deed: str
    people: tuple[int, ...]
    campaign: int = 0
    #: Of what was shown before the sender confirmed.
    stamp: str = ""
    #: The text that is written to them.
    text: str = ""
    #: The last day, where the deed needs one.
    day: str = ""


Event = Pressed | Said | Edited | Sent | Handed | Commanded | Chosen
