"""What the shell read in a file that somebody handed in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changed:
    """A kind of change in the words of the reader's language: its title, how many there are, the first of them."""

    title: str
    count: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RosterFile:
    """A roster that was handed in, beside what is kept now.

    `mistakes`: the first of `mistakes_count`; with one of them nothing of it may be kept. `other_office`: the office
    it is of, when that is not this one. `revision`: of the kept roster it was compared with; no `changes`: the same.
    """

    name: str
    sha256: str
    mistakes: tuple[str, ...] = ()
    mistakes_count: int = 0
    other_office: str = ""
    revision: int = 0
    changes: tuple[Changed, ...] = ()
    warnings: tuple[str, ...] = ()
