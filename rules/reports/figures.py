"""Số liệu gộp: figures that a body's report may take over, each with its source.

The sources are the ratings of the body's people, the forms they sent, their months, and the body's report of the
previous year. Figures are counts and means only, never anybody's own. Below `FEW` people there are none, because such a
count is nearly a name.

Two figures seen one after the other must not reveal what one person said either. So a figure that was shown stays the
same until enough people say something different (`told_of`).
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from rules.forms.answers import Items, facts_from, items_so_far
from rules.forms.form import Form, QuestionKind
from rules.nouns.conditions import holds
from rules.nouns.reviews import Answers
from rules.nouns.values import Rating, Verdict

#: The least number of people behind a figure.
FEW = 5

#: Fact that is asked for → the ratings that count for it, among those rated.
OF_RATINGS: Mapping[str, frozenset[Rating]] = {
    "members_completed_pct": frozenset({Rating.EXCELLENT, Rating.GOOD, Rating.COMPLETED}),
    "members_good_pct": frozenset({Rating.EXCELLENT, Rating.GOOD}),
    "members_failed_pct": frozenset({Rating.NOT_COMPLETED}),
}
#: Facts about lists of tasks: the share of all tasks listed.
OF_TASKS = ("tasks_done_pct", "tasks_late_pct", "tasks_exceeded_pct")
#: Fact that is asked for → the percentage of a monthly sheet that gives it; for the second one, its complement to a
#: hundred.
OF_MONTHS = {"tasks_done_pct": "quantity_pct", "tasks_late_pct": "progress_pct"}
_LEFT_OF_100 = frozenset({"tasks_late_pct"})


class Source(StrEnum):
    """The source of a figure."""

    DECIDED = "decided"  # the ratings that were decided
    SENT = "sent"  # the ratings that people give themselves, in what they sent
    TASKS = "tasks"  # the tasks they list in what they sent
    MONTHS = "months"  # their months and quarters
    LAST = "last"  # the body's own report of the year before


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure offered for one question."""

    question: str
    source: Source
    #: None: too few people for it to be shown.
    value: float | None
    #: With `whole`: so many of so many count; for MONTHS, `whole` is the number of sheets averaged.
    part: int = 0
    whole: int = 0
    #: How many of `members` contributed.
    people: int = 0
    members: int = 0
    form: str = ""
    year: int = 0
    #: Person → their contribution.
    by: Mapping[int, str] = field(default_factory=dict)
    #: When it was first shown; None: not yet.
    at: dt.datetime | None = None
    #: How many people say something different by now.
    since: int = 0
    #: Another report was shown a figure of nearly the same people.
    near: bool = False


@dataclass(frozen=True, slots=True)
class RatedFigure:
    """A person's rating as decided, and as they rated themself in what they sent; None: not, or not yet."""

    person: int
    decided: Rating | None = None
    sent: Rating | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that somebody of the body sent."""

    person: int
    form: Form
    answers: Answers


def asked_for(form: Form) -> Mapping[str, str]:
    """Fact → the numeric question that asks for it."""
    known = {*OF_RATINGS, *OF_TASKS}
    return {
        rule.fact: question.key
        for question in form.questions.values()
        if question.kind is QuestionKind.NUMBER
        for rule in question.yields
        if rule.how == "value" and rule.fact in known
    }


def of_ratings(asked: Mapping[str, str], rated: Sequence[RatedFigure]) -> Iterable[Figure]:
    """The share of people with such ratings, as decided and as self-rated."""
    for fact, counting in OF_RATINGS.items():
        if fact not in asked:
            continue
        for source, given in (
            (Source.DECIDED, {one.person: one.decided for one in rated if one.decided}),
            (Source.SENT, {one.person: one.sent for one in rated if one.sent}),
        ):
            part, count = sum(one in counting for one in given.values()), len(given)
            if count:
                by = {person: rating.value for person, rating in given.items()}
                yield Figure(asked[fact], source, _percent(part, count), part, count, count, len(rated), by=by)


def of_tasks(asked: Mapping[str, str], filled: Sequence[Filled], members: int) -> Iterable[Figure]:
    """The share of such tasks among all that people list in what they sent."""
    for fact in OF_TASKS:
        counted = {one.person: found for one in filled if (found := _tasks(fact, one))} if fact in asked else {}
        part, whole = sum(one for one, _ in counted.values()), sum(every for _, every in counted.values())
        if whole:
            by = {person: f"{one}/{every}" for person, (one, every) in counted.items()}
            value = _percent(part, whole)
            yield Figure(asked[fact], Source.TASKS, value, part, whole, len(counted), members, by=by)


def of_months(asked: Mapping[str, str], filled: Sequence[Filled], members: int) -> Iterable[Figure]:
    """The mean of a percentage over everybody's months and quarters."""
    facts = [(one.person, facts_from(one.form.questions.values(), one.answers)) for one in filled]
    for fact, named in OF_MONTHS.items():
        given = [(person, float(value)) for person, said in facts if isinstance(value := said.get(named), int | float)]
        if fact not in asked or not given:
            continue
        mean = sum((Fraction(str(value)) for _, value in given), Fraction()) / len(given)
        value = _entered(100 - mean if fact in _LEFT_OF_100 else mean)
        theirs: dict[int, list[float]] = {}
        for person, month in given:
            theirs.setdefault(person, []).append(month)
        by = {person: " ".join(map(str, months)) for person, months in theirs.items()}
        yield Figure(asked[fact], Source.MONTHS, value, 0, len(given), len(by), members, by=by)


def of_last_year(asked: Mapping[str, str], form: Form, answers: Answers, year: int) -> Iterable[Figure]:
    """What the body's own report said in the previous year."""
    facts = facts_from(form.questions.values(), answers)
    for fact, question in asked.items():
        value = facts.get(fact)
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield Figure(question, Source.LAST, value, form=form.code, year=year)


def _tasks(fact: str, filled: Filled) -> tuple[int, int] | None:
    """How many of a person's tasks are such, of how many; None: their form has no such list, or it is empty."""
    for question in filled.form.questions.values():
        rule = next((one for one in question.yields if one.fact == fact and one.how == "share"), None)
        items: Items = items_so_far(filled.answers.get(question.key)) if rule else ()
        if rule and items:
            return sum(any(holds(when, item) is Verdict.MET for when in rule.where) for item in items), len(items)
    return None


def told_of(figure: Figure, told: Sequence[Figure], awaited: Collection[int], beside: Sequence[Figure] = ()) -> Figure:
    """The figure that may be shown now, given those shown before (`told`, oldest first).

    The new figure is shown if it differs from each earlier one by the contributions of at least `FEW` people; otherwise
    the last one is repeated or, if there is none, only how many people contributed. If only a few are still `awaited`,
    it waits for them, since it could not be shown again with them. Nor is it shown if another report was shown
    (`beside`) that of nearly the same people, because one person may draft both. So looking twice reveals at least
    `FEW` people together.
    """
    apart = [_apart(figure, one) for one in told]
    waits = 0 < sum(one not in figure.by for one in awaited) < FEW
    near = any(0 < _apart(figure, one) < FEW for one in beside)
    if len(figure.by) >= FEW and not (waits or near) and all(one >= FEW for one in apart):
        return figure
    if told:
        return replace(told[-1], since=apart[-1])
    return replace(figure, value=None, part=0, whole=0, near=near and not waits and len(figure.by) >= FEW)


def same_kind(one: Figure, other: Figure) -> bool:
    """Whether two figures have the same question and source."""
    return (one.question, one.source) == (other.question, other.source)


def _apart(one: Figure, other: Figure) -> int:
    """How many people's contributions differ."""
    return sum(one.by.get(person) != other.by.get(person) for person in {*one.by, *other.by})


def _percent(part: int, whole: int) -> float:
    return _entered(Fraction(100 * part, whole))


def _entered(value: Fraction) -> float:
    """The value in full precision, because nothing is rounded before a threshold; a whole number as int."""
    return int(value) if value.denominator == 1 else float(value)
