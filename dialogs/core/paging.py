"""Pages of lists, and reading the words and numbers that buttons carry."""

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
    """The number written in at most nine digits; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0


@dataclass(frozen=True, slots=True)
class Page(Generic[_Item]):
    """One page of a list. `first` counts from 0."""

    shown: tuple[_Item, ...]
    first: int
    count: int
    size: int

    @property
    def last(self) -> bool:
        """Whether this is the last page."""
        return self.first + self.size >= self.count

    def values(self) -> dict[str, Json]:
        """`first` and `last` of the page, counted from 1, and the length of the list."""
        return {"first": self.first + 1, "last": self.first + len(self.shown), "count": self.count}

    def keys(self, verb: str, *about: str, room: str = "desk", review: int = 0) -> tuple[Key, ...]:
        """The buttons to the previous and next page, with that room's labels. They carry `about` followed by the index
        of the page's first line.
        """

        def turning(label: str, first: int) -> Key:
            return Key(label, Button(verb, review, (*about, str(first))))

        back = (turning(f"{room}/previous", max(0, self.first - self.size)),) if self.first else ()
        on = () if self.last else (turning(f"{room}/next", self.first + self.size),)
        return back + on


def page(items: Sequence[_Item], first: int, size: int = ON_A_PAGE) -> Page[_Item]:
    """The page that begins at `first`, or the first page if the list has become shorter than that."""
    begin = first if first < len(items) else 0
    return Page(tuple(items[begin : begin + size]), begin, len(items), size)
