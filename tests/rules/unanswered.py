"""The questions that are still open, for tests."""

from rules.forms.answers import answered
from rules.forms.form import Form
from rules.judging.interview import asked
from rules.nouns.people import Person
from rules.nouns.reviews import Answers


def unanswered(form: Form, person: Person, given: Answers) -> list[str]:
    """The keys of the asked questions that are neither answered nor, if that is allowed, skipped."""
    return [place.key for place in asked(form, person, given) if not answered(place.question, given.get(place.key))]
