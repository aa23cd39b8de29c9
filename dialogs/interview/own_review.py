"""One's own review, opened: which questions are asked, which are settled, and where the conversation stands. Nothing is
stored here.

The position follows from the answers: it is the first question that is not settled, unless the focus names another one.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import Self

from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.shown.scores import unit_result_of
from dialogs.shown.self_rating import needs_reason, stands
from dialogs.shown.truth import known_beside
from rules.book.profile import Profile
from rules.book.rulebook import Rulebook
from rules.book.suggestion import Suggestion
from rules.forms.answers import answered, facts_from
from rules.forms.form import Form, Item, Question, QuestionKind, Section, questions_telling
from rules.forms.parts import questions_in
from rules.forms.together import kind_of_screen
from rules.judging.elsewhere import Contradiction, Elsewhere
from rules.judging.explanation import Explanation, explanation
from rules.judging.interview import AskedQuestion, asked, case_of, rating_questions, rules_of, suggestions
from rules.judging.suggest import Case
from rules.ledger.filling import Filled, filled
from rules.nouns.conditions import Facts, holds
from rules.nouns.people import Person, traits
from rules.nouns.reviews import Answer, Json, Outcome, Part, Report, Review, ReviewStatus
from rules.nouns.values import Rating, Subject, Verdict

#: Ratings that were decided elsewhere: a different statement by the person needs no explanation.
RATED = frozenset({"unit_rating", "civil_rating"})
#: Set in the focus when a question was opened by itself.
ALONE = "alone"
#: The focus to return to once an older question, opened from elsewhere, is settled.
THEN = "then"


@dataclass(frozen=True, slots=True)
class Place:
    """A question that this person is asked, its place in the form, and its number (from 1)."""

    key: str
    section: Section
    item: Item
    question: Question
    number: int


@dataclass(frozen=True)  # no slots, because what the rules say is computed once, on first use
class OwnReview:
    """One's own review with its form."""

    books: Books
    state: State
    review: Review
    book: Rulebook
    form: Form
    #: What other reviews say and what was decided there.
    known: Elsewhere
    #: The questions asked, in order. Ratings that are already decided, and self-ratings of people who are not rated,
    #: are not asked.
    places: tuple[Place, ...]
    #: The items named by a return.
    reopened: tuple[str, ...]
    #: The question that the focus names; "" if it names none or belongs to another review.
    focused: str
    #: Whether the person may still change answers.
    open: bool

    @classmethod
    def of(cls, books: Books, state: State) -> Self:
        """The state's review, which must exist."""
        review = state.own
        assert review is not None, "only a person with a review has one to open"
        book = books[review.campaign.edition]
        form = book.forms[review.form]
        decision = review.last_decision if review.status is ReviewStatus.RETURNED else None
        asks = asked(form, review.person, review.answers)
        known = known_beside(books, state, review)
        decided = {one.fact for one in known.ratings if one.rating}
        theirs = _written_by(form, review, state.person)
        places = (
            place
            for place in asks
            if (theirs is None or place.question.key in theirs)
            and not (decided and _decided_already(place.question, decided))
            and (
                place.question.kind is not QuestionKind.RATING
                or not _excluded(rules_of(book, form, review.person, place.question), form, review, asks)
            )
        )
        return cls(
            books,
            state,
            review,
            book,
            form,
            known,
            tuple(Place(p.key, p.section, p.item, p.question, number) for number, p in enumerate(places, 1)),
            decision.sections if decision and decision.outcome is Outcome.RETURNED else (),
            _focused(state.focus, review),
            review.open,
        )

    @cached_property
    def suggestions(self) -> Mapping[str, Suggestion]:
        """Rating question → suggestion from the answers so far. Ratings without conditions in the rulebook are left
        out.
        """
        return suggestions(self.book, self.form, self.review.person, self.review.answers, self.known)

    def explained(self, question: str) -> Explanation:
        """The explanation of the suggestion for this rating, which must exist."""
        return explanation(self.book, self._case(question), self.suggestions[question])

    def judged_by(self, question: str) -> tuple[Subject, Facts]:
        """The subject that this rating is about, and the facts on which it is based."""
        case = self._case(question)
        return case.subject, case.facts

    def _case(self, question: str) -> Case:
        return case_of(self.form, self.review.person, self.review.answers, self.form.questions[question], self.known)

    @property
    def suggestion(self) -> Suggestion | None:
        """The suggestion for the form's own rating, its last."""
        own = rating_questions(self.form)
        return self.suggestions.get(own[-1].key) if own else None

    @cached_property
    def from_ledger(self) -> Filled | None:
        """What the person's ledger of the period gives to this form; None if there is no ledger or it is empty."""
        ledger = self.state.ledgers.get(self.review.id)
        return filled(self.book, self.form, ledger) if ledger and ledger.shown else None

    @cached_property
    def unsettled(self) -> frozenset[str]:
        """The questions that are still to be answered or looked at again.

        A question has to be looked at again if a return reopened it and it was not answered or confirmed since, or if
        another of the person's forms differs and they have not explained why. A self-rating is settled while the rules
        allow it, with a reason where they require one.
        """
        keys = set()
        contradicted = {one.question for one in self.known.contradictions}
        for place in self.places:
            answer = self.review.answers.get(place.key)
            if answer and answer.held and answer.held.held:
                continue  # the office holds the score or waits for it, so nobody types it
            if (
                answer is None
                or not answered(place.question, answer)
                or (place.item.key in self.reopened and answer.round < len(self.review.drafts))
                or (place.key in contradicted and self.to_explain(place.key))
            ):
                keys.add(place.key)
            elif place.question.kind is QuestionKind.RATING:
                rating = Rating(str(answer.value))
                if not stands(self.suggestions.get(place.key), rating, answer.note):
                    keys.add(place.key)
        return frozenset(keys)

    @property
    def reasons_gone(self) -> Mapping[str, Answer]:
        """The self-ratings that are no longer above the suggestion, without the reason they still carry. Empty while
        the suggestion is open.
        """
        gone = {}
        for key, found in self.suggestions.items():
            answer = self.review.answers.get(key)
            if not answer or not answer.note or not found.rating or answer.value not in tuple(Rating):
                continue
            if not needs_reason(found, Rating(str(answer.value))):
                gone[key] = replace(answer, note="")
        return gone

    def to_explain(self, key: str) -> tuple[Contradiction, ...]:
        """Contradictions between this answer and the person's other forms that they have not explained. Of forms not
        sent yet, only earlier ones count.
        """
        return tuple(
            one
            for one in self.known.of(key)
            if one.source
            and not one.word
            and one.fact not in RATED
            and (one.source.draft or one.source.id < self.review.id)
        )

    def takes_word(self, place: Place) -> bool:
        """Whether a sentence may be added to the answer, to illustrate a choice or to explain a difference from another
        form.
        """
        return place.question.illustrated or self.explains(place)

    def explains(self, place: Place) -> bool:
        """Whether such a sentence explains a difference from another of the person's forms."""
        return any(one.source for one in self.known.of(place.key))

    def place(self, key: str) -> Place | None:
        """The place of a question; None if this person is not asked it."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> Mapping[str, Place]:
        return {place.key: place for place in self.places}

    def answer(self, key: str) -> Answer | None:
        """The stored answer."""
        return self.review.answers.get(key)

    def may_change(self, place: Place) -> bool:
        """Whether this question may be answered now. After a return: only reopened and unanswered questions, and the
        self-rating.
        """
        answer = self.review.answers.get(place.key)
        if answer and answer.held and answer.held.held:
            return False
        free = not self.reopened or place.item.key in self.reopened
        return self.open and (free or place.question.kind is QuestionKind.RATING or place.key in self.unsettled)

    def current(self) -> Place | None:
        """The question to ask now: one to which the person returned, else the first unsettled one. None: everything is
        done.
        """
        asked_for = self.place(self.focused) if self.focused else None
        if asked_for and self.may_change(asked_for):
            return asked_for
        away = self.given_away
        return next((place for place in self.places if place.key in self.unsettled and place.key not in away), None)

    @cached_property
    def given_away(self) -> Mapping[str, Part]:
        """For the drafter of a body's report: the questions that others still have to write."""
        if self.review.report is None or self.writes_part:
            return {}
        mine = self.state.person.id if self.state.person else 0
        parts = (part for part in self.review.report.open_parts if part.writer != mine)
        return {name: part for part in parts for name in questions_in(self.form, part.place)}

    @property
    def waits_for(self) -> tuple[Part, ...]:
        """The assigned parts of a body's report that are not done; it cannot be sent before."""
        return self.review.report.open_parts if self.review.report else ()

    @property
    def writes_part(self) -> bool:
        """Whether this person writes only a part of a body's report."""
        report, person = self.review.report, self.state.person
        return report is not None and person is not None and not _answers_for(report, self.review, person)

    def screen(self, place: Place) -> tuple[Place, ...]:
        """The questions on the same screen, including this one; only this one if it is asked alone."""
        kind = self._kind_of_screen(place)
        if kind is None or self.alone(place) or self.to_explain(place.key):
            return (place,)

        def together(one: Place) -> bool:
            return one.item.key == place.item.key and self._kind_of_screen(one) == kind

        before = tuple(takewhile(together, reversed(self.places[: place.number - 1])))
        return (*reversed(before), place, *takewhile(together, self.places[place.number :]))

    def _kind_of_screen(self, place: Place) -> Hashable | None:
        """As in `rules.forms.together`, but a question that known scores say something about is asked alone."""
        by_itself = unit_result_of(self.state, self.review, place.question) is not None
        by_itself |= any(one.question == place.key for one in self.state.figures.get(self.review.id, ()))
        return None if by_itself else kind_of_screen(place.item, place.question)

    def alone(self, place: Place) -> bool:
        """Whether the person opened this question by itself."""
        return self.focused == place.key and bool((self.state.focus or {}).get(ALONE))

    @property
    def then(self) -> Mapping[str, Json] | None:
        """The focus to return to once the current question is settled."""
        found = (self.state.focus or {}).get(THEN)
        return found if isinstance(found, Mapping) else None

    def neighbours(self, place: Place) -> tuple[Place | None, Place | None]:
        """The changeable questions before this one (or its screen) and after it. Before one that was opened by itself
        comes its screen.
        """
        screen = self.screen(place)
        if len(screen) == 1 and self.alone(place) and len(self.looking_at(None).screen(place)) > 1:
            return place, None
        before = next((p for p in reversed(self.places[: screen[0].number - 1]) if self.may_change(p)), None)
        return before, next((p for p in self.places[screen[-1].number :] if self.may_change(p)), None)

    def answered(self, key: str, answer: Answer) -> "OwnReview":
        """The review after storing this answer; a focus on its question is cleared."""
        review = replace(self.review, answers={**self.review.answers, key: answer})
        focus = None if self.focused == key else self.state.focus
        return OwnReview.of(self.books, replace(self.state, own=review, focus=focus))

    def looking_at(self, focus: Mapping[str, Json] | None) -> "OwnReview":
        """The review with another focus."""
        return replace(self, state=replace(self.state, focus=focus), focused=_focused(focus, self.review))


def _answers_for(report: Report, review: Review, person: Person) -> bool:
    """Whether a person answers for the whole report: its drafter, or a body's own account if there is none."""
    return person.id == (review.person.id if report.drafter is None else report.drafter)


def _written_by(form: Form, review: Review, person: Person | None) -> frozenset[str] | None:
    """For a writer of parts of a body's report: their questions; None: all are theirs."""
    report = review.report
    if report is None or person is None or _answers_for(report, review, person):
        return None
    parts = report.parts_of(person.id)
    return frozenset().union(*(questions_in(form, part.place) for part in parts)) if parts else None


def _focused(focus: Mapping[str, Json] | None, review: Review) -> str:
    return str(focus.get("question", "")) if focus and focus.get("review") == review.id else ""


def _decided_already(question: Question, decided: Collection[str]) -> bool:
    """Whether it asks for a rating that has been decided here, e.g. of the unit that somebody heads."""
    asks = (rule.fact for rule in question.yields if rule.how == "value")
    return question.kind is QuestionKind.CHOICE and any(fact in decided for fact in asks)


def _excluded(profile: Profile | None, form: Form, review: Review, asks: Iterable[AskedQuestion]) -> bool:
    """Whether a rule by which there is no such rating certainly applies. It looks only at what such rules test."""
    if profile is None or not profile.exclusions:
        return False
    rules = [line.rule.when for line in profile.exclusions]
    tested = (test.fact for when in rules for test in when.tests)
    telling = {question.key for fact in tested for question in questions_telling(form).get(fact, ())}
    questions = (place.question for place in asks if place.key in telling)
    known = {**facts_from(questions, review.answers), **traits(review.person)}
    known |= {"subject": profile.subject, "leader": profile.leader}
    return any(holds(when, known) is Verdict.MET for when in rules)


def focus_on(sheet: OwnReview, place: Place) -> dict[str, Json]:
    """The focus on a question."""
    return {"for": "question", "review": sheet.review.id, "question": place.key}
