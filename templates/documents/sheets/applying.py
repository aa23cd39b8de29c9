"""Which parts of a form are for this person."""

from collections.abc import Mapping

from rules.forms.form import Question
from rules.judging.filing import Filing
from rules.judging.interview import asked


def asked_under(filing: Filing) -> Mapping[str, tuple[Question, ...]]:
    """The questions this person is asked that the form has a place for, by item; an item for others is absent."""
    under: dict[str, tuple[Question, ...]] = {}
    for place in asked(filing.form, filing.person, filing.answers):
        if not place.question.printed:
            continue
        under[place.item.key] = (*under.get(place.item.key, ()), place.question)
    return under
