"""What the rules say of every rating that a form asks for, and the points that a form shows worked out."""

from collections.abc import Mapping

from rules.book.profile import Profile
from rules.book.rulebook import Rulebook
from rules.book.scoring import derive
from rules.book.suggestion import Suggestion
from rules.forms.form import Form, Item, Question, QuestionKind
from rules.judging.interview import asked, case_of
from rules.judging.rated import rated
from rules.judging.suggest import suggest
from rules.nouns.conditions import Facts
from rules.nouns.people import Person
from rules.nouns.reviews import Answers
from rules.nouns.values import Subject


def rules_of(book: Rulebook, form: Form, person: Person, question: Question) -> Profile | None:
    """The rules of the rating that `question` asks for; None where the rulebook has none.

    It has none for the rating as a civil servant of somebody whom the roster knows as a party member only.
    """
    if question.about == "civil" and person.subject is Subject.PARTY_MEMBER:
        return None
    return book.profiles.get(rated(form, person, question))


def suggestions(book: Rulebook, form: Form, person: Person, answers: Answers) -> Mapping[str, Suggestion]:
    """The suggestion for each rating this person is asked for, by the key of its question, in the order of the form.

    A rating that the rulebook has no conditions for (a party rulebook and the rating as an official) is left out.
    """
    found: dict[str, Suggestion] = {}
    for place in asked(form, person, answers):
        if place.question.kind is QuestionKind.RATING and rules_of(book, form, person, place.question):
            found[place.key] = suggest(book, case_of(form, person, answers, place.question))
    return found


def worked_out(book: Rulebook, form: Form, person: Person, answers: Answers) -> tuple[tuple[Item, float | None], ...]:
    """The items of the form that show a value which formulas make of the answers; None while it is not known."""
    items = tuple(item for section in form.sections for item in section.items if item.shows)
    facts = _derived(book, form, person, answers) if items else {}
    return tuple((item, _number(facts.get(item.shows))) for item in items)


def _derived(book: Rulebook, form: Form, person: Person, answers: Answers) -> Facts:
    case = case_of(form, person, answers)
    profile = book.profiles.get((case.subject, case.leader))
    return derive(profile.formulas, case.facts)[0] if profile else case.facts


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
