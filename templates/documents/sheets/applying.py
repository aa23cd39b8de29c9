"""Which parts of a form apply to a person."""

from collections.abc import Mapping

from rules.forms.form import Question
from rules.judging.filing import Filing
from rules.judging.interview import asked


def asked_under(filing: Filing) -> Mapping[str, tuple[Question, ...]]:
    """Item → the questions this person is asked that have a place on the form. Items for others are left out."""
    under: dict[str, tuple[Question, ...]] = {}
    for place in asked(filing.form, filing.person, filing.answers):
        if not place.question.printed:
            continue
        under[place.item.key] = (*under.get(place.item.key, ()), place.question)
    return under
