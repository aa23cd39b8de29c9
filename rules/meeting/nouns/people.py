"""Who is called to a meeting, and from when to when they were there."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stay:
    """From when to when somebody was there; None: still. `late`: something was gone through already when they came. `seen`: by the code on the wall, or
    by who leads or writes; else it is their own word. `by_code`: by that code.
    """

    since: dt.datetime
    until: dt.datetime | None = None
    late: bool = False
    seen: bool = False
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """Who is called to the meeting, as they were then. `guest`: asked besides."""

    id: int
    name: str
    position: str
    head: bool = False
    deputy: bool = False
    guest: bool = False
    stays: tuple[Stay, ...] = ()
    cause: str | None = None  # said to be absent, and why; None: nobody said so

    @property
    def late(self) -> bool:
        """Whether they first came when something was gone through already."""
        return bool(self.stays) and self.stays[0].late

    @property
    def present(self) -> bool:
        """Whether they are there now."""
        return bool(self.stays) and self.stays[-1].until is None

    @property
    def came(self) -> bool:
        """Whether they ever were."""
        return bool(self.stays)
