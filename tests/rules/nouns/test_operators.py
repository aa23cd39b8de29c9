"""Operators: each has a sign, a contrary and a meaning, and files can write it."""

import pytest

from rules.book.compare import compiled
from rules.nouns import conditions
from rules.nouns.conditions import WRITTEN, Operator, describe, verdict
from rules.nouns.values import Verdict
from rules.reading.conditions import read_when
from rules.reading.load import load
from tests.rules.books import RATINGS, write_book

EVERY = pytest.mark.parametrize("op", Operator, ids=lambda op: op.value)
EVERY_WRITTEN = pytest.mark.parametrize("op", WRITTEN, ids=lambda op: op.value)
AROUND = (49, 50, 51)


def test_each_operator_has_a_sign_of_its_own() -> None:
    assert len({op.sign for op in Operator}) == len(Operator)


@EVERY
def test_a_test_reads_by_its_sign(op: Operator) -> None:
    assert describe(conditions.Test("tasks_done_pct", op, 50)) == f"tasks_done_pct {op.sign} 50"


@EVERY
def test_the_contrary_holds_exactly_where_the_operator_does_not(op: Operator) -> None:
    assert op.contrary.contrary is op
    assert [op.holds(value, 50) for value in AROUND] == [not op.contrary.holds(value, 50) for value in AROUND]


@EVERY
def test_a_verdict_and_a_compiled_test_hold_of_the_same_numbers(op: Operator) -> None:
    test = conditions.Test("tasks_done_pct", op, 50)
    expected = [op.holds(value, 50) for value in AROUND]
    assert [verdict(test, value) is Verdict.MET for value in AROUND] == expected
    assert [compiled(test)(value) for value in AROUND] == expected


@EVERY_WRITTEN
def test_a_condition_may_be_written_with_each_operator(op: Operator, tmp_path) -> None:
    book = load(write_book(tmp_path / "b", RATINGS.replace("fact: score, at_least: 90", f"fact: score, {op}: 90")))
    assert any(one.test == conditions.Test("score", op, 90) for one in _conditions(book))


@EVERY_WRITTEN
def test_a_when_may_be_written_with_each_operator(op: Operator) -> None:
    asked = 6 if op is Operator.IS else {op.value: 6}
    assert read_when({"months_worked": asked}).tests == (conditions.Test("months_worked", op, 6),)


def _conditions(book):
    return [one for rules in book.ratings for conditions in rules.conditions.values() for one in conditions]
