"""What is asked of whom, how far it is answered, and what it says to the rules.

The position in an interview is nowhere stored: it follows from form, person and answers.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rules.forms.answers import answered
from rules.forms.form import Form, Item, Question, Section
from rules.forms.yields import facts_from
from rules.judging.rated import rated
from rules.judging.suggest import Case
from rules.nouns.conditions import Facts, When, holds
from rules.nouns.people import Person, traits
from rules.nouns.reviews import Answers
from rules.nouns.values import Verdict

NOTHING_ELSE: Facts = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class AskedQuestion:
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


def asked(form: Form, person: Person, answers: Answers) -> tuple[AskedQuestion, ...]:
    """Every question this person is asked, in the order of the form, given what is answered so far.

    A condition that rests on a fact not known yet does not hold: the question joins when the fact is there.
    """
    always = _always(_Same(form), tuple(traits(person).items()))
    return tuple(_walk(form, person, answers)) if always is None else always


def open_questions(form: Form, person: Person, answers: Answers) -> tuple[AskedQuestion, ...]:
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
    """What a suggestion is computed from (`rules.judging.suggest`): of what the form rates, or of what `question` (kind
    RATING) asks about. `also`: facts known from elsewhere, say the person's other form; answers go before them.
    """
    subject, leader = rated(form, person, question)
    return Case(subject, leader, {**also, **facts_of(form, person, answers)})


def _walk(form: Form, person: Person, answers: Answers) -> Iterator[AskedQuestion]:
    known = traits(person)
    before: list[Question] = []
    for place, conditions in _asks(_Same(form), tuple(known.items())):
        if all(_holds(when, known, before, answers) for when in conditions):
            before.append(place.question)
            yield place


class _Same:
    """A form as a key: forms are loaded once, and the same one is the same object."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __hash__(self) -> int:
        return id(self.form)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.form is other.form


@lru_cache(maxsize=1024)
def _asks(same: _Same, known: tuple[tuple[str, str | bool], ...]) -> tuple[tuple[AskedQuestion, tuple[When, ...]], ...]:
    """What the form may ask people of these traits, each with the conditions that rest on answers."""
    asks = []
    for section, item, question in same.form.walk():
        conditions = [when for when in (section.when, item.when, question.when) if when]
        verdicts = {when: holds(when, dict(known)) for when in conditions}
        if Verdict.UNMET not in verdicts.values():
            open_ones = tuple(when for when in conditions if verdicts[when] is not Verdict.MET)
            asks.append((AskedQuestion(section, item, question), open_ones))
    return tuple(asks)


@lru_cache(maxsize=1024)
def _always(same: _Same, known: tuple[tuple[str, str | bool], ...]) -> tuple[AskedQuestion, ...] | None:
    """What the form asks people of these traits whatever they answer; None when answers matter."""
    asks = _asks(same, known)
    return None if any(conditions for _, conditions in asks) else tuple(place for place, _ in asks)


def _holds(when: When, known: Facts, before: list[Question], answers: Answers) -> bool:
    """Traits are known; facts follow from the answers to the questions before."""
    return holds(when, {**facts_from(before, answers), **known}) is Verdict.MET
