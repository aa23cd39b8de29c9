"""Milestones stand in the order of their days."""

from collections.abc import Iterator
from itertools import pairwise

from rules.checks.sources import Sources
from rules.errors import Mistake
from rules.milestones import timetable
from rules.rulebook import Rulebook


def date_mistakes(book: Rulebook, sources: Sources) -> Iterator[Mistake]:
    """Milestones of the file that fall before the one written above them."""
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
