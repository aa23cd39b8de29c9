"""Choosing a person for a report: people of the body's unit come first, and a name can be typed."""

from dialogs.core.knowledge.reports import ReportView
from dialogs.core.state import State
from dialogs.report.guard import view_of
from rules.nouns.alphabet import by_name
from rules.nouns.people import Person
from rules.nouns.reviews import Review
from rules.nouns.values import BODIES


def members(state: State, review: Review, but: int | None = None) -> list[Person]:
    """Who may draft it or write in it: people of the office who are here, those of its unit first, who leads before the others."""
    view, today = view_of(state), state.now.date()
    here = (one for one in view.people if one.subject not in BODIES and one.id != but)
    there = [one for one in here if one.service.left is None or one.service.left >= today]
    unit = review.person.unit_id
    return sorted(
        there, key=lambda one: (one.unit_id != unit, not (one.head or one.deputy), *by_name(one.name), one.id)
    )


def member(view: ReportView, person: int) -> Person | None:
    """One of them."""
    return next((one for one in view.people if one.id == person and one.subject not in BODIES), None)
