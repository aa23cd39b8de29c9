"""Checks of approvals and special cases: each can apply to somebody, and its effect on a rating is backed by a rule."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, product
from operator import attrgetter

from rules.book.clauses import Cap, NotRatedRule
from rules.book.compare import compiled, telling_values
from rules.book.procedure import Effect, SpecialCase
from rules.book.rulebook import Rulebook
from rules.checks.sources import Sources
from rules.nouns.conditions import FactValue, When, holds
from rules.nouns.errors import Mistake
from rules.nouns.people import TRAITS
from rules.nouns.values import Subject, Verdict

#: Effect of a special case → the part of the rulebook that must have a matching rule.
_RESTS_ON = {Effect.NOT_RATED: "not_rated", Effect.CAPPED: "caps"}


def procedure_mistakes(editions: Iterable[Rulebook], sources: Sources) -> Iterator[Mistake]:
    """Approvals that are never the first to match, special cases that can never apply, and those without the rule they
    depend on.

    Inherited parts are checked in their own file. `editions`: of one rulebook, since a rule may be in force in some of
    them only.
    """
    books = tuple(editions)
    yield from _approvals(books[0], sources)
    cases = {case.key: case for case in books[0].procedure.special_cases}
    for path, entry in sources.entries("special_cases"):
        case = cases[entry["key"]]
        if not _can_hold(case.when):
            yield sources.book.mistake((*path, "when"), "never_holds")
        part = _RESTS_ON.get(case.effect)
        if part and not _has_rule(books, case, part):
            yield sources.book.mistake(path, "rests_on", part=part, effect=case.effect.value)


def _approvals(book: Rulebook, sources: Sources) -> Iterator[Mistake]:
    given = [rule.when for rule in book.procedure.approvals]
    first = {_first(given, known) for known in _kinds()}
    for number, (path, _) in enumerate(sources.entries("approvals")):
        if number not in first:
            yield sources.book.mistake(path, "never_chosen")


def _first(given: list[When], known: Mapping[str, FactValue]) -> int | None:
    return next((number for number, when in enumerate(given) if holds(when, known) is Verdict.MET), None)


def _can_hold(when: When) -> bool:
    """Whether somebody could satisfy all tests of traits, and each fact its tests."""
    of_traits = When(tuple(test for test in when.tests if test.fact in TRAITS))
    if not any(holds(of_traits, known) is Verdict.MET for known in _kinds()):
        return False
    of_facts = sorted((test for test in when.tests if test.fact not in TRAITS), key=attrgetter("fact"))
    for fact, group in groupby(of_facts, key=attrgetter("fact")):
        tests = tuple(group)
        if not any(all(compiled(test)(value) for test in tests) for value in telling_values(fact, tests)):
            return False
    return True


def _kinds() -> Iterator[Mapping[str, FactValue]]:
    """The traits of every kind of person: nobody is both head and deputy, and both are leaders."""
    for subject, leader, head, deputy, member, serves in product(Subject, *(((False, True),) * 5)):
        if not (head and deputy) and (leader or not (head or deputy)):
            yield dict(zip(TRAITS, (subject.value, leader, head, deputy, member, serves), strict=True))


def _has_rule(books: Iterable[Rulebook], case: SpecialCase, part: str) -> bool:
    rules: Iterator[Cap | NotRatedRule] = (rule for book in books for rule in getattr(book, part))
    return any(rule.key == case.key and set(rule.when.tests) == set(case.when.tests) for rule in rules)
