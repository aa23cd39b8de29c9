"""What is asked of whom, of what each rating is, and what the answers say to the rules.

The position in an interview is nowhere stored: it follows from form, person and answers.
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

    key: str  # of the question
    section: Section
    item: Item
    question: Question


def asked(form: Form, person: Person, answers: Answers) -> tuple[AskedQuestion, ...]:
    """Every question this person is asked, in the order of the form, given what is answered so far.

    A condition that rests on a fact not known yet does not hold: the question joins when the fact is there. Traits are
    known; facts follow from the answers to the questions before. A question that stands instead of others is asked in their
    place once it was chosen, and not before.
    """
    known = traits(person)
    always, asks, tested, instead = _asks(form, tuple(known.items()))
    chosen = [question for question in instead if stands_instead(question, answers)]
    if always is not None and not chosen:
        return always
    replaced = {key for question in chosen for key in question.instead_of}
    joined: list[AskedQuestion] = []
    telling: list[Question] = []  # of these those that say something to a condition
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
    """The question that this person may choose to be asked instead of this one and others, offered where the first of them stands."""
    *_, instead = _asks(form, tuple(traits(person).items()))
    return next((question for question in instead if question.instead_of[:1] == (key,)), None)


def facts_of(form: Form, person: Person, answers: Answers, about: str = "") -> Facts:
    """What the answers, and the person's own traits, say to the rules. Unknown facts are absent.

    Answers to questions that are not asked (any more) say nothing; nor, where it is said which of two ratings it is
    `about`, those that count for the other one (two tables of points in one form make two totals).
    """
    questions = (place.question for place in asked(form, person, answers) if _counts(place.question, about))
    return {**facts_from(questions, answers), **_tracked(answers), "head": person.head}


def _tracked(answers: Answers) -> Facts:
    """Which months are owed, which never count and which may still come to count, by what is held of them."""
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
    """Which rating it is: `party` that of a member, else `civil`."""
    subject, _ = rated(form, person, question)
    return "party" if subject is Subject.PARTY_MEMBER else "civil"


def case_of(
    form: Form, person: Person, answers: Answers, question: Question | None = None, known: Elsewhere = NOTHING_ELSE
) -> Case:
    """What a suggestion is computed from (`rules.judging.suggest`): of what the form rates, or of what `question` (kind
    RATING) asks about. `known`: what is said and decided beside it.
    """
    subject, leader = rated(form, person, question)
    return Case(subject, leader, known.over(facts_of(form, person, answers, about_of(form, person, question))))


def rated(form: Form, person: Person, question: Question | None = None) -> tuple[Subject, bool]:
    """Subject and `leader` that the rating of `form` is of; with `question` (kind RATING) that of this question."""
    about = question.about if question else ""
    if about == "party":
        return Subject.PARTY_MEMBER, person.leader
    return (person.subject if about == "civil" else form.rates or person.subject), person.leader


def rating_questions(form: Form) -> tuple[Question, ...]:
    """The questions for a rating of oneself, in the order of the form; the last is the form's own."""
    return tuple(question for question in form.questions.values() if question.kind is QuestionKind.RATING)


def has_rating(form: Form) -> bool:
    """Whether the person rates themselves in this form (a monthly sheet has points only)."""
    return bool(rating_questions(form))


def subjects_rated(form: Form, person: Person) -> tuple[Subject, ...]:
    """What the ratings of `form` are of, each once; of a form without a rating nothing."""
    return tuple(dict.fromkeys(rated(form, person, question)[0] for question in rating_questions(form)))


def said_again(question: Question, rating: Rating | None, elsewhere: Facts) -> bool:
    """Whether this is the rating as a civil servant that was decided in a form of its own, said again in that of the party:
    what stands against it was told there, and it is counted there. `elsewhere`: the facts decided in other reviews.
    """
    return question.about == "civil" and rating is not None and elsewhere.get("civil_rating") == rating.value


def rules_of(book: Rulebook, form: Form, person: Person, question: Question) -> Profile | None:
    """The rules of the rating that `question` asks for; None where the rulebook has none.

    It has none for the rating as a civil servant of somebody whom the roster knows as a party member only.
    """
    if question.about == "civil" and person.subject is Subject.PARTY_MEMBER:
        return None
    return book.profiles.get(rated(form, person, question))


def rules_of_points(book: Rulebook, form: Form, person: Person) -> Profile | None:
    """The rules by which points of a form count, also where it asks for no rating; None where the rulebook has none."""
    return book.profiles.get(rated(form, person))


def suggestions(
    book: Rulebook, form: Form, person: Person, answers: Answers, known: Elsewhere = NOTHING_ELSE
) -> Mapping[str, Suggestion]:
    """The suggestion for each rating this person is asked for, by the key of its question, in the order of the form.

    A rating that the rulebook has no conditions for (a party rulebook and the rating as an official) is left out.
    """
    found: dict[str, Suggestion] = {}
    for place in asked(form, person, answers):
        if place.question.kind is QuestionKind.RATING and rules_of(book, form, person, place.question):
            found[place.key] = suggest(book, case_of(form, person, answers, place.question, known))
    return found


def typed_instead(form: Form, person: Person, answers: Answers) -> frozenset[str]:
    """The facts that the person typed as one figure, in place of the answers they are worked out of."""
    places = (place.question for place in asked(form, person, answers) if place.question.instead_of)
    return frozenset(rule.fact for question in places for rule in question.yields)


def worked_out(book: Rulebook, form: Form, person: Person, answers: Answers) -> tuple[tuple[Item, float | None], ...]:
    """The items of the form that show a value which formulas make of the answers; None while it is not known."""
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
    """What the form may ask people of these traits, each with the conditions that rest on answers. Before it, what is asked where
    nothing is chosen instead and no condition rests on answers; else None. After it, the questions on whose answers conditions rest,
    and those that may be chosen instead of others.
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
