"""Rulebooks with one limit moved by one step. A scenario at the boundary must notice the difference."""

import dataclasses
from collections.abc import Callable, Iterator

from rules.book.clauses import Cap, NotRatedRule, RatingRules
from rules.book.facts import FACTS, FactKind
from rules.book.rulebook import Rulebook
from rules.nouns.conditions import Operator, Test, When
from rules.nouns.values import Rating
from rules.reading.book.extending import finished

_OTHER_SIDE = {
    Operator.AT_LEAST: Operator.ABOVE,
    Operator.ABOVE: Operator.AT_LEAST,
    Operator.AT_MOST: Operator.BELOW,
    Operator.BELOW: Operator.AT_MOST,
}
#: The direction in which the limit is moved: opposite to the effect of changing the comparison.
_STEP = {Operator.AT_LEAST: -1, Operator.ABOVE: 1, Operator.AT_MOST: 1, Operator.BELOW: -1}


def shifted_books(book: Rulebook) -> Iterator[tuple[str, Callable[[], Rulebook]]]:
    """Every way to move one limit of `book`: its name, and a function that makes the changed book."""
    for position, rules in enumerate(book.ratings):
        for name, moved in () if rules.like else _ratings(rules):  # ratings with `like` are covered by the others
            yield name, _with(book, ratings=_put(book.ratings, position, moved))
    for position, cap in enumerate(book.caps):
        for name, moved_cap in _cap(cap):
            yield name, _with(book, caps=_put(book.caps, position, moved_cap))
    for position, rule in enumerate(book.not_rated):
        for name, when in _when(rule.when):
            moved_rule: NotRatedRule = dataclasses.replace(rule, when=when)
            yield f"not rated {rule.key}: {name}", _with(book, not_rated=_put(book.not_rated, position, moved_rule))


def shifted(test: Test) -> Iterator[Test]:
    """`test` with its limit one step further on either side; for yes and no the opposite."""
    fact = FACTS.get(test.fact)
    if fact is None:
        return
    match fact.kind:
        case FactKind.YES_NO:
            yield dataclasses.replace(test, value=not test.value)
        case FactKind.WORD | FactKind.LEVELS:
            place = fact.words.index(str(test.value))
            yield from (
                Test(test.fact, test.op, fact.words[n]) for n in (place - 1, place + 1) if 0 <= n < len(fact.words)
            )
        case _:
            yield dataclasses.replace(test, op=_OTHER_SIDE[test.op])
            yield dataclasses.replace(test, value=test.value + _STEP[test.op])


def _ratings(rules: RatingRules) -> Iterator[tuple[str, RatingRules]]:
    for rating, conditions in rules.conditions.items():
        for position, condition in enumerate(conditions):
            for test in shifted(condition.test):
                moved = _put(conditions, position, dataclasses.replace(condition, test=test))
                name = f"{rules.subject} leader={rules.leader} {rating}: {condition.test} → {test.op} {test.value}"
                yield name, dataclasses.replace(rules, conditions={**rules.conditions, rating: moved})


def _cap(cap: Cap) -> Iterator[tuple[str, Cap]]:
    for name, when in _when(cap.when):
        yield f"cap {cap.key}: {name}", dataclasses.replace(cap, when=when)
    for rating in Rating:
        if cap.at_most and abs(rating.rank - cap.at_most.rank) == 1:
            yield f"cap {cap.key}: at most {rating}", dataclasses.replace(cap, at_most=rating)


def _when(when: When) -> Iterator[tuple[str, When]]:
    for position, test in enumerate(when.tests):
        for moved in shifted(test):
            yield f"{test} → {moved.op} {moved.value}", When(_put(when.tests, position, moved))


def _put(things: tuple, position: int, thing: object) -> tuple:
    return (*things[:position], thing, *things[position + 1 :])


def _with(book: Rulebook, **changes: object) -> Callable[[], Rulebook]:
    return lambda: finished(dataclasses.replace(book, **changes))
