"""How a person's device was signed in, where that was with a code given by another person."""

import datetime as dt
from dataclasses import dataclass

#: How long a reissued code waits before it works, unless its owner agrees on another device or the desk has the wait
#: shortened.
WAITS = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """A code given anew: issued to a person who had signed in before, as it stood at that time."""

    #: The giver's person id; None: the installation's command line.
    by: int | None
    name: str
    position: str
    at: dt.datetime
    #: Whether it is a newcomer's first code, given by a head in chat and not yet confirmed by anyone else.
    first: bool = False
    #: The people whose codes let in the device from which this code was given.
    through: tuple[int, ...] = ()

    @property
    def bars(self) -> frozenset[int]:
        """Who may never act on a draft sent from a device that signed in with this code."""
        return frozenset(self.through) if self.by is None else frozenset({self.by, *self.through})


@dataclass(frozen=True, slots=True)
class WaitingCode:
    """A code given anew that has not been used yet."""

    id: int
    person: int
    given: CodeGiven
    #: The code works from this moment on.
    opens_at: dt.datetime
    #: The member of the desk who asks that it work at once; somebody else has to agree.
    hastened_by: int | None = None
    hastened_by_name: str = ""
    #: Why the desk asks for that.
    reason: str = ""

    def waits(self, now: dt.datetime) -> bool:
        """Whether the code does not work yet at that time."""
        return now < self.opens_at
