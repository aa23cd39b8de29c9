"""What the shell read in a file that somebody handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.reviews import Json


@dataclass(frozen=True, slots=True)
class Changed:
    """A kind of change in the words of the reader's language: its title, how many there are, the first of them; for how many more a
    line would stand.
    """

    title: str
    count: int
    lines: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Undated:
    """Somebody whose unit, position or role is another, and no day says since when: roster key, and what it is in words."""

    key: str
    line: str


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster that was handed in, beside what is kept now.

    `mistakes`: the first of `mistakes_count`; with one of them nothing of it may be kept. `other_office`: the office
    it is of, when that is not this one. `revision`: of the kept roster it was compared with; no `changes`: the same. `undated`: of whom a day is still to be said; `days`: what was said
    (dialogs/desk/roster_days.py) and fits, `unfit`: why the rest of it does not. `reviews`: whose open reviews it touches.
    """

    name: str
    sha256: str
    mistakes: tuple[str, ...] = ()
    mistakes_count: int = 0
    other_office: str = ""
    revision: int = 0
    changes: tuple[Changed, ...] = ()
    warnings: tuple[str, ...] = ()
    undated: tuple[Undated, ...] = ()
    days: Mapping[str, str] = field(default_factory=dict)
    unfit: tuple[str, ...] = ()
    reviews: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A catalogue, or the work of an office, that was handed in, beside what is kept. `what`: the purpose it was awaited for;
    `mistakes`: the first of `mistakes_count`, with one of them nothing may be kept. `seen`: number of the catalogue it was compared
    with; `stamp`: of all it would change; `nothing`: it changes nothing. `values`: what it changes, as templates take it.
    """

    name: str
    sha256: str
    what: str
    mistakes: tuple[str, ...] = ()
    mistakes_count: int = 0
    seen: int = 0
    stamp: str = ""
    nothing: bool = False
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EnclosureFile:
    """A file that was handed in for a dossier and is kept already. `kind`: what it was found to be; with `mistakes` it cannot be."""

    name: str
    sha256: str
    size: int
    kind: str = ""
    mistakes: tuple[str, ...] = ()
