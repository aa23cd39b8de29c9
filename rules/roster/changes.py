"""What a new roster changes of the one that is kept, as values. rules/roster/compare.py finds it."""

import datetime as dt
from dataclasses import dataclass, fields

from rules.nouns.errors import Mistake
from rules.roster.people import RosterBody, RosterPerson, RosterPost, RosterUnit

#: So many of a kind are named; the rest are counted.
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class PersonChange:
    """A person whose row differs. `fields`: of RosterPerson and of its Service. `new` says it in the new names."""

    id: int
    old: RosterPerson
    new: RosterPerson
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who is here no more from now on. `on`: last day; the day of the import for whoever is in it no more
    (`listed` False).
    """

    id: int
    person: RosterPerson
    on: dt.date
    listed: bool


@dataclass(frozen=True, slots=True)
class HeadChange:
    """Who heads `unit` (its new name); None: nobody."""

    unit: str
    old: RosterPerson | None
    new: RosterPerson | None


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit whose row differs. `fields`: of RosterUnit; `name` when it is renamed, `parent` when it is moved."""

    old: RosterUnit
    new: RosterUnit
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stranded:
    """A unit that is gone while these people of it neither left with a last day nor went elsewhere: a mistake."""

    unit: str
    people: tuple[RosterPerson, ...]

    @property
    def mistake(self) -> Mistake:
        """The same as a mistake of the file."""
        names, more = [person.name for person in self.people[:MOST_NAMED]], max(0, len(self.people) - MOST_NAMED)
        values = {"unit": self.unit, "count": str(len(self.people)), "names": ", ".join(names)}
        return Mistake("", 0, "", "unit_vanished", {**values, "more": str(more) if more else ""})


@dataclass(frozen=True, slots=True)
class Reused:
    """The key of somebody who left, now of another name: a mistake."""

    old: RosterPerson
    new: RosterPerson

    @property
    def mistake(self) -> Mistake:
        """The same as a mistake of the file."""
        values = {"key": self.new.key, "old": self.old.name, "new": self.new.name}
        return Mistake("", 0, "", "key_of_leaver", values)


@dataclass(frozen=True, slots=True)
class Absent:
    """A unit or party body for which the roster names somebody who has left: a mistake."""

    unit: str
    person: RosterPerson

    @property
    def mistake(self) -> Mistake:
        """The same as a mistake of the file."""
        who = self.person
        values = {"unit": self.unit, "key": who.key, "name": who.name, "position": who.position, "seat": who.unit}
        return Mistake("", 0, "", "named_is_gone", values)


@dataclass(frozen=True, slots=True)
class Undated:
    """A person whose unit, position or role (`fields`) is another, and no day says since when: it is asked."""

    id: int
    old: RosterPerson
    new: RosterPerson
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Misdated:
    """A day that cannot be the first of somebody's post: to come, or not after that of the post before. A mistake."""

    person: RosterPerson
    day: dt.date
    known: dt.date | None  # of the post before; None: the day is to come

    @property
    def mistake(self) -> Mistake:
        """The same as a mistake of the file."""
        who = {"key": self.person.key, "name": self.person.name, "day": f"{self.day:%d/%m/%Y}"}
        if self.known is None:
            return Mistake("", 0, "", "day_to_come", who)
        return Mistake("", 0, "", "day_not_after", {**who, "known": f"{self.known:%d/%m/%Y}"})


Slip = Stranded | Reused | Absent | Misdated


@dataclass(frozen=True, slots=True)
class RosterChanges:
    """Everything that a new roster changes. With `mistakes` it may not be carried out, nor while something is `undated`."""

    joined: tuple[RosterPerson, ...] = ()
    returned: tuple[PersonChange, ...] = ()  # had left, is here again
    left: tuple[Leaver, ...] = ()
    changed: tuple[PersonChange, ...] = ()  # every row that differs, once, those of leavers too
    heads: tuple[HeadChange, ...] = ()
    units_new: tuple[RosterUnit, ...] = ()
    units_gone: tuple[RosterUnit, ...] = ()
    units_changed: tuple[UnitChange, ...] = ()
    posts_new: tuple[RosterPost, ...] = ()
    posts_gone: tuple[RosterPost, ...] = ()  # by the kept names
    posts_changed: tuple[RosterPost, ...] = ()  # by the new names
    bodies_new: tuple[RosterBody, ...] = ()
    bodies_gone: tuple[RosterBody, ...] = ()
    bodies_changed: tuple[RosterBody, ...] = ()  # as they are from now on
    undated: tuple[Undated, ...] = ()
    corrected: frozenset[int] = frozenset()  # whose change is a correction of what was written before
    mistakes: tuple[Slip, ...] = ()

    @property
    def moved(self) -> tuple[PersonChange, ...]:
        """Who is in another unit."""
        return tuple(change for change in self.changed if "unit" in change.fields)

    @property
    def renamed(self) -> tuple[PersonChange, ...]:
        """Who has another name or key."""
        return tuple(change for change in self.changed if {"name", "key"} & set(change.fields))

    @property
    def concerned(self) -> frozenset[int]:
        """The ids of everybody kept whose own row changes, or who left."""
        return frozenset([*(one.id for one in (*self.changed, *self.returned)), *(one.id for one in self.left)])

    @property
    def nothing(self) -> bool:
        """Whether both say the same."""
        return not any(getattr(self, field.name) for field in fields(self) if field.name != "corrected")
