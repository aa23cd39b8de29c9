"""A roster as values, and what can be wrong with one."""

from dataclasses import dataclass

from rules.errors import TusoiError
from rules.values import Subject


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """A unit; the office itself is the one without a parent. `above` is the body above the office;
    `desk`: the unit runs the campaigns.
    """

    name: str
    parent: str
    above: str = ""
    desk: bool = False


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A person. `role` is `head`, `deputy` or "" within `unit`."""

    key: str
    name: str
    position: str
    unit: str
    subject: Subject
    leader: bool
    role: str
    party_member: bool
    serves_public: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """An office, whole."""

    units: tuple[RosterUnit, ...]
    people: tuple[RosterPerson, ...]

    @property
    def office(self) -> RosterUnit:
        """The root unit."""
        return next(unit for unit in self.units if not unit.parent)


@dataclass(frozen=True, slots=True)
class RosterMistake:
    """One mistake. `cell` is e.g. `Danh sách!C5`, or the name of a sheet or file."""

    cell: str
    column: str
    expected: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.cell, self.column, self.expected) if part)


class RosterErrors(TusoiError):
    """All mistakes of a roster file, at once, in Vietnamese: where, and what was expected."""

    def __init__(self, mistakes: tuple[RosterMistake, ...]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes
