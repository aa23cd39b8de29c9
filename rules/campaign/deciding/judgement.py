"""A judgement: all that the rulebook says of one rating of a review, found once and handed down.

It rests on the answers of the draft, on what the roster knows and on what has been decided elsewhere.
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
    """What the rulebook says of the rating that `question` asks for, by all that is known of the review.

    `subject` and `leader`: what it is a rating of. `profile` and `suggestion`: None where the rulebook has no conditions
    for it. `cases`: the special cases that surely hold. `facts`: what it was judged by.
    """

    review: Review
    question: Question
    subject: Subject
    leader: bool
    profile: Profile | None
    suggestion: Suggestion | None
    cases: tuple[SpecialCase, ...]
    facts: Facts


def judgements(book: Rulebook, review: Review, elsewhere: Elsewhere = NOTHING_ELSE) -> Mapping[str, Judgement]:
    """The judgement of every rating of the form, by its question. What the roster knows and what is decided
    `elsewhere` win over what the person wrote.
    """
    form = book.forms[review.form]
    return {
        question.key: judgement(book, review, question, facts_at_hand(form, review, elsewhere, question))
        for question in rating_questions(form)
    }


def judgement(book: Rulebook, review: Review, question: Question, facts: Facts) -> Judgement:
    """The judgement of one rating by the `facts_at_hand`."""
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
    """The facts of the newest draft, of the roster, and of what is decided elsewhere, the later winning. `question`: the
    rating they are for, where the form asks for two.
    """
    about = about_of(form, review.person, question) if question else ""
    said = facts_of(form, review.person, answers_of(review), about)
    return elsewhere.over({**said, **known_of(review.person, review.campaign)})


def cases_of(book: Rulebook, review: Review, elsewhere: Elsewhere = NOTHING_ELSE) -> tuple[SpecialCase, ...]:
    """The special cases that surely hold of a review as a whole: of what its form rates."""
    form = book.forms[review.form]
    subject, _ = rated(form, review.person)
    return _cases(book, review, subject, facts_at_hand(form, review, elsewhere))


def _cases(book: Rulebook, review: Review, subject: Subject, facts: Facts) -> tuple[SpecialCase, ...]:
    told = procedure.known_of(review.person, review.campaign.span, subject)
    return procedure.special_cases(book.procedure, {**facts, **told})


def known_of(person: Person, campaign: Campaign) -> Facts:
    """What the roster's dates settle for the review of a whole year; of a shorter period the person is asked."""
    return facts_in(person.service, campaign.span) if campaign.span.whole else {}


def answers_of(review: Review) -> Answers:
    """The answers that were handed in, with the scores of months and quarters as they stand now; nothing before that."""
    return overlaid(review.draft.answers, review.held) if review.draft else {}
