"""The course of a campaign, day by day, against the dates of its plan: cumulative sums, and their positions in a chart."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

#: The margin before the first and after the last event.
_BESIDE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """A point of a chart, measured from its left and bottom edges, from 0 to 1."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Course:
    """The cumulative sums of each line, from the first day to the last."""

    first: dt.date
    last: dt.date
    total: int
    lines: Mapping[str, tuple[CoursePoint, ...]]
    #: Days of the plan, with their horizontal positions.
    marks: tuple[tuple[dt.date, float], ...]
    today: float


def course(
    counts: Mapping[str, Sequence[tuple[dt.date, int]]], marks: Sequence[dt.date], total: int, today: dt.date
) -> Course | None:
    """The course of a campaign of `total` reviews; None: there is nothing to show. `counts`: line → day → how many came
    that day.
    """
    came = [day for some in counts.values() for day, _ in some]
    if not total or not (came or marks):
        return None
    first, last = min([*came, *marks, today]) - _BESIDE, max([*came, *marks, today]) + _BESIDE

    def right(day: dt.date) -> float:
        return (day - first).days / (last - first).days

    lines = {name: _line(some, right, total, today) for name, some in counts.items()}
    return Course(first, last, total, lines, tuple((day, right(day)) for day in sorted(set(marks))), right(today))


def _line(
    some: Sequence[tuple[dt.date, int]], right: Callable[[dt.date], float], total: int, today: dt.date
) -> tuple[CoursePoint, ...]:
    """The steps of a line: a sum holds until the day on which more come, up to today."""
    places = [CoursePoint(0.0, 0.0)]
    days = sorted(some)
    for (day, _), so_far in zip(days, accumulate(count for _, count in days), strict=True):
        places += [CoursePoint(right(day), places[-1].y), CoursePoint(right(day), min(1.0, so_far / total))]
    return (*places, CoursePoint(max(right(today), places[-1].x), places[-1].y))


def by_then(some: Sequence[tuple[dt.date, int]], day: dt.date) -> int:
    """How many had come by the end of a day."""
    return sum(count for at, count in some if at <= day)
