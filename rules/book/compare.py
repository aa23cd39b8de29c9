"""Tests prepared for execution, and the values of a fact by which its tests can be told apart."""

import itertools
from collections.abc import Callable, Iterable

from rules.book.facts import FACTS, Fact, FactKind, WrongValue, condensed, wrong
from rules.nouns.conditions import FactValue, Operator, Test, verdict
from rules.nouns.values import Verdict

Holds = Callable[[FactValue], bool]


def compiled(test: Test) -> Holds:
    """A function that says whether a value of the fact passes `test`. The value must fit the fact."""
    fact = FACTS[test.fact]
    if fact.kind in {FactKind.YES_NO, FactKind.WORD}:
        return frozenset(value for value in _closed(fact) if _passes(fact, test, value)).__contains__
    if fact.kind is FactKind.NUMBER and test.op is not Operator.IS:
        limit, stands = _number(test.value), test.op.holds
        return lambda value: stands(value, limit)
    return lambda value: _passes(fact, test, value)


def telling_values(name: str, tests: Iterable[Test]) -> tuple[FactValue, ...]:
    """Sample values of a fact: every other value gives the same results in all `tests` as one of these."""
    fact = FACTS[name]
    match fact.kind:
        case FactKind.YES_NO | FactKind.WORD:
            return _closed(fact)
        case FactKind.LEVELS:
            return tuple((word,) for word in fact.words)
        case FactKind.NUMBER:
            return _around(fact, tests)
        case FactKind.SCORES:
            return tuple((value,) for value in _around(fact, tests))


def wrong_test(test: Test) -> WrongValue | None:
    """What is wrong with a test: an unknown fact, or a comparison or value that does not fit the fact. None when it is
    correct.
    """
    fact = FACTS.get(test.fact)
    if fact is None:
        return WrongValue("known_fact", {"given": test.fact})
    if test.op is not Operator.IS and fact.kind is FactKind.YES_NO:
        return WrongValue("comparison_is", {"fact": test.fact})
    as_list = fact.kind in {FactKind.LEVELS, FactKind.SCORES}
    return wrong(fact, [test.value] if as_list else test.value)


def _closed(fact: Fact) -> tuple[FactValue, ...]:
    return (True, False) if fact.kind is FactKind.YES_NO else fact.words


def _passes(fact: Fact, test: Test, value: FactValue) -> bool:
    return verdict(test, condensed(fact, value)) is Verdict.MET


def _around(fact: Fact, tests: Iterable[Test]) -> tuple[float, ...]:
    """The limits named by the tests, and a value on either side of each, within the fact's range."""
    limits = {_number(test.value) for test in tests}
    top = max(limits, default=fact.minimum) + 1 if fact.maximum is None else fact.maximum
    points = sorted({limit for limit in limits if fact.minimum <= limit <= top} | {fact.minimum, top})
    between = [(low + high) / 2 for low, high in itertools.pairwise(points)]
    return tuple(sorted({*points, *between}))


def _number(value: FactValue) -> float:
    assert isinstance(value, int | float)
    return value
