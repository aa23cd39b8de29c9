"""Commands about the person's own plan of improvement."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddImprovement:
    """Add a line to the plan: what, and by when."""

    year: int
    what: str
    by: dt.date


@dataclass(frozen=True, slots=True)
class EndImprovement:
    """Mark a line of the plan as done, or remove it."""

    improvement: int
    done: bool


ImprovementCommand = AddImprovement | EndImprovement
