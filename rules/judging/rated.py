"""What a form's rating is of: the person as on the roster, or the party member they also are."""

from rules.forms.form import Form, Question, QuestionKind
from rules.nouns.conditions import Facts
from rules.nouns.people import Person
from rules.nouns.values import Rating, Subject


def rated(form: Form, person: Person, question: Question | None = None) -> tuple[Subject, bool]:
    """Subject and `leader` that the rating of `form` is of; with `question` (kind RATING) that of this question."""
    about = question.about if question else ""
    if about == "party":
        return Subject.PARTY_MEMBER, person.leader
    return (person.subject if about == "civil" else form.rates or person.subject), person.leader


def rating_questions(form: Form) -> tuple[Question, ...]:
    """The questions for a rating of oneself, in the order of the form; the last is the form's own."""
    return tuple(question for question in form.questions.values() if question.kind is QuestionKind.RATING)


def subjects_rated(form: Form, person: Person) -> tuple[Subject, ...]:
    """What the ratings of `form` are of, each once; of a form without a rating nothing."""
    return tuple(dict.fromkeys(rated(form, person, question)[0] for question in rating_questions(form)))


def said_again(question: Question, rating: Rating | None, elsewhere: Facts) -> bool:
    """Whether this is the rating as a civil servant that was decided in a form of its own, said again in that of the party:
    what stands against it was told there, and it is counted there. `elsewhere`: the facts decided in other reviews.
    """
    return question.about == "civil" and rating is not None and elsewhere.get("civil_rating") == rating.value


def has_rating(form: Form) -> bool:
    """Whether the person rates themselves in this form (a monthly sheet has points only)."""
    return bool(rating_questions(form))
