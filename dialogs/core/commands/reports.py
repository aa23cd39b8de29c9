"""Commands about the reports of bodies, which several people write."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NameDrafter:
    """Make this person the drafter of a body's report. `before`: the drafter until now."""

    review: int
    person: int
    before: int | None


@dataclass(frozen=True, slots=True)
class GivePart:
    """Assign a part of a body's report (a section, item or question of its form) to a writer, until a day."""

    review: int
    place: str
    writer: int
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class FinishPart:
    """The writer declares a part done."""

    review: int
    part: int


@dataclass(frozen=True, slots=True)
class TakePartBack:
    """Take a part back from its writer. What was written stays."""

    review: int
    part: int


ReportCommand = NameDrafter | GivePart | FinishPart | TakePartBack
