"""One's own review, opened: what is asked, what is settled, where the conversation stands.

Nothing here is kept. The position follows from the answers: the first question that is not settled,
unless the focus names one to return to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.shown.self_rating import stands
from rules.book.profile import Profile
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Suggestion
from rules.forms.answers import answered
from rules.forms.form import Form, Item, Question, QuestionKind, Section
from rules.forms.yields import facts_from
from rules.judging import interview
from rules.judging.interview import asked
from rules.judging.rated import rating_questions
from rules.judging.self_ratings import rules_of, suggestions
from rules.nouns.conditions import holds
from rules.nouns.people import traits
from rules.nouns.reviews import Answer, Json, Outcome, Review, ReviewStatus
from rules.nouns.values import Rating, Verdict


@dataclass(frozen=True, slots=True)
class Place:
    """A question that is asked of this person, where it stands and its number (from 1)."""

    section: Section
    item: Item
    question: Question
    number: int

    @property
    def key(self) -> str:
        """The question's key."""
        return self.question.key


@dataclass(frozen=True)  # without slots: what follows from the answers is worked out when first asked for, once
class OwnReview:
    """One's own review with its form at hand. `state.own` must be there."""

    books: Books
    state: State

    @cached_property
    def review(self) -> Review:
        """One's own review."""
        assert self.state.own is not None, "only a person with a review has a sheet"
        return self.state.own

    @cached_property
    def book(self) -> Rulebook:
        """The rulebook of its campaign."""
        return self.books[self.review.campaign.edition]

    @cached_property
    def form(self) -> Form:
        """Its form."""
        return self.book.forms[self.review.form]

    @cached_property
    def suggestions(self) -> Mapping[str, Suggestion]:
        """What the rules say of the answers so far: for each rating asked for, by its question. None of a rating that
        the rulebook has no conditions for.
        """
        return suggestions(self.book, self.form, self.review.person, self.review.answers)

    @property
    def suggestion(self) -> Suggestion | None:
        """The suggestion for the form's own rating, the last it asks for."""
        own = rating_questions(self.form)
        return self.suggestions.get(own[-1].key) if own else None

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """What is asked, in order. Who is not rated is not asked for that self-rating."""
        places = asked(self.form, self.review.person, self.review.answers)
        kept = (p for p in places if p.question.kind is not QuestionKind.RATING or not self._is_not_rated(p, places))
        return tuple(Place(p.section, p.item, p.question, number) for number, p in enumerate(kept, 1))

    @cached_property
    def unsettled(self) -> frozenset[str]:
        """The questions still to be answered, or to be looked at again."""
        return frozenset(place.question.key for place in self.places if not self._settled(place))

    @property
    def open(self) -> bool:
        """Whether the person may still change answers."""
        return self.review.open

    def place(self, key: str) -> Place | None:
        """Where a question stands; None when it is not asked of this person."""
        return self._by_key.get(key)

    def answer(self, key: str) -> Answer | None:
        """The kept answer."""
        return self.review.answers.get(key)

    def may_change(self, place: Place) -> bool:
        """Whether this question may be answered now: after a return, only what was pointed at, what
        is not answered yet, and the self-rating, which rests on everything.
        """
        free = not self._reopened or place.item.key in self._reopened
        return self.open and (free or place.question.kind is QuestionKind.RATING or place.key in self.unsettled)

    def current(self) -> Place | None:
        """The question to ask now: the one the person returned to, else the first unsettled. None: all is done."""
        asked_for = self.place(self.focused())
        if asked_for and self.may_change(asked_for):
            return asked_for
        return next((place for place in self.places if place.key in self.unsettled), None)

    def focused(self) -> str:
        """The key of the question the focus names, "" without one (or when it is of another review)."""
        focus = self.state.focus or {}
        return str(focus.get("question", "")) if focus.get("review") == self.review.id else ""

    def before(self, place: Place) -> Place | None:
        """The question asked before this one that may be changed."""
        return next((p for p in reversed(self.places[: place.number - 1]) if self.may_change(p)), None)

    def after(self, place: Place) -> Place | None:
        """The next question that may be changed."""
        return next((p for p in self.places[place.number :] if self.may_change(p)), None)

    def answered(self, key: str, answer: Answer) -> "OwnReview":
        """The sheet once this answer is kept; a focus on that question is done with."""
        review = replace(self.review, answers={**self.review.answers, key: answer})
        focus = None if self.focused() == key else self.state.focus
        return OwnReview(self.books, replace(self.state, own=review, focus=focus))

    def now(self, answer: Answer) -> Answer:
        """The answer as given in this round."""
        return replace(answer, round=len(self.review.drafts))

    def looking_at(self, focus: Mapping[str, Json] | None) -> "OwnReview":
        """The sheet with another focus."""
        return replace(self, state=replace(self.state, focus=focus))

    @cached_property
    def _by_key(self) -> Mapping[str, Place]:
        return {place.question.key: place for place in self.places}

    @cached_property
    def _reopened(self) -> tuple[str, ...]:
        return reopened(self.review)

    def _settled(self, place: Place) -> bool:
        answer = self.review.answers.get(place.question.key)
        if answer is None or not answered(place.question, answer) or self._to_look_at(place, answer):
            return False
        if place.question.kind is not QuestionKind.RATING:
            return True
        return stands(self.suggestions.get(place.key), Rating(str(answer.value)), answer.note)

    def _to_look_at(self, place: Place, answer: Answer) -> bool:
        """Whether a return reopened this question and it was not answered or kept since."""
        return place.item.key in self._reopened and answer.round < len(self.review.drafts)

    def _is_not_rated(self, place: interview.AskedQuestion, places: Iterable[interview.AskedQuestion]) -> bool:
        return _excluded(rules_of(self.book, self.form, self.review.person, place.question), self.review, places)


def reopened(review: Review) -> tuple[str, ...]:
    """The items a return pointed at. Empty: nothing was returned, or all of it."""
    decision = review.last_decision
    returned = review.status is ReviewStatus.RETURNED and decision and decision.outcome is Outcome.RETURNED
    return decision.sections if returned and decision else ()


def _excluded(profile: Profile | None, review: Review, places: Iterable[interview.AskedQuestion]) -> bool:
    """Whether a rule by which there is no such rating holds for certain; only what such rules ask is looked at."""
    if profile is None or not profile.exclusions:
        return False
    rules = [line.rule.when for line in profile.exclusions]
    facts = {test.fact for when in rules for test in when.tests}
    questions = (p.question for p in places if any(rule.fact in facts for rule in p.question.yields))
    known = {**facts_from(questions, review.answers), **traits(review.person)}
    known |= {"subject": profile.subject, "leader": profile.leader}
    return any(holds(when, known) is Verdict.MET for when in rules)
