"""The roster of an office as values: its units, people and second posts, by the names and keys the clerk gives."""

import datetime as dt
from dataclasses import dataclass

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
    `desk`: runs the campaigns of the office.
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


@dataclass(frozen=True, slots=True)
class RosterPost:
    """A second post (kiêm nhiệm) of the person `key`, in another unit than their own."""

    key: str
    unit: str
    position: str
    leader: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """An office, whole."""

    units: tuple[RosterUnit, ...]
    people: tuple[RosterPerson, ...]
    posts: tuple[RosterPost, ...] = ()

    @property
    def office(self) -> RosterUnit:
        """The root unit."""
        return next(unit for unit in self.units if not unit.parent)


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A person as kept. `left_on`: the last day of whoever is here no more."""

    id: int
    person: RosterPerson
    left_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class KeptRoster:
    """What is kept of an office, also the people who left; of units and posts only those there are."""

    entries: tuple[RosterEntry, ...] = ()
    units: tuple[RosterUnit, ...] = ()
    posts: tuple[RosterPost, ...] = ()

    @property
    def present(self) -> Roster:
        """The roster of those who are here."""
        return Roster(self.units, tuple(one.person for one in self.entries if one.left_on is None), self.posts)
