"""The interview: which questions a person is asked, what is rated, and which facts the answers give.

The position in an interview is never stored: it follows from form, person and answers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rules.book.profile import Profile
from rules.book.rulebook import Rulebook
from rules.book.scoring import derive
from rules.book.suggestion import Suggestion
from rules.forms.answers import facts_from, stands_instead
from rules.forms.form import Form, Item, Question, QuestionKind, Section
from rules.judging.elsewhere import NOTHING_ELSE, Elsewhere
from rules.judging.suggest import Case, suggest
from rules.nouns.conditions import Facts, FactValue, When, holds
from rules.nouns.people import Person, traits
from rules.nouns.reviews import Answers
from rules.nouns.tracking import PeriodScore, Standing
from rules.nouns.values import Rating, Subject, Verdict


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that is asked, with its place in the form."""

    key: str
    section: Section
    item: Item
    question: Question


def asked(form: Form, person: Person, answers: Answers) -> tuple[AskedQuestion, ...]:
    """Every question that this person is asked given the answers so far, in the order of the form.

    A condition on an unknown fact does not hold yet: the question is added once the fact is known. Traits are always
    known; facts follow from the answers to earlier questions. A question that replaces others is asked only once the
    person chose it.
    """
    known = traits(person)
    always, asks, tested, instead = _asks(form, tuple(known.items()))
    chosen = [question for question in instead if stands_instead(question, answers)]
    if always is not None and not chosen:
        return always
    replaced = {key for question in chosen for key in question.instead_of}
    joined: list[AskedQuestion] = []
    telling: list[Question] = []  # those of them on which a condition depends
    facts: Facts | None = known
    for place, conditions in asks:
        if place.key in replaced or (place.question.instead_of and place.question not in chosen):
            continue
        if conditions:
            facts = {**facts_from(telling, answers), **known} if facts is None else facts
            if not all(holds(when, facts) is Verdict.MET for when in conditions):
                continue
        joined.append(place)
        if place.key in tested:
            telling.append(place.question)
            facts = None
    return tuple(joined)


def asked_instead(form: Form, person: Person, key: str) -> Question | None:
    """The question that the person may choose in place of this one and others. It is offered at the first of them."""
    *_, instead = _asks(form, tuple(traits(person).items()))
    return next((question for question in instead if question.instead_of[:1] == (key,)), None)


def facts_of(form: Form, person: Person, answers: Answers, about: str = "") -> Facts:
    """The facts given by the answers and the person's own traits. Unknown facts are absent.

    Answers to questions that are not (or no longer) asked give nothing. If it is said which of two ratings it is
    `about`, facts that count only for the other one are left out: two tables of points in one form have two totals.
    """
    questions = (place.question for place in asked(form, person, answers) if _counts(place.question, about))
    return {**facts_from(questions, answers), **_tracked(answers), "head": person.head}


def _tracked(answers: Answers) -> Facts:
    """The months that are owed, that never count, and that may still come to count, from the scores held."""
    held = [answer.held for answer in answers.values() if answer.held]
    found: dict[str, FactValue] = {}
    if any(one.needed is not None for one in held):
        found["months_owed"] = _periods(one for one in held if one.needed)
    absent = [one for one in held if one.standing is Standing.NOT_OWED]
    told = {
        "months_without": _periods(absent),
        "quarters_without": _periods(absent, "q"),
        "months_waiting": _periods(one for one in held if one.waited_for),
    }
    return found | {name: periods for name, periods in told.items() if periods}


def _periods(scores: Iterable[PeriodScore], kind: str = "m") -> tuple[str, ...]:
    return tuple(one.period for one in scores if one.period.startswith(kind))


def _counts(question: Question, about: str) -> bool:
    return question.kind is QuestionKind.RATING or not about or question.about in {"", about}


def about_of(form: Form, person: Person, question: Question | None = None) -> str:
    """Which rating it is: `party` for that of a party member, otherwise `civil`."""
    subject, _ = rated(form, person, question)
    return "party" if subject is Subject.PARTY_MEMBER else "civil"


def case_of(
    form: Form, person: Person, answers: Answers, question: Question | None = None, known: Elsewhere = NOTHING_ELSE
) -> Case:
    """The case for a suggestion (`rules.judging.suggest`): of what the form rates, or of what `question` (kind RATING)
    rates. `known`: what is said and decided elsewhere.
    """
    subject, leader = rated(form, person, question)
    return Case(subject, leader, known.over(facts_of(form, person, answers, about_of(form, person, question))))


def rated(form: Form, person: Person, question: Question | None = None) -> tuple[Subject, bool]:
    """The subject and `leader` that `form` rates, or that `question` (kind RATING) rates."""
    about = question.about if question else ""
    if about == "party":
        return Subject.PARTY_MEMBER, person.leader
    return (person.subject if about == "civil" else form.rates or person.subject), person.leader


def rating_questions(form: Form) -> tuple[Question, ...]:
    """The questions for a self-rating, in the order of the form. The last is the form's own rating."""
    return tuple(question for question in form.questions.values() if question.kind is QuestionKind.RATING)


def has_rating(form: Form) -> bool:
    """Whether the person rates themself in this form. A monthly sheet has points only."""
    return bool(rating_questions(form))


def subjects_rated(form: Form, person: Person) -> tuple[Subject, ...]:
    """The subjects that `form` rates, each once; empty for a form without a rating."""
    return tuple(dict.fromkeys(rated(form, person, question)[0] for question in rating_questions(form)))


def said_again(question: Question, rating: Rating | None, elsewhere: Facts) -> bool:
    """Whether this repeats, in the party's form, the rating as a civil servant that was decided in a form of its own.

    Objections were raised there, and it is counted there. `elsewhere`: the facts decided in other reviews.
    """
    return question.about == "civil" and rating is not None and elsewhere.get("civil_rating") == rating.value


def rules_of(book: Rulebook, form: Form, person: Person, question: Question) -> Profile | None:
    """The rules of the rating for which `question` asks; None if the rulebook has none, or for the civil rating of
    somebody who is on the roster as a party member only.
    """
    if question.about == "civil" and person.subject is Subject.PARTY_MEMBER:
        return None
    return book.profiles.get(rated(form, person, question))


def rules_of_points(book: Rulebook, form: Form, person: Person) -> Profile | None:
    """The rules by which a form's points count, even if it asks for no rating; None if the rulebook has none."""
    return book.profiles.get(rated(form, person))


def suggestions(
    book: Rulebook, form: Form, person: Person, answers: Answers, known: Elsewhere = NOTHING_ELSE
) -> Mapping[str, Suggestion]:
    """Key of the rating question → suggestion, for each rating asked of this person, in the order of the form.

    Ratings without conditions in the rulebook are left out (e.g. in a party rulebook, the rating as an official).
    """
    found: dict[str, Suggestion] = {}
    for place in asked(form, person, answers):
        if place.question.kind is QuestionKind.RATING and rules_of(book, form, person, place.question):
            found[place.key] = suggest(book, case_of(form, person, answers, place.question, known))
    return found


def typed_instead(form: Form, person: Person, answers: Answers) -> frozenset[str]:
    """The facts that the person typed as one figure, in place of the answers from which they are computed."""
    places = (place.question for place in asked(form, person, answers) if place.question.instead_of)
    return frozenset(rule.fact for question in places for rule in question.yields)


def worked_out(book: Rulebook, form: Form, person: Person, answers: Answers) -> tuple[tuple[Item, float | None], ...]:
    """The items that show a value computed from the answers; None while it is unknown."""
    items = tuple(item for section in form.sections for item in section.items if item.shows)
    if not items:
        return ()
    case = case_of(form, person, answers)
    profile = book.profiles.get((case.subject, case.leader))
    facts = derive(profile.formulas, case.facts)[0] if profile else case.facts
    values = ((item, facts.get(item.shows)) for item in items)
    return tuple(
        (item, value if isinstance(value, int | float) and not isinstance(value, bool) else None)
        for item, value in values
    )


@lru_cache(maxsize=1024)
def _asks(
    form: Form, known: tuple[tuple[str, str | bool], ...]
) -> tuple[
    tuple[AskedQuestion, ...] | None,
    tuple[tuple[AskedQuestion, tuple[When, ...]], ...],
    frozenset[str],
    tuple[Question, ...],
]:
    """What the form may ask of people with these traits, each question with the conditions that depend on answers.

    It comes with the questions asked if no condition depends on answers and nothing replaces others (else None), and
    with the questions on whose answers conditions depend or that may replace others.
    """
    asks = []
    for section, item, question in form.walk():
        conditions = [when for when in (section.when, item.when, question.when) if when]
        verdicts = {when: holds(when, dict(known)) for when in conditions}
        if Verdict.UNMET not in verdicts.values():
            open_ones = tuple(when for when in conditions if verdicts[when] is not Verdict.MET)
            asks.append((AskedQuestion(question.key, section, item, question), open_ones))
    plain = tuple(place for place, _ in asks if not place.question.instead_of)
    always = None if any(conditions for _, conditions in asks) else plain
    facts = {test.fact for _, conditions in asks for when in conditions for test in when.every_test}
    tested = {place.key for place, _ in asks if any(rule.fact in facts for rule in place.question.yields)}
    return (
        always,
        tuple(asks),
        frozenset(tested),
        tuple(place.question for place, _ in asks if place.question.instead_of),
    )
