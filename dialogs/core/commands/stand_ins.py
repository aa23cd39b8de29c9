"""Commands about stand-ins for absent heads."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetStandIn:
    """Let a person act for an absent head on these days."""

    absent: int
    stand_in: int
    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class EndStandIn:
    """End that: the head is back, or it was a mistake."""

    id: int


StandInCommand = SetStandIn | EndStandIn
