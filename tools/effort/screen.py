"""The screen of a phone, and what is new on it after an event."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.core.buttons import Button

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Shown:
    """A button as shown: its label, and the data of a press."""

    label: str
    data: str

    @property
    def button(self) -> Button | None:
        """The button that the data mean; None: they are not ours."""
        return Button.decode(self.data)


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the chat, as visible without unfolding anything."""

    id: str
    text: str
    buttons: tuple[Shown, ...] = ()
    #: The height of text and buttons in px; 0: not measured.
    height: int = 0
    #: How many px the lower edge of its first button lies below the lower edge of the conversation; 0: visible.
    below: int = 0


@dataclass(frozen=True, slots=True)
class Screen:
    """The messages of the conversation, oldest first, and those that came or changed with the last event (`fresh`)."""

    messages: tuple[Message, ...]
    fresh: tuple[Message, ...]

    @property
    def buttons(self) -> tuple[Shown, ...]:
        """The buttons of the newest fresh message that has any."""
        return next((one.buttons for one in reversed(self.fresh) if one.buttons), ())

    @property
    def text(self) -> str:
        """The text of the fresh messages."""
        return "\n".join(one.text for one in self.fresh)


def words(text: str) -> int:
    """The number of words: parts between blanks that contain a letter or digit."""
    return sum(bool(_WORD.search(one)) for one in text.split())


@dataclass(frozen=True, slots=True)
class Change:
    """What is new to the reader: the number of words in messages, of words on buttons, and of buttons."""

    words: int
    button_words: int
    buttons: int
    messages: tuple[Message, ...]


def changed(before: Sequence[Message], after: Sequence[Message]) -> Change:
    """The change from one state of the conversation to the next. If a message takes another's place, only the lines
    that differ are counted, because nobody reads a whole list again when a tick was set in it.
    """
    kept = 0
    while kept < min(len(before), len(after)) and _same(before[kept], after[kept]):
        kept += 1
    gone, come = list(before[kept:]), list(after[kept:])
    read = press_words = count = 0
    for number, message in enumerate(come):
        old = gone[number] if number < len(gone) else Message("", "")
        lines = Counter(message.text.splitlines()) - Counter(old.text.splitlines())
        labels = Counter(one.label for one in message.buttons) - Counter(one.label for one in old.buttons)
        read += sum(words(line) * times for line, times in lines.items())
        press_words += sum(words(label) * times for label, times in labels.items())
        count += labels.total()
    return Change(read, press_words, count, tuple(come))


def _same(one: Message, other: Message) -> bool:
    return (one.id, one.text, one.buttons) == (other.id, other.text, other.buttons)
