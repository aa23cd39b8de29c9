"""The person's own plan of improvement."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AddImprovement:
    """A line of the person's own plan: what, by when."""

    year: int
    what: str
    by: dt.date


@dataclass(frozen=True, slots=True)
class EndImprovement:
    """A line of the plan is done, or taken out."""

    improvement: int
    done: bool


ImprovementCommand = AddImprovement | EndImprovement
