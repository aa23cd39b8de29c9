"""Judgements: everything that the rulebook says about one rating of a review, computed once and passed on.

It uses the draft's answers, what the roster knows, and what has been decided elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rules.book import procedure
from rules.book.procedure import SpecialCase
from rules.book.profile import Profile
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Suggestion
from rules.campaign.months.tracking import overlaid
from rules.forms.form import Form, Question
from rules.judging.elsewhere import NOTHING_ELSE, Elsewhere
from rules.judging.interview import about_of, facts_of, rated, rating_questions, rules_of
from rules.judging.suggest import Case, suggest
from rules.nouns.conditions import Facts
from rules.nouns.people import Person
from rules.nouns.reviews import Answers, Campaign, Review
from rules.nouns.service import facts_in
from rules.nouns.values import Subject


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rulebook says about the rating for which `question` asks."""

    review: Review
    question: Question
    #: What is rated, together with `leader`.
    subject: Subject
    leader: bool
    #: None, like `suggestion`, if the rulebook has no conditions for that subject.
    profile: Profile | None
    suggestion: Suggestion | None
    #: The special cases that certainly apply.
    cases: tuple[SpecialCase, ...]
    #: The facts on which it is based.
    facts: Facts


def judgements(book: Rulebook, review: Review, elsewhere: Elsewhere = NOTHING_ELSE) -> Mapping[str, Judgement]:
    """The judgement of every rating of the form, by question.

    Facts from the roster and from decisions `elsewhere` take precedence over what the person wrote.
    """
    form = book.forms[review.form]
    return {
        question.key: judgement(book, review, question, facts_at_hand(form, review, elsewhere, question))
        for question in rating_questions(form)
    }


def judgement(book: Rulebook, review: Review, question: Question, facts: Facts) -> Judgement:
    """The judgement of one rating, based on `facts_at_hand`."""
    form, person = book.forms[review.form], review.person
    subject, leader = rated(form, person, question)
    profile = rules_of(book, form, person, question)
    suggestion = suggest(book, Case(subject, leader, facts)) if profile else None
    return Judgement(
        review, question, subject, leader, profile, suggestion, _cases(book, review, subject, facts), facts
    )


def facts_at_hand(
    form: Form, review: Review, elsewhere: Elsewhere = NOTHING_ELSE, question: Question | None = None
) -> Facts:
    """The facts of the newest draft, of the roster, and of decisions elsewhere; later ones take precedence.

    `question`: the rating they are for, if the form asks for two.
    """
    about = about_of(form, review.person, question) if question else ""
    said = facts_of(form, review.person, answers_of(review), about)
    return elsewhere.over({**said, **known_of(review.person, review.campaign)})


def cases_of(book: Rulebook, review: Review, elsewhere: Elsewhere = NOTHING_ELSE) -> tuple[SpecialCase, ...]:
    """The special cases that certainly apply to a review as a whole, as what its form rates."""
    form = book.forms[review.form]
    subject, _ = rated(form, review.person)
    return _cases(book, review, subject, facts_at_hand(form, review, elsewhere))


def _cases(book: Rulebook, review: Review, subject: Subject, facts: Facts) -> tuple[SpecialCase, ...]:
    told = procedure.known_of(review.person, review.campaign.span, subject)
    return procedure.special_cases(book.procedure, {**facts, **told})


def known_of(person: Person, campaign: Campaign) -> Facts:
    """The facts that the roster's dates settle for a yearly review. For a shorter period the person is asked."""
    return facts_in(person.service, campaign.span) if campaign.span.whole else {}


def answers_of(review: Review) -> Answers:
    """The submitted answers, with the scores of months and quarters as they stand now; empty if nothing was submitted."""
    return overlaid(review.draft.answers, review.held) if review.draft else {}
