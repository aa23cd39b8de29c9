"""The differences between a new roster and the kept one, as values. `rules/roster/compare.py` finds them."""

import datetime as dt
from dataclasses import dataclass, fields

from rules.nouns.errors import Mistake
from rules.roster.people import RosterBody, RosterPerson, RosterPost, RosterUnit

#: How many changes of a kind are named; the rest are only counted.
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A person whose row differs. `fields`: names of fields of RosterPerson and its Service. Units have their new
    names.
    """

    id: int
    old: RosterPerson
    new: RosterPerson
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaver:
    """A person who leaves the office."""

    id: int
    person: RosterPerson
    #: The last day; for somebody missing in the new roster (`listed` False) the day of the import.
    on: dt.date
    listed: bool


@dataclass(frozen=True, slots=True)
class HeadChange:
    """The old and new head of `unit` (its new name); None: nobody."""

    unit: str
    old: RosterPerson | None
    new: RosterPerson | None


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit whose row differs. `fields`: of RosterUnit; it includes `name` if it is renamed, `parent` if it is moved."""

    old: RosterUnit
    new: RosterUnit
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stranded:
    """A mistake: a unit disappears although these people of it neither left nor moved."""

    unit: str
    people: tuple[RosterPerson, ...]

    @property
    def mistake(self) -> Mistake:
        """The mistake in the file."""
        names, more = [person.name for person in self.people[:MOST_NAMED]], max(0, len(self.people) - MOST_NAMED)
        values = {"unit": self.unit, "count": str(len(self.people)), "names": ", ".join(names)}
        return Mistake("", 0, "", "unit_vanished", {**values, "more": str(more) if more else ""})


@dataclass(frozen=True, slots=True)
class Reused:
    """A mistake: the key of somebody who left now has another name."""

    old: RosterPerson
    new: RosterPerson

    @property
    def mistake(self) -> Mistake:
        """The mistake in the file."""
        values = {"key": self.new.key, "old": self.old.name, "new": self.new.name}
        return Mistake("", 0, "", "key_of_leaver", values)


@dataclass(frozen=True, slots=True)
class Absent:
    """A mistake: the roster names somebody who has left for a unit or party body."""

    unit: str
    person: RosterPerson

    @property
    def mistake(self) -> Mistake:
        """The mistake in the file."""
        who = self.person
        values = {"unit": self.unit, "key": who.key, "name": who.name, "position": who.position, "seat": who.unit}
        return Mistake("", 0, "", "named_is_gone", values)


@dataclass(frozen=True, slots=True)
class Undated:
    """A person whose unit, position or role (`fields`) changes without a day, so the desk is asked for it."""

    id: int
    old: RosterPerson
    new: RosterPerson
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misdated:
    """A mistake: a day that cannot be the first of a post, because it is in the future or not after that of the post
    before.
    """

    person: RosterPerson
    day: dt.date
    #: The first day of the post before; None: the day is in the future.
    known: dt.date | None

    @property
    def mistake(self) -> Mistake:
        """The mistake in the file."""
        who = {"key": self.person.key, "name": self.person.name, "day": f"{self.day:%d/%m/%Y}"}
        if self.known is None:
            return Mistake("", 0, "", "day_to_come", who)
        return Mistake("", 0, "", "day_not_after", {**who, "known": f"{self.known:%d/%m/%Y}"})


Slip = Stranded | Reused | Absent | Misdated


@dataclass(frozen=True, slots=True)
class RosterChanges:
    """Everything that a new roster changes. It cannot be stored with `mistakes`, nor while something is `undated`."""

    joined: tuple[RosterPerson, ...] = ()
    #: People who had left and are back.
    returned: tuple[PersonChange, ...] = ()
    left: tuple[Leaver, ...] = ()
    #: Every row that differs, once, including those of leavers.
    changed: tuple[PersonChange, ...] = ()
    heads: tuple[HeadChange, ...] = ()
    units_new: tuple[RosterUnit, ...] = ()
    units_gone: tuple[RosterUnit, ...] = ()
    units_changed: tuple[UnitChange, ...] = ()
    posts_new: tuple[RosterPost, ...] = ()
    #: With the old names.
    posts_gone: tuple[RosterPost, ...] = ()
    #: With the new names.
    posts_changed: tuple[RosterPost, ...] = ()
    bodies_new: tuple[RosterBody, ...] = ()
    bodies_gone: tuple[RosterBody, ...] = ()
    #: In their new state.
    bodies_changed: tuple[RosterBody, ...] = ()
    undated: tuple[Undated, ...] = ()
    #: People whose change corrects what was wrong before.
    corrected: frozenset[int] = frozenset()
    mistakes: tuple[Slip, ...] = ()

    @property
    def moved(self) -> tuple[PersonChange, ...]:
        """People who are in another unit."""
        return tuple(change for change in self.changed if "unit" in change.fields)

    @property
    def renamed(self) -> tuple[PersonChange, ...]:
        """People with another name or key."""
        return tuple(change for change in self.changed if {"name", "key"} & set(change.fields))

    @property
    def concerned(self) -> frozenset[int]:
        """The ids of all known people whose own row changes, or who left."""
        return frozenset([*(one.id for one in (*self.changed, *self.returned)), *(one.id for one in self.left)])

    @property
    def nothing(self) -> bool:
        """Whether both rosters are equal."""
        return not any(getattr(self, field.name) for field in fields(self) if field.name != "corrected")
