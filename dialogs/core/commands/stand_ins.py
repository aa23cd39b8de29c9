"""Stand-ins for heads who are absent."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetStandIn:
    """Somebody acts for an absent head on these days."""

    absent: int
    stand_in: int
    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class EndStandIn:
    """The absent head is back, or it was a mistake."""

    id: int


StandInCommand = SetStandIn | EndStandIn
