"""Reading people and lines that are typed one per line."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.balloting.poll import Line
from rules.balloting.slips import MOST_LINES
from rules.nouns.people import Person

#: The longest line of a slip, in characters.
MOST_CHARS = 200


@dataclass(frozen=True, slots=True)
class Found:
    """The people meant by typed names, each once and in the order typed."""

    people: tuple[Person, ...]
    #: Names that nobody has.
    unknown: tuple[str, ...] = ()
    #: Names that several people have.
    several: tuple[str, ...] = ()


def typed_lines(text: str) -> tuple[str, ...]:
    """The lines that are not empty, without list marks in front."""
    stripped = (" ".join(line.lstrip(" \t-–•*+0123456789.)").split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in stripped if line))


def as_lines(typed: Iterable[str], people: Sequence[Person]) -> tuple[Line, ...]:
    """The lines of a slip. A line that is a person's name is about that person."""
    return tuple(Line(one, _only(one, people)) for one in typed)


def too_much(typed: Sequence[str]) -> bool:
    """Whether the lines do not fit on a slip."""
    return len(typed) > MOST_LINES or any(len(one) > MOST_CHARS for one in typed)


def found(typed: Iterable[str], people: Sequence[Person]) -> Found:
    """The people whom the names mean. `Name, unit` is needed if several have the name."""
    meant, unknown, several = [], [], []
    for one in typed:
        called = _called(one, people)
        if not called:
            unknown.append(one)
        elif len(called) > 1:
            several.append(one)
        elif called[0] not in meant:
            meant.append(called[0])
    return Found(tuple(meant), tuple(unknown), tuple(several))


def _only(name: str, people: Sequence[Person]) -> int | None:
    called = _called(name, people)
    return called[0].id if len(called) == 1 else None


def _called(typed: str, people: Sequence[Person]) -> list[Person]:
    whole = _plain(typed)
    by_name = [one for one in people if _plain(one.name) == whole]
    return by_name or [
        one for one in people if whole in {_plain(f"{one.name}, {one.unit}"), _plain(f"{one.name} {one.unit}")}
    ]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
