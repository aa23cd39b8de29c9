"""The meaning of answers: whether they settle their question, how they are repeated, and the facts they give to the
rules.

Nothing is guessed. A question that is open, skipped or half answered yields nothing. A fact made by several questions
(the general criteria) is known once all of them are answered, or as soon as one has the worst possible value.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from rules.forms.form import Field, Option, Question, Yield
from rules.forms.kinds import KINDS, ListItem, SaidValue, items_of, label_of
from rules.nouns.conditions import Facts, FactValue, holds
from rules.nouns.reviews import Answer, Answers, Json
from rules.nouns.text import shorten
from rules.nouns.values import Verdict

Items = Sequence[Mapping[str, Any]]
Given = tuple[Question, FactValue | None]


def answered(question: Question, answer: Answer | None) -> bool:
    """Whether the question is settled: it has a valid value (a list is closed and complete), or was skipped where that
    is allowed.
    """
    if answer is None:
        return False
    return not question.required if answer.skipped else KINDS[question.kind].fits(question, answer.value)


def stands_instead(question: Question, answers: Answers) -> bool:
    """Whether a question that replaces others is in use: the person chose it (it has an answer, perhaps still without a
    value) and did not return to the others (it would be skipped then).
    """
    answer = answers.get(question.key)
    return bool(question.instead_of) and answer is not None and not answer.skipped


def said(question: Question, answer: Answer | None) -> dict[str, Json]:
    """An answer as templates take it, short enough for a confirmation or summary."""
    if answer is None or answer.skipped:
        return SaidValue("skipped" if answer else "nothing").values()
    return {**value_said(question, answer.value), "note": shorten(answer.note) if answer.note else ""}


def value_said(asked: Question | Field, value: Json) -> dict[str, Json]:
    """One value of a question or of a part of a list item, equally short. A value with a button is given as the
    button's label.
    """
    label = label_of(asked.options, value)
    if label is not None:
        return SaidValue("option", label).values()
    whole = SaidValue("nothing") if value is None else KINDS[asked.kind].said(asked, value)
    return replace(whole, text=shorten(whole.text)).values()


def items_so_far(answer: Answer | None) -> tuple[ListItem, ...]:
    """The items of a list, complete or not; empty if there is no answer yet."""
    return items_of(answer.value) if answer else ()


def facts_from(questions: Iterable[Question], answers: Answers) -> Facts:
    """The facts that the answers of exactly these questions yield. Answers of other questions are ignored."""
    facts: dict[str, FactValue] = {}
    shared: defaultdict[tuple[str, str], list[Given]] = defaultdict(list)
    for question in questions:
        for rule, value in _yielded(question, answers.get(question.key)):
            if rule.how in _JOINED and not rule.field:
                shared[rule.fact, rule.how].append((question, value))
            elif value is not None:
                facts[rule.fact] = value
    for (fact, how), given in shared.items():
        if (joined := _JOINED[how](given)) is not None:
            facts[fact] = joined
    return facts


def _yielded(question: Question, answer: Answer | None) -> Iterable[tuple[Yield, FactValue | None]]:
    """Every yield of a question with its value; None while unknown."""
    if not question.yields:
        return ()
    if answer is not None and answer.skipped:
        return [(rule, None) for rule in question.yields if rule.how != "list"]
    if answer is None or not KINDS[question.kind].fits(question, answer.value):
        return [(rule, None) for rule in question.yields]
    if not question.fields:
        value = answer.value if isinstance(answer.value, bool | int | float | str) else None
        return [(rule, _when(rule, value) if rule.how == "when" else value) for rule in question.yields]
    items = items_of(answer.value)
    return [(rule, _HOWS[rule.how](rule, question, items) if items else rule.when_empty) for rule in question.yields]


def _sum_given(given: Sequence[Given]) -> FactValue | None:
    """The sum, once all are answered. Decimals add up as on paper: 2,4 + 2,5 is 4,9."""
    return None if any(value is None for _, value in given) else _total([value for _, value in given])


def _list_given(given: Sequence[Given]) -> FactValue | None:
    """The list, once no question is open; skipped questions are left out."""
    values = tuple(value for _, value in given if isinstance(value, int | float | str))
    return values if len(values) == len(given) else None


def _worst_given(given: Sequence[Given]) -> FactValue | None:
    options = given[0][0].options
    values = [value for _, value in given]
    known = [value for value in values if value is not None]
    if not known or not options:
        return None
    worst = _worst(known, options)
    return worst if len(known) == len(values) or worst == options[-1].value else None


def _worst(values: Iterable[FactValue], options: Sequence[Option]) -> FactValue:
    """The value that comes last among `options`, which are ordered best first."""
    order = [option.value for option in options]
    return max(values, key=lambda value: order.index(value) if value in order else -1)


def _when(rule: Yield, value: FactValue | None) -> FactValue | None:
    """Whether a plain answer satisfies the test; unknown without an answer."""
    return None if value is None else any(holds(when, {"value": value}) is Verdict.MET for when in rule.where)


def _all(rule: Yield, _: Question, items: Items) -> FactValue:
    return all(item[rule.field] is True for item in items)


def _any(rule: Yield, _: Question, items: Items) -> FactValue:
    return any(item[rule.field] is True for item in items)


def _share(rule: Yield, _: Question, items: Items) -> FactValue:
    """The percentage of items that match; a whole number where it is one (7 of 10 is 70, never 70.0000001)."""
    matching = sum(any(holds(when, item) is Verdict.MET for when in rule.where) for item in items)
    whole, rest = divmod(100 * matching, len(items))
    return 100 * matching / len(items) if rest else whole


def _list(rule: Yield, _: Question, items: Items) -> FactValue:
    return tuple(item[rule.field] for item in items)


def _sum(rule: Yield, _: Question, items: Items) -> FactValue:
    return _total(item[rule.field] for item in items)


def _total(values: Iterable[object]) -> FactValue:
    total = sum((Fraction(str(value)) for value in values), Fraction())
    return int(total) if total.denominator == 1 else float(total)


def _worst_item(rule: Yield, question: Question, items: Items) -> FactValue:
    options = next(field.options for field in question.fields if field.key == rule.field)
    return _worst([item[rule.field] for item in items], options)


_HOWS: Mapping[str, Callable[[Yield, Question, Items], FactValue]] = {
    "all": _all,
    "any": _any,
    "share": _share,
    "worst": _worst_item,
    "list": _list,
    "sum": _sum,
}

#: How several questions together make one fact.
_JOINED: Mapping[str, Callable[[Sequence[Given]], FactValue | None]] = {
    "worst": _worst_given,
    "sum": _sum_given,
    "list": _list_given,
}
