"""What stands on a phone, and what of it is new after an event."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.core.buttons import Button

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Shown:
    """A button as it is read: its words, and what a press of it means (None: drawn by nobody we know)."""

    label: str
    data: str

    @property
    def button(self) -> Button | None:
        """The data, understood."""
        return Button.decode(self.data)


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the chat as it can be seen without unfolding anything. `height` of words and buttons, and how far the lower edge of its first
    button lies `below` the lower edge of the talk (0: in sight), both in px, where somebody measured.
    """

    id: str
    text: str
    buttons: tuple[Shown, ...] = ()
    height: int = 0
    below: int = 0


@dataclass(frozen=True, slots=True)
class Screen:
    """The talk, oldest first, and the messages of it that came or changed with the last event."""

    messages: tuple[Message, ...]
    fresh: tuple[Message, ...]

    @property
    def buttons(self) -> tuple[Shown, ...]:
        """Those of the newest message that has some, of what is fresh."""
        return next((one.buttons for one in reversed(self.fresh) if one.buttons), ())

    @property
    def text(self) -> str:
        """The words of what is fresh."""
        return "\n".join(one.text for one in self.fresh)


def words(text: str) -> int:
    """How many words a reader reads: what stands between blanks and holds a letter or digit."""
    return sum(bool(_WORD.search(one)) for one in text.split())


@dataclass(frozen=True, slots=True)
class Change:
    """What is new to the reader: words of messages, words on buttons, buttons; and the messages as they stand now."""

    words: int
    button_words: int
    buttons: int
    messages: tuple[Message, ...]


def changed(before: Sequence[Message], after: Sequence[Message]) -> Change:
    """From one state of the talk to the next. A message that takes another's place is read where its lines differ: nobody reads the rest of a
    list again because a tick was set in it.
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
