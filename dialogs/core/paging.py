"""Pages of lists, and the words and numbers buttons carry."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from dialogs.core.buttons import Button
from dialogs.core.turn import Key
from rules.nouns.reviews import Json

#: Lines on one page of a list.
ON_A_PAGE = 8

_Item = TypeVar("_Item")


def word(button: Button, place: int) -> str:
    """A word of the button; "" where it has none."""
    return button.about[place] if place < len(button.about) else ""


def number(button: Button, place: int) -> int:
    """A number of the button; 0 where it has none."""
    return as_number(word(button, place))


def as_number(text: str) -> int:
    """What was written in digits, of no more than nine; else 0."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0


@dataclass(frozen=True, slots=True)
class Page(Generic[_Item]):
    """A part of a list. `first` counts from 0."""

    shown: tuple[_Item, ...]
    first: int
    count: int
    size: int

    @property
    def last(self) -> bool:
        """Whether the list ends here."""
        return self.first + self.size >= self.count

    def values(self) -> dict[str, Json]:
        """`first` and `last` counted from 1, and how many there are."""
        return {"first": self.first + 1, "last": self.first + len(self.shown), "count": self.count}

    def keys(self, verb: str, *about: str, room: str = "desk", review: int = 0) -> tuple[Key, ...]:
        """The buttons back and on, with the labels of that room: `about` and then the first line of that page."""

        def turning(label: str, first: int) -> Key:
            return Key(label, Button(verb, review, (*about, str(first))))

        back = (turning(f"{room}/previous", max(0, self.first - self.size)),) if self.first else ()
        on = () if self.last else (turning(f"{room}/next", self.first + self.size),)
        return back + on


def page(items: Sequence[_Item], first: int, size: int = ON_A_PAGE) -> Page[_Item]:
    """The page that begins at `first`; the first one when the list has become shorter."""
    begin = first if first < len(items) else 0
    return Page(tuple(items[begin : begin + size]), begin, len(items), size)
