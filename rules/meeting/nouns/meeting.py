"""A meeting as it stands."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.meeting.nouns.items import Item, ItemStatus, Words
from rules.meeting.nouns.people import Member


class Status(StrEnum):
    """Where a meeting stands."""

    CALLED = "called"  # not begun
    RUNNING = "running"
    INTERRUPTED = "interrupted"  # goes on another day
    CLOSED = "closed"  # its minutes are read
    ADOPTED = "adopted"  # its minutes stand
    CANCELLED = "cancelled"


#: Nothing happens in it any more.
OVER = frozenset({Status.ADOPTED, Status.CANCELLED})


@dataclass(frozen=True, slots=True)
class Session:
    """From the opening to the interruption or the end. `why`: of an interruption."""

    since: dt.datetime
    until: dt.datetime | None = None
    why: str = ""


class Handover(StrEnum):
    """Why the chair goes to somebody else, where nobody wrote a line on it. The names stand in the database."""

    OWN = "own"  # something about who had it is gone through
    BACK = "back"  # that is done


@dataclass(frozen=True, slots=True)
class Chairing:
    """Who had the chair from when, and with which line it came to them; without a line `why`, and by which clause (`cite`)."""

    person: int
    name: str
    since: dt.datetime
    line: str = ""
    why: Handover | None = None
    cite: str = ""


@dataclass(frozen=True, slots=True)
class MinutesVersion:
    """A version of the minutes that was laid before those present; who agreed to it, who has a remark."""

    number: int
    fingerprint: str
    by_name: str
    at: dt.datetime
    agreed: Mapping[int, dt.datetime] = field(default_factory=dict)
    remarks: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a unit in a campaign. `items` are in the order of the agenda; `last`: the number of the last thing that happened."""

    id: int
    campaign: int
    unit: int
    unit_name: str
    office: str
    starts: str = ""
    place: str = ""
    status: Status = Status.CALLED
    members: tuple[Member, ...] = ()
    items: tuple[Item, ...] = ()
    chairs: tuple[Chairing, ...] = ()
    secretary: int | None = None
    leaders: tuple[int, ...] = ()  # of a party body's meeting: its secretary and deputy secretary when it was called
    sessions: tuple[Session, ...] = ()
    proposals: tuple[Words, ...] = ()
    minutes: tuple[MinutesVersion, ...] = ()
    order_kept: str = ""
    adopted_mark: str = ""  # the fingerprint of the minutes as they stand
    caller: int | None = None  # who called it
    last: int = 0
    under_way: bool = False  # something was gone through since it was opened: who comes now is late
    changed: bool = False  # since the newest version of the minutes
    consults: bool = False  # the authority looks in it at what units sent up
    title: str = ""  # of such a meeting, where the text names it

    @property
    def chair(self) -> int | None:
        """Who has the chair now."""
        return self.chairs[-1].person if self.chairs else None

    @property
    def present(self) -> tuple[Member, ...]:
        """Who is there now."""
        return tuple(one for one in self.members if one.present)

    def own_word(self, member: Member) -> bool:
        """Whether somebody is there by their own word alone, while others came by the code on the wall."""
        by_code = any(stay.by_code for one in self.members for stay in one.stays)
        return by_code and member.present and not member.stays[-1].seen and member.id != self.chair

    @property
    def called(self) -> tuple[Member, ...]:
        """Who counts for a quorum: everybody who was called, without guests."""
        return tuple(one for one in self.members if not one.guest)

    @property
    def open_item(self) -> Item | None:
        """What is gone through now."""
        return next((one for one in self.items if one.status is ItemStatus.OPEN), None)

    @property
    def newest(self) -> MinutesVersion | None:
        """The newest version of the minutes."""
        return self.minutes[-1] if self.minutes else None

    @property
    def started(self) -> bool:
        """Whether it ever began."""
        return bool(self.sessions)

    def member(self, person: int) -> Member | None:
        """Somebody who was called, or asked besides."""
        return next((one for one in self.members if one.id == person), None)

    def item(self, review: int) -> Item | None:
        """A thing on the agenda."""
        return next((one for one in self.items if one.review == review), None)

    def name(self, person: int | None) -> str:
        """How somebody of the meeting is called."""
        found = self.member(person) if person else None
        named = {one.person: one.name for one in self.chairs}
        return found.name if found else named.get(person or 0, "")
