"""The present state of a meeting."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.meeting.nouns.items import Item, ItemStatus, Words
from rules.meeting.nouns.people import Member


class Status(StrEnum):
    """The stage of a meeting."""

    CALLED = "called"  # not begun
    RUNNING = "running"
    INTERRUPTED = "interrupted"  # goes on another day
    CLOSED = "closed"  # its minutes are being read
    ADOPTED = "adopted"  # its minutes stand
    CANCELLED = "cancelled"


#: Final stages.
OVER = frozenset({Status.ADOPTED, Status.CANCELLED})


@dataclass(frozen=True, slots=True)
class Session:
    """The time from opening to interruption or end. `why`: the reason for an interruption."""

    since: dt.datetime
    until: dt.datetime | None = None
    why: str = ""


class Handover(StrEnum):
    """Why the chair passes to somebody else without a written reason. The names are stored in the database."""

    OWN = "own"  # an item about the person in the chair is reviewed
    BACK = "back"  # that review is finished


@dataclass(frozen=True, slots=True)
class Chairing:
    """Who took the chair, and when."""

    person: int
    name: str
    since: dt.datetime
    #: The written reason; without one, `why` gives the reason and `cite` the clause.
    line: str = ""
    why: Handover | None = None
    cite: str = ""


@dataclass(frozen=True, slots=True)
class MinutesVersion:
    """A version of the minutes that was laid before those present, with their agreements and remarks."""

    number: int
    fingerprint: str
    by_name: str
    at: dt.datetime
    agreed: Mapping[int, dt.datetime] = field(default_factory=dict)
    remarks: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a unit in a campaign."""

    id: int
    campaign: int
    unit: int
    unit_name: str
    office: str
    starts: str = ""
    place: str = ""
    status: Status = Status.CALLED
    members: tuple[Member, ...] = ()
    #: In the order of the agenda.
    items: tuple[Item, ...] = ()
    chairs: tuple[Chairing, ...] = ()
    secretary: int | None = None
    #: For a party body: its secretary and deputy secretary when the meeting was called.
    leaders: tuple[int, ...] = ()
    sessions: tuple[Session, ...] = ()
    proposals: tuple[Words, ...] = ()
    minutes: tuple[MinutesVersion, ...] = ()
    order_kept: str = ""
    #: The fingerprint of the adopted minutes.
    adopted_mark: str = ""
    #: Who called it.
    caller: int | None = None
    #: The number of the last happening.
    last: int = 0
    #: An item has been reviewed since the opening, so whoever comes now is late.
    under_way: bool = False
    #: Something changed since the newest version of the minutes.
    changed: bool = False
    #: The authority discusses the units' packages in it.
    consults: bool = False
    #: The title of such a meeting, if the text has one.
    title: str = ""
    #: Who has the invitation as it would be sent now.
    asked: frozenset[int] = frozenset()
    #: When it was last sent like that; None: not yet.
    asked_at: dt.datetime | None = None

    @property
    def chair(self) -> int | None:
        """Who is in the chair now."""
        return self.chairs[-1].person if self.chairs else None

    @property
    def present(self) -> tuple[Member, ...]:
        """The people who are present now."""
        return tuple(one for one in self.members if one.present)

    def own_word(self, member: Member) -> bool:
        """Whether the person is present only by their own tap, while others used the code on the wall."""
        by_code = any(stay.by_code for one in self.members for stay in one.stays)
        return by_code and member.present and not member.stays[-1].seen and member.id != self.chair

    @property
    def called(self) -> tuple[Member, ...]:
        """Those who count for the quorum: everybody called, without guests."""
        return tuple(one for one in self.members if not one.guest)

    @property
    def open_item(self) -> Item | None:
        """The item under review now."""
        return next((one for one in self.items if one.status is ItemStatus.OPEN), None)

    @property
    def newest(self) -> MinutesVersion | None:
        """The newest version of the minutes."""
        return self.minutes[-1] if self.minutes else None

    @property
    def started(self) -> bool:
        """Whether it was ever opened."""
        return bool(self.sessions)

    def member(self, person: int) -> Member | None:
        """A member or guest of the meeting."""
        return next((one for one in self.members if one.id == person), None)

    def item(self, review: int) -> Item | None:
        """An item on the agenda."""
        return next((one for one in self.items if one.review == review), None)

    def name(self, person: int | None) -> str:
        """The name of a member or guest."""
        found = self.member(person) if person else None
        named = {one.person: one.name for one in self.chairs}
        return found.name if found else named.get(person or 0, "")
