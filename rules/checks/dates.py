"""Checks of dates: milestones are written in the order of their days, and every rule is in force for some year."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from rules.book.editions import rating_day
from rules.book.milestones import timetable
from rules.book.rulebook import Rulebook, RulebookHead
from rules.checks.sources import Sources
from rules.nouns.errors import Mistake
from rules.reading.strict_yaml import Path


def date_mistakes(book: Rulebook, sources: Sources) -> Iterator[Mistake]:
    """Milestones that fall before the one written above them, and rules that are in force on no day of judgement."""
    yield from _never_in_force(book, sources)
    days = timetable(book, book.head.since.year)
    for (_, above), (path, entry) in pairwise(sources.entries("milestones")):
        due, before = days[entry["key"]], days[above["key"]]
        if due < before:
            yield sources.book.mistake(
                (*path, "due"),
                "milestone_order",
                due=f"{due:%d/%m/%Y}",
                before=above["key"],
                before_due=f"{before:%d/%m/%Y}",
            )


def _never_in_force(book: Rulebook, sources: Sources) -> Iterator[Mistake]:
    days = tuple(_judging(book.head))
    for path, first, last in _spans(sources.book.data, ()):
        if not any(first <= day <= last for day in days):
            yield sources.book.mistake(path, "never_in_force")


def _judging(head: RulebookHead) -> Iterator[dt.date]:
    """The days on which the rulebook judges: one for each year, and the last day in force for its newest edition."""
    until = head.until or dt.date(dt.MAXYEAR, 12, 31)
    yield until
    yield from (day for year in range(head.since.year, until.year + 1) if (day := rating_day(year)) <= until)


def _spans(part: Any, path: Path) -> Iterator[tuple[Path, dt.date, dt.date]]:
    """Every part of the file that has a `since` or `until`: its place, first day and last day."""
    if isinstance(part, dict) and ("since" in part or "until" in part):
        yield path, part.get("since", dt.date.min), part.get("until", dt.date.max)
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in inside:
        yield from _spans(value, (*path, key))
