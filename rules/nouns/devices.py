"""How somebody's devices came in, where that was by a code that another person gave them."""

import datetime as dt
from dataclasses import dataclass

#: So long a code given anew waits, unless whom it is for agrees on a device they have, or it is hastened.
WAITS = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """A code given anew to somebody who had come in before: by whom (None: by the installation's own command), who that was
    then, and when. `first`: a newcomer's first code, which a head gave in chat and nobody else has confirmed since. `through`: who
    had let in the device from which it was given.
    """

    by: int | None
    name: str
    position: str
    at: dt.datetime
    first: bool = False
    through: tuple[int, ...] = ()

    @property
    def bars(self) -> frozenset[int]:
        """Who never acts on what is sent from a device that came in by it."""
        return frozenset(self.through) if self.by is None else frozenset({self.by, *self.through})


@dataclass(frozen=True, slots=True)
class WaitingCode:
    """A code given anew that is not used yet. `opens_at`: from when on it opens; `hastened_by`, `reason`: who of the desk asks
    for it to open at once, and why; somebody else has to agree.
    """

    id: int
    person: int
    given: CodeGiven
    opens_at: dt.datetime
    hastened_by: int | None = None
    hastened_by_name: str = ""
    reason: str = ""

    def waits(self, now: dt.datetime) -> bool:
        """Whether it does not open yet."""
        return now < self.opens_at
