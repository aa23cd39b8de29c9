"""The roster of an office as values: its units, people and second posts, by the names and keys the clerk gives."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.errors import Cell
from rules.nouns.people import Gender
from rules.nouns.service import NO_SERVICE, Service
from rules.nouns.values import Subject

#: What stands as `authority` of a unit whose people an authority outside decides: the word a clerk writes.
OUTSIDE = "cấp trên"


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """A unit; the office itself is the one without a parent. `above` is the body above the office;
    `desk`: the unit runs the campaigns. `in_charge`: key of the leader in charge of it from above;
    `authority`: key of who decides here and below ("": as above it, at the top the head of the office); or OUTSIDE, for
    the people of this very unit.
    """

    name: str
    parent: str
    above: str = ""
    desk: bool = False
    in_charge: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A person. `role` is `head`, `deputy` or "" within `unit`. `group`: nhóm đối tượng có nhiệm vụ tương đồng;
    `desk`: runs the campaigns of the office. Since when they are in this unit, hold this position and this role; None: not
    known.
    """

    key: str
    name: str
    position: str
    unit: str
    subject: Subject
    leader: bool
    role: str
    party_member: bool
    serves_public: bool
    group: str = ""
    desk: bool = False
    service: Service = NO_SERVICE
    unit_since: dt.date | None = None
    position_since: dt.date | None = None
    role_since: dt.date | None = None
    gender: Gender | None = None  # None: not said


@dataclass(frozen=True, slots=True)
class RosterPost:
    """A second post (kiêm nhiệm) of the person `key`, in another unit than their own."""

    key: str
    unit: str
    position: str
    leader: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class RosterBody:
    """A party body (chi bộ, đảng ủy) of the office's members. `above`: the body above it; keys of its secretary, its deputy
    secretary, and of who acts for the committee that decides about its members; or OUTSIDE.
    """

    name: str
    above: str = ""
    secretary: str = ""
    deputy: str = ""
    authority: str = ""

    @property
    def leaders(self) -> tuple[str, ...]:
        """The keys it names."""
        return tuple(key for key in (self.secretary, self.deputy, self.authority) if key and key != OUTSIDE)


@dataclass(frozen=True, slots=True)
class RosterPlaces:
    """Where a file has what it says of people: row by key, column by field of RosterPerson."""

    sheet: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)

    def cell(self, key: str, name: str) -> Cell | None:
        """The cell of that field of the person; None when there is no file."""
        return Cell(self.sheet, f"{self.columns[name]}{self.rows[key]}") if key in self.rows else None


NO_PLACES = RosterPlaces()


@dataclass(frozen=True, slots=True)
class Roster:
    """An office, whole. `corrected`: keys of people whose unit, position and role are no change but were written wrongly
    before. `places`: where the file has what it says of people. `bodies` None: it says nothing of party bodies, and those
    that are kept stay.
    """

    units: tuple[RosterUnit, ...]
    people: tuple[RosterPerson, ...]
    posts: tuple[RosterPost, ...] = ()
    bodies: tuple[RosterBody, ...] | None = None
    corrected: frozenset[str] = frozenset()
    places: RosterPlaces = field(default=NO_PLACES, compare=False)

    @property
    def office(self) -> RosterUnit:
        """The root unit."""
        return next(unit for unit in self.units if not unit.parent)


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A person as kept. `left_on`: the last day of whoever is here no more. `since`: their present post's first day."""

    id: int
    person: RosterPerson
    left_on: dt.date | None = None
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class KeptRoster:
    """What is kept of an office, also the people who left; of units and posts only those there are."""

    entries: tuple[RosterEntry, ...] = ()
    units: tuple[RosterUnit, ...] = ()
    posts: tuple[RosterPost, ...] = ()
    bodies: tuple[RosterBody, ...] = ()

    @property
    def present(self) -> Roster:
        """The roster of those who are here."""
        people = tuple(one.person for one in self.entries if one.left_on is None)
        return Roster(self.units, people, self.posts, self.bodies)
