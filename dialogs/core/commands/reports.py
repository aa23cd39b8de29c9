"""Reports of bodies, written by several."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameDrafter:
    """From now on this person answers for a body's report. `before`: who did."""

    review: int
    person: int
    before: int | None


@dataclass(frozen=True, slots=True)
class GivePart:
    """A part of a body's report (a section, item or question of its form) is somebody's to write until that day."""

    review: int
    place: str
    writer: int
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class FinishPart:
    """Its writer says that a part is done."""

    review: int
    part: int


@dataclass(frozen=True, slots=True)
class TakePartBack:
    """A part is nobody's any more; what was written stays."""

    review: int
    part: int


ReportCommand = NameDrafter | GivePart | FinishPart | TakePartBack
