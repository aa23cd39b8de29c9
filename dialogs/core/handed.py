"""What the shell found in a file that somebody handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.reviews import Json


@dataclass(frozen=True, slots=True)
class Changed:
    """One kind of change, in the reader's language."""

    title: str
    #: How many changes of this kind there are.
    count: int
    #: The first of them.
    lines: tuple[str, ...]
    #: How many further changes have no line here.
    more: int = 0


@dataclass(frozen=True, slots=True)
class Undated:
    """A person whose unit, position or role changes although the file does not say since when: roster key, and the
    change in words.
    """

    key: str
    line: str


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster that was handed in, compared with the one that is kept now."""

    name: str
    sha256: str
    #: The first of `mistakes_count` mistakes; with even one, nothing may be stored.
    mistakes: tuple[str, ...] = ()
    mistakes_count: int = 0
    #: The office it belongs to, if that is not this one.
    other_office: str = ""
    #: The revision of the kept roster it was compared with.
    revision: int = 0
    #: Empty when nothing differs.
    changes: tuple[Changed, ...] = ()
    warnings: tuple[str, ...] = ()
    #: The people for whom a day still has to be given.
    undated: tuple[Undated, ...] = ()
    #: The days given so far that fit (dialogs/desk/roster_days.py); `unfit` says why others do not.
    days: Mapping[str, str] = field(default_factory=dict)
    unfit: tuple[str, ...] = ()
    #: The people whose open reviews are affected.
    reviews: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """A catalogue, or the work of an office, that was handed in, compared with what is kept."""

    name: str
    sha256: str
    #: The purpose for which the file was awaited.
    what: str
    #: The first of `mistakes_count` mistakes; with even one, nothing may be stored.
    mistakes: tuple[str, ...] = ()
    mistakes_count: int = 0
    #: The number of the catalogue it was compared with.
    seen: int = 0
    #: Of everything it would change.
    stamp: str = ""
    #: It changes nothing.
    nothing: bool = False
    #: The changes, as templates take them.
    values: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EnclosureFile:
    """A file that was handed in for a dossier and is already stored. With `mistakes` it was not accepted."""

    name: str
    sha256: str
    size: int
    #: The detected file type.
    kind: str = ""
    mistakes: tuple[str, ...] = ()
