"""From answers to facts: what the answers of a form say in the words of the rules.

Nothing is guessed. A question that is open, skipped or half answered yields nothing, and a fact that several
questions make together (the general criteria) is known when all of them are answered, or as soon as one of them
has the worst value there is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rules.answers import fits, items_of
from rules.conditions import Facts, FactValue, holds
from rules.forms import Kind, Option, Question, Yield
from rules.reviews import Answer, Answers
from rules.values import Verdict

Items = Sequence[Mapping[str, Any]]


def facts_from(questions: Iterable[Question], answers: Answers) -> Facts:
    """The facts that the answers of exactly these questions yield. Answers of other questions are ignored."""
    facts: dict[str, FactValue] = {}
    shared: defaultdict[str, list[tuple[Question, FactValue | None]]] = defaultdict(list)
    for question in questions:
        for rule, value in _yielded(question, answers.get(question.key)):
            if rule.how == "worst" and not rule.field:
                shared[rule.fact].append((question, value))
            elif value is not None:
                facts[rule.fact] = value
    for fact, given in shared.items():
        if (worst := _worst_given(given)) is not None:
            facts[fact] = worst
    return facts


def _yielded(question: Question, answer: Answer | None) -> Iterable[tuple[Yield, FactValue | None]]:
    """Every yield of a question with its value, None while it is not known."""
    if not question.yields:
        return ()
    if answer is None or answer.skipped:
        return [(rule, None) for rule in question.yields]
    if question.kind is not Kind.ITEMS:
        value = _plain(answer.value) if fits(question, answer.value) else None
        return [(rule, value) for rule in question.yields]
    items = items_of(question, answer)
    return [(rule, None if items is None else _of_items(rule, question, items)) for rule in question.yields]


def _plain(value: object) -> FactValue | None:
    return value if isinstance(value, bool | int | float | str) else None


def _of_items(rule: Yield, question: Question, items: Items) -> FactValue | None:
    return _HOWS[rule.how](rule, question, items) if items else rule.when_empty


def _worst_given(given: Sequence[tuple[Question, FactValue | None]]) -> FactValue | None:
    options = given[0][0].options
    values = [value for _, value in given]
    known = [value for value in values if value is not None]
    if not known or not options:
        return None
    worst = _worst(known, options)
    return worst if len(known) == len(values) or worst == options[-1].value else None


def _worst(values: Iterable[FactValue], options: Sequence[Option]) -> FactValue:
    """The value that stands last among `options` (they are written best first)."""
    order = [option.value for option in options]
    return max(values, key=lambda value: order.index(value) if value in order else -1)


def _all(rule: Yield, _: Question, items: Items) -> FactValue:
    return all(item[rule.field] is True for item in items)


def _any(rule: Yield, _: Question, items: Items) -> FactValue:
    return any(item[rule.field] is True for item in items)


def _share(rule: Yield, _: Question, items: Items) -> FactValue:
    """The percentage of items that match; a whole number where it is one (7 of 10 is 70, never 70.0000001)."""
    matching = sum(any(holds(when, item) is Verdict.MET for when in rule.where) for item in items)
    whole, rest = divmod(100 * matching, len(items))
    return 100 * matching / len(items) if rest else whole


def _worst_item(rule: Yield, question: Question, items: Items) -> FactValue:
    options = next(field.options for field in question.fields if field.key == rule.field)
    return _worst([item[rule.field] for item in items], options)


_HOWS: Mapping[str, Callable[[Yield, Question, Items], FactValue]] = {
    "all": _all,
    "any": _any,
    "share": _share,
    "worst": _worst_item,
}
