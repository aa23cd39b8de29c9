"""Ratings: each can be reached, and no value of a fact both serves a rating and is a ground of `not_completed`."""

from collections.abc import Iterator

from rules.checks.sources import Sources
from rules.clauses import RatingRules
from rules.compare import compiled, telling_values
from rules.conditions import FactValue, Test
from rules.errors import Mistake
from rules.rulebook import Rulebook
from rules.suggest import Case, suggest
from rules.values import Rating


def rating_mistakes(book: Rulebook, sources: Sources) -> Iterator[Mistake]:
    """Ratings written in the file that no case reaches, or that overlap with a ground of `not_completed`."""
    for rules in book.ratings:
        path = sources.ratings_of(rules.subject, leader=rules.leader)
        if path is None:
            continue
        possible = suggest(book, Case(rules.subject, rules.leader)).possible
        for rating in Rating:
            if rating not in possible:
                yield sources.book.mistake((*path, rating.value), "unreachable")
        for rating in tuple(Rating)[:-1]:
            for fact in _overlaps(rules, rating):
                yield sources.book.mistake((*path, rating.value), "overlap", rating=rating.value, fact=fact)


def _overlaps(rules: RatingRules, rating: Rating) -> Iterator[str]:
    for ground in rules.conditions[Rating.NOT_COMPLETED]:
        fact = ground.test.fact
        own = [condition.test for condition in rules.conditions[rating] if condition.test.fact == fact]
        if own and any(_all(value, [*own, ground.test]) for value in telling_values(fact, [*own, ground.test])):
            yield fact


def _all(value: FactValue, tests: list[Test]) -> bool:
    return all(compiled(test)(value) for test in tests)
