"""The members and guests of a meeting, and when they were present."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stay:
    """A time during which somebody was present. `until` None: they still are."""

    since: dt.datetime
    until: dt.datetime | None = None
    #: An item had been reviewed before they came.
    late: bool = False
    #: Confirmed by the code on the wall, or by the chair or secretary; otherwise only by their own tap.
    seen: bool = False
    #: Confirmed by the code on the wall.
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A person called to the meeting, as they were then. `guest`: invited in addition."""

    id: int
    name: str
    position: str
    head: bool = False
    deputy: bool = False
    guest: bool = False
    stays: tuple[Stay, ...] = ()
    #: The reason given for their absence; None: they were not reported absent.
    cause: str | None = None

    @property
    def late(self) -> bool:
        """Whether they first came after an item had been reviewed."""
        return bool(self.stays) and self.stays[0].late

    @property
    def present(self) -> bool:
        """Whether they are present now."""
        return bool(self.stays) and self.stays[-1].until is None

    @property
    def came(self) -> bool:
        """Whether they were ever present."""
        return bool(self.stays)
