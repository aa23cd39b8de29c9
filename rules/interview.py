"""What is asked of whom, how far it is answered, and what it says to the rules.

The position in an interview is nowhere stored: it follows from form, person and answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from rules.answers import answered
from rules.conditions import Facts, When, holds
from rules.forms import Form, Item, Question, Section
from rules.people import Person, traits
from rules.rated import rated
from rules.reviews import Answers
from rules.suggest import Case
from rules.values import Verdict
from rules.yields import facts_from

NOTHING_ELSE: Facts = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Place:
    """A question that is asked, with its place in the form."""

    section: Section
    item: Item
    question: Question

    @property
    def key(self) -> str:
        """The key of the question."""
        return self.question.key


@dataclass(frozen=True, slots=True)
class Progress:
    """Question `position` (from 1) of `total`; `done` of them are answered or skipped."""

    position: int
    total: int
    done: int


def asked(form: Form, person: Person, answers: Answers) -> tuple[Place, ...]:
    """Every question this person is asked, in the order of the form, given what is answered so far.

    A condition that rests on a fact not known yet does not hold: the question joins when the fact is there.
    """
    return tuple(_walk(form, person, answers))


def open_questions(form: Form, person: Person, answers: Answers) -> tuple[Place, ...]:
    """The asked questions that are not answered yet (nor skipped where that is allowed)."""
    return tuple(
        place for place in _walk(form, person, answers) if not answered(place.question, answers.get(place.key))
    )


def progress(form: Form, person: Person, answers: Answers, key: str = "") -> Progress:
    """Where the question `key` stands (without it: the first open one, or the last when none is open)."""
    places = asked(form, person, answers)
    done = [answered(place.question, answers.get(place.key)) for place in places]
    keys = [place.key for place in places]
    first_open = done.index(False) if False in done else len(places) - 1
    return Progress((keys.index(key) if key in keys else first_open) + 1, len(places), sum(done))


def facts_of(form: Form, person: Person, answers: Answers) -> Facts:
    """What the answers, and the person's own traits, say to the rules. Unknown facts are absent.

    Answers to questions that are not asked (any more) say nothing.
    """
    questions = (place.question for place in _walk(form, person, answers))
    return {**facts_from(questions, answers), "head": person.head}


def case_of(
    form: Form, person: Person, answers: Answers, question: Question | None = None, also: Facts = NOTHING_ELSE
) -> Case:
    """What a suggestion is computed from (`rules.suggest`): of what the form rates, or of what `question` (kind
    RATING) asks about. `also`: facts known from elsewhere, say the person's other form; answers go before them.
    """
    subject, leader = rated(form, person, question)
    return Case(subject, leader, {**also, **facts_of(form, person, answers)})


def _walk(form: Form, person: Person, answers: Answers) -> Iterator[Place]:
    known = traits(person)
    before: list[Question] = []
    for section, item, question in form.walk():
        conditions = [when for when in (section.when, item.when, question.when) if when]
        if all(_holds(when, known, before, answers) for when in conditions):
            before.append(question)
            yield Place(section, item, question)


def _holds(when: When, known: Facts, before: list[Question], answers: Answers) -> bool:
    """Traits are known; facts follow from the answers to the questions before."""
    if not all(test.fact in known for test in when.tests):
        known = {**facts_from(before, answers), **known}
    return holds(when, known) is Verdict.MET
