"""What a decision rests on: the answers of the draft, what the roster knows, what has been decided elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.book import procedure
from rules.book.procedure import SpecialCase
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Suggestion
from rules.forms.form import Form, Question
from rules.judging.interview import NOTHING_ELSE, facts_of
from rules.judging.rated import rated, rating_questions
from rules.judging.self_ratings import rules_of
from rules.judging.suggest import Case, suggest
from rules.nouns.conditions import Facts, FactValue
from rules.nouns.people import Person
from rules.nouns.reviews import Answers, Campaign, Review
from rules.nouns.service import facts_in


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What a person wrote and the roster knows otherwise."""

    fact: str
    said: FactValue
    known: FactValue


def known_of(person: Person, campaign: Campaign) -> Facts:
    """What the roster's dates settle for the review of a year; of a month or a quarter they settle nothing."""
    return facts_in(person.service, campaign.year) if campaign.period == "year" else {}


def contradictions(book: Rulebook, review: Review) -> tuple[Contradiction, ...]:
    """The facts of the newest draft of which the roster says otherwise."""
    said = facts_of(book.forms[review.form], review.person, answers_of(review))
    known = known_of(review.person, review.campaign)
    return tuple(
        Contradiction(fact, said[fact], value) for fact, value in known.items() if fact in said and said[fact] != value
    )


def suggested(book: Rulebook, review: Review, question: Question, elsewhere: Facts = NOTHING_ELSE) -> Suggestion | None:
    """What the rules say of this rating, by all that is known; None where the rulebook has no conditions for it.

    What the roster knows and what is decided elsewhere win over what the person wrote.
    """
    form = book.forms[review.form]
    if rules_of(book, form, review.person, question) is None:
        return None
    subject, leader = rated(form, review.person, question)
    return suggest(book, Case(subject, leader, facts_at_hand(form, review, elsewhere)))


def suggestions(book: Rulebook, review: Review, elsewhere: Facts = NOTHING_ELSE) -> Mapping[str, Suggestion | None]:
    """The same of every rating of the form, by its question."""
    form = book.forms[review.form]
    return {question.key: suggested(book, review, question, elsewhere) for question in rating_questions(form)}


def facts_at_hand(form: Form, review: Review, elsewhere: Facts) -> Facts:
    """The facts of the newest draft, of the roster, and of what is decided elsewhere, the later winning."""
    said = facts_of(form, review.person, answers_of(review))
    return {**said, **known_of(review.person, review.campaign), **elsewhere}


def cases_of(
    book: Rulebook, review: Review, question: Question | None = None, elsewhere: Facts = NOTHING_ELSE
) -> tuple[SpecialCase, ...]:
    """The special cases of the rulebook that surely hold of this review, as far as this rating goes."""
    form = book.forms[review.form]
    subject, _ = rated(form, review.person, question)
    told = procedure.known_of(review.person, review.campaign.year, subject)
    return procedure.special_cases(book.procedure, {**facts_at_hand(form, review, elsewhere), **told})


def answers_of(review: Review) -> Answers:
    """The answers that were handed in; nothing before that."""
    return review.draft.answers if review.draft else {}
