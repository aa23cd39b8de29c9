"""What can happen in a conversation, whatever the channel."""

import datetime as dt
from dataclasses import dataclass, field

from dialogs.core.buttons import Button


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed. `button` is None when its data is not ours."""

    button: Button | None


@dataclass(frozen=True, slots=True)
class Said:
    """A text message. `at`: when it was sent, by whole seconds, where the channel knows; `seam`: what its app left out
    behind it, if that may have cut it from what comes next (None: it is whole). `under`: the buttons of the message of ours that it
    answers, in their order, where its person chose one. `message`: what the channel calls it, where it may be edited later. The same
    words are the same answer.
    """

    text: str
    at: dt.datetime | None = field(default=None, compare=False)
    seam: str | None = field(default=None, compare=False)
    under: tuple[Button, ...] = field(default=(), compare=False)
    message: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Edited:
    """A text message that its person changed after it was sent. `message`: what the channel calls it."""

    text: str
    message: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that is not text: `photo`, `sticker`, `voice`, `video`, `document`, `location`, `other`."""

    what: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was awaited. `sha256`: of its content, in hex; `trouble`: why there is none: `too_big`, `not_xlsx`,
    `lost` on the way, `in_line` behind another file of the office.
    """

    name: str
    sha256: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command of the menu: `start`, `tieptuc`, `xemtruoc`, `ketqua`, `trogiup`, `ngonngu`, …"""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """People were chosen in a list of the console, for one thing to be done with all of them. `deed`: what (of `dialogs.step.CHOSEN`);
    `stamp`: of what was shown before it was agreed to; `text`: what is written to them; `day`: until when.
    """

    deed: str
    people: tuple[int, ...]
    campaign: int = 0
    stamp: str = ""
    text: str = ""
    day: str = ""


Event = Pressed | Said | Edited | Sent | Handed | Commanded | Chosen
