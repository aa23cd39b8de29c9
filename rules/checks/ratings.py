"""Checks of ratings: each can be reached, and no two contradict each other or say the same."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from rules.book.clauses import RatingRules
from rules.book.compare import compiled, telling_values
from rules.book.rulebook import Rulebook
from rules.checks.sources import Sources
from rules.judging.reaching import contrary
from rules.judging.suggest import Case, suggest
from rules.nouns.conditions import FactValue, Test
from rules.nouns.errors import Mistake
from rules.nouns.values import Rating


def rating_mistakes(book: Rulebook, sources: Sources) -> Iterator[Mistake]:
    """Ratings in the file that no case reaches, that overlap with a ground of `not_completed`, that ask more than a
    higher one or less than a lower one, or that say the same twice.
    """
    for rules in book.ratings:
        path = sources.ratings_of(rules.subject, leader=rules.leader)
        if path is not None:
            for rating, expected, told in _of_kind(book, rules):
                yield sources.book.mistake((*path, rating.value), expected, **told)


def _of_kind(book: Rulebook, rules: RatingRules) -> Iterator[tuple[Rating, str, dict[str, str]]]:
    # A rating that only the authority can choose is reached by no case.
    profile = replace(book.profiles[rules.kind], gaps=())
    possible = suggest(replace(book, profiles={rules.kind: profile}), Case(rules.subject, rules.leader)).possible
    yield from ((rating, "unreachable", {}) for rating in Rating if rating not in possible)
    for rating in tuple(Rating)[:-1]:
        yield from ((rating, "overlap", {"rating": rating.value, "fact": fact}) for fact in _overlaps(rules, rating))
    for higher, lower, fact in _stricter_below(rules):
        yield lower, "stricter_below", {"fact": fact, "higher": higher.value}
    for higher, lower, fact in () if rules.asks_less else _less_above(rules):
        yield higher, "less_above", {"fact": fact, "lower": lower.value}
    yield from ((rating, "said_twice", {"fact": fact}) for rating, fact in _said_twice(rules))


def _overlaps(rules: RatingRules, rating: Rating) -> Iterator[str]:
    for ground in rules.conditions[Rating.NOT_COMPLETED]:
        fact = ground.test.fact
        own = [] if ground.group else _alone(rules, rating, fact)
        if own and any(_all(value, [*own, ground.test]) for value in telling_values(fact, [*own, ground.test])):
            yield fact


def _stricter_below(rules: RatingRules) -> Iterator[tuple[Rating, Rating, str]]:
    """Facts of which a lower rating asks more than the higher one: `good` from 60% on, `excellent` from 50%."""
    for higher, lower in pairwise(tuple(Rating)[:-1]):
        for fact in dict.fromkeys(one.test.fact for one in rules.conditions[lower] if not one.group):
            above, below = (_alone(rules, rating, fact) for rating in (higher, lower))
            below = [test for test in below if test not in [contrary(other) for other in above]]  # a band ends there
            values = telling_values(fact, [*above, *below])
            if above and any(_all(value, above) and not _all(value, below) for value in values):
                yield higher, lower, fact


#: Facts that are implied by others: a task that is on time is not late.
_IMPLIED = {
    "tasks_late_pct": {"tasks_on_time"},
    "tasks_substandard_pct": {"tasks_on_time", "tasks_quality", "tasks_efficiency"},
}


def _less_above(rules: RatingRules) -> Iterator[tuple[Rating, Rating, str]]:
    """Facts that a lower rating tests and the higher one does not. A group tests its facts together."""
    for higher, lower in pairwise(tuple(Rating)[:-1]):
        above = {one.test.fact for one in rules.conditions[higher]}
        asked: dict[object, list[str]] = {}
        for one in rules.conditions[lower]:
            asked.setdefault(one.group or one, []).append(one.test.fact)
        for facts in asked.values():
            if not any(fact in above or above & _IMPLIED.get(fact, set()) for fact in facts):
                yield higher, lower, facts[0]


def _alone(rules: RatingRules, rating: Rating, fact: str) -> list[Test]:
    return [one.test for one in rules.conditions[rating] if one.test.fact == fact and not one.group]


def _said_twice(rules: RatingRules) -> Iterator[tuple[Rating, str]]:
    for rating, conditions in rules.conditions.items():
        for (test, _), times in Counter((one.test, one.group) for one in conditions).items():
            if times > 1:
                yield rating, test.fact


def _all(value: FactValue, tests: list[Test]) -> bool:
    return all(compiled(test)(value) for test in tests)
