"""The roster of an office as values: its units, people and second posts, with the clerk's own names and keys."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.errors import Cell
from rules.nouns.people import Gender
from rules.nouns.service import NO_SERVICE, Service
from rules.nouns.values import Subject

#: The word that a clerk writes as `authority` of a unit whose people an authority outside decides.
OUTSIDE = "cấp trên"


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """A unit. The one without a parent is the office itself."""

    name: str
    parent: str
    #: The body above the office.
    above: str = ""
    #: Whether the unit runs the campaigns.
    desk: bool = False
    #: The key of the leader in charge of it from above.
    in_charge: str = ""
    #: The key of who decides here and below ("": as above it, at the top the head of the office), or OUTSIDE for the
    #: people of this very unit.
    authority: str = ""


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A person."""

    key: str
    name: str
    position: str
    unit: str
    subject: Subject
    leader: bool
    #: `head`, `deputy` or "" within `unit`.
    role: str
    party_member: bool
    serves_public: bool
    #: Nhóm đối tượng có nhiệm vụ tương đồng.
    group: str = ""
    #: Runs the campaigns of the office.
    desk: bool = False
    service: Service = NO_SERVICE
    #: First day in this unit, as `position_since` and `role_since` for position and role; None: not known.
    unit_since: dt.date | None = None
    position_since: dt.date | None = None
    role_since: dt.date | None = None
    #: None: not given.
    gender: Gender | None = None


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
    """A party body (chi bộ, đảng ủy) of the office's members. People are given by key."""

    name: str
    #: The body above it.
    above: str = ""
    secretary: str = ""
    deputy: str = ""
    #: Who acts for the committee that decides about its members, or OUTSIDE.
    authority: str = ""

    @property
    def leaders(self) -> tuple[str, ...]:
        """The keys of all people named by it."""
        return tuple(key for key in (self.secretary, self.deputy, self.authority) if key and key != OUTSIDE)


@dataclass(frozen=True, slots=True)
class RosterPlaces:
    """Where the file has its data on people: key → row, field of RosterPerson → column."""

    sheet: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)

    def cell(self, key: str, name: str) -> Cell | None:
        """The cell of that field of the person; None without a file."""
        return Cell(self.sheet, f"{self.columns[name]}{self.rows[key]}") if key in self.rows else None


NO_PLACES = RosterPlaces()


@dataclass(frozen=True, slots=True)
class Roster:
    """The whole roster of an office."""

    units: tuple[RosterUnit, ...]
    people: tuple[RosterPerson, ...]
    posts: tuple[RosterPost, ...] = ()
    #: None: the file says nothing of party bodies, so those kept remain.
    bodies: tuple[RosterBody, ...] | None = None
    #: Keys of people whose different unit, position or role corrects a mistake instead of being a change.
    corrected: frozenset[str] = frozenset()
    #: Where the file has its data on people.
    places: RosterPlaces = field(default=NO_PLACES, compare=False)

    @property
    def office(self) -> RosterUnit:
        """The root unit."""
        return next(unit for unit in self.units if not unit.parent)


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A person as stored. `left_on`: the last day of a person who has left. `since`: first day of the present post."""

    id: int
    person: RosterPerson
    left_on: dt.date | None = None
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class KeptRoster:
    """What is stored of an office, including people who have left, but only present units and posts."""

    entries: tuple[RosterEntry, ...] = ()
    units: tuple[RosterUnit, ...] = ()
    posts: tuple[RosterPost, ...] = ()
    bodies: tuple[RosterBody, ...] = ()

    @property
    def present(self) -> Roster:
        """The roster of the people who are present."""
        people = tuple(one.person for one in self.entries if one.left_on is None)
        return Roster(self.units, people, self.posts, self.bodies)
