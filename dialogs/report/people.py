"""Choosing a person for a report: people of the body's unit come first, and a name can be typed."""

from dialogs.core.knowledge.reports import ReportView
from dialogs.core.state import State
from dialogs.report.guard import view_of
from rules.nouns.alphabet import by_name
from rules.nouns.people import Person
from rules.nouns.reviews import Review
from rules.nouns.values import BODIES


def members(state: State, review: Review, but: int | None = None) -> list[Person]:
    """The people who may draft the report or write in it: those present in the office, the body's unit first, and its
    leaders before the others.
    """
    view, today = view_of(state), state.now.date()
    here = (one for one in view.people if one.subject not in BODIES and one.id != but)
    there = [one for one in here if one.service.left is None or one.service.left >= today]
    unit = review.person.unit_id
    return sorted(
        there, key=lambda one: (one.unit_id != unit, not (one.head or one.deputy), *by_name(one.name), one.id)
    )


def member(view: ReportView, person: int) -> Person | None:
    """The person with that id, if they may be chosen."""
    return next((one for one in view.people if one.id == person and one.subject not in BODIES), None)
