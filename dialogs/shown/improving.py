"""The lines of a plan of improvement, for its owner and for the head who may read it."""

import datetime as dt

from rules.nouns.reviews import Json
from rules.nouns.rulings import Improvement


def in_order(lines: tuple[Improvement, ...]) -> tuple[Improvement, ...]:
    """Open lines first, the nearest last day first; then those that are done."""
    return tuple(sorted(lines, key=lambda line: (line.done_on is not None, line.by, line.id)))


def values(line: Improvement, today: dt.date) -> dict[str, Json]:
    """A line as values of a template, also for those who may read somebody else's plan."""
    return {
        "what": line.what,
        "by": line.by.isoformat(),
        "year": line.year,
        "done": line.done_on.isoformat() if line.done_on else "",
        "late": line.done_on is None and line.by < today,
    }
