"""What is asked of whom, how far it is answered, and what it says to the rules.

The position in an interview is nowhere stored: it follows from form, person and answers.
"""

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rules.forms.answers import answered, facts_from
from rules.forms.form import Form, Item, Question, Section
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

    key: str  # of the question
    section: Section
    item: Item
    question: Question


@dataclass(frozen=True, slots=True)
class Progress:
    """Question `position` (from 1) of `total`; `done` of them are answered or skipped."""

    position: int
    total: int
    done: int


def asked(form: Form, person: Person, answers: Answers) -> tuple[AskedQuestion, ...]:
    """Every question this person is asked, in the order of the form, given what is answered so far.

    A condition that rests on a fact not known yet does not hold: the question joins when the fact is there. Traits are
    known; facts follow from the answers to the questions before.
    """
    known = traits(person)
    always, asks = _asks(form, tuple(known.items()))
    if always is not None:
        return always
    joined: list[AskedQuestion] = []
    for place, conditions in asks:
        facts = {**facts_from((before.question for before in joined), answers), **known} if conditions else known
        if all(holds(when, facts) is Verdict.MET for when in conditions):
            joined.append(place)
    return tuple(joined)


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
    questions = (place.question for place in asked(form, person, answers))
    return {**facts_from(questions, answers), "head": person.head}


def case_of(
    form: Form, person: Person, answers: Answers, question: Question | None = None, also: Facts = NOTHING_ELSE
) -> Case:
    """What a suggestion is computed from (`rules.judging.suggest`): of what the form rates, or of what `question` (kind
    RATING) asks about. `also`: facts known from elsewhere, say the person's other form; answers go before them.
    """
    subject, leader = rated(form, person, question)
    return Case(subject, leader, {**also, **facts_of(form, person, answers)})


@lru_cache(maxsize=1024)
def _asks(
    form: Form, known: tuple[tuple[str, str | bool], ...]
) -> tuple[tuple[AskedQuestion, ...] | None, tuple[tuple[AskedQuestion, tuple[When, ...]], ...]]:
    """What the form may ask people of these traits, each with the conditions that rest on answers. Before it, the same
    alone where no condition rests on answers; else None.
    """
    asks = []
    for section, item, question in form.walk():
        conditions = [when for when in (section.when, item.when, question.when) if when]
        verdicts = {when: holds(when, dict(known)) for when in conditions}
        if Verdict.UNMET not in verdicts.values():
            open_ones = tuple(when for when in conditions if verdicts[when] is not Verdict.MET)
            asks.append((AskedQuestion(question.key, section, item, question), open_ones))
    always = None if any(conditions for _, conditions in asks) else tuple(place for place, _ in asks)
    return always, tuple(asks)
