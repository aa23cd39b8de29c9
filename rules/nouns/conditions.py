"""The closed language of conditions: a fact, a comparison, a clause. Every verdict is met, unmet or unknown."""

import operator
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, assert_never

from rules.nouns.values import Criteria, Efficiency, Level, Rating, Verdict

#: What a fact may hold. `None` never stands for "unknown": an unknown fact is absent.
FactValue = bool | int | float | str | tuple[str | float, ...]
Facts = Mapping[str, FactValue]


class Operator(StrEnum):
    """How a condition compares a fact with a value.

    The enum value is the word that rulebook files use, `sign` is what `tusoi rate` prints, and `holds` compares a
    number with a limit. The wording for people is in `templates/messages/review/_facts.j2`.
    """

    sign: str
    holds: Callable[[Any, float], bool]

    IS = "is", "=", operator.eq
    AT_LEAST = "at_least", ">=", operator.ge
    AT_MOST = "at_most", "<=", operator.le
    ABOVE = "above", ">", operator.gt
    BELOW = "below", "<", operator.lt
    IS_NOT = "is_not", "!=", operator.ne

    def __new__(cls, word: str, sign: str, holds: Callable[[Any, float], bool]) -> Self:
        """Build one member from a row of the table above."""
        member = str.__new__(cls, word)
        member._value_, member.sign, member.holds = word, sign, holds
        return member

    @property
    def contrary(self) -> "Operator":
        """The operator that holds exactly when this one does not."""
        match self:
            case Operator.IS:
                return Operator.IS_NOT
            case Operator.AT_LEAST:
                return Operator.BELOW
            case Operator.AT_MOST:
                return Operator.ABOVE
            case Operator.ABOVE:
                return Operator.AT_MOST
            case Operator.BELOW:
                return Operator.AT_LEAST
            case Operator.IS_NOT:
                return Operator.IS
            case _:
                assert_never(self)


#: The operators that files may use. `is_not` is excluded: it is used only to explain what would have to change.
WRITTEN = tuple(one for one in Operator if one is not Operator.IS_NOT)


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison of one fact or trait with a value."""

    fact: str
    op: Operator
    value: FactValue


@dataclass(frozen=True, slots=True)
class When:
    """A set of tests that must all hold. Where `any` is not empty, at least one of its alternatives must hold as well."""

    tests: tuple[Test, ...]
    any: "tuple[When, ...]" = ()

    @property
    def every_test(self) -> tuple[Test, ...]:
        """All tests, including those inside `any`."""
        return (*self.tests, *(test for one in self.any for test in one.every_test))


def describe(*tests: Test) -> str:
    """The tests as text, e.g. `months_worked < 6 and maternity_leave = false`. A test of the subject is left out as
    obvious.
    """
    return " and ".join(
        f"{test.fact} {test.op.sign} {str(test.value).lower() if isinstance(test.value, bool) else test.value}"
        for test in tests
        if test.fact != "subject"
    )


def every(verdicts: Collection[Verdict]) -> Verdict:
    """Unmet if any verdict is unmet, whatever is still unknown; met only if all are."""
    if Verdict.UNMET in verdicts:
        return Verdict.UNMET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MET


def some(verdicts: Collection[Verdict]) -> Verdict:
    """Met if any verdict is met, whatever is still unknown; unmet only if all are."""
    if Verdict.MET in verdicts:
        return Verdict.MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.UNMET


def holds(when: When, known: Facts) -> Verdict:
    """The verdict of `when` on the known values; a fact that is absent is unknown."""
    found = [verdict(test, known[test.fact]) if test.fact in known else Verdict.UNKNOWN for test in when.tests]
    if when.any:
        found.append(some([holds(one, known) for one in when.any]))
    return every(found)


def verdict(test: Test, value: FactValue) -> Verdict:
    """The verdict of `test` on `value`. Words are compared by their place in the scale they belong to."""
    return Verdict.MET if _passes(test.op, value, test.value) else Verdict.UNMET


#: The scales whose words can be compared, best first. A word in two of them stands in the same order in both.
_SCALES: tuple[type[StrEnum], ...] = (Rating, Level, Criteria, Efficiency)


def _passes(op: Operator, value: FactValue, asked: FactValue) -> bool:
    match op:
        case Operator.IS:
            return _is(value, asked)
        case Operator.IS_NOT:
            return not _is(value, asked)
        case Operator.AT_LEAST | Operator.AT_MOST | Operator.ABOVE | Operator.BELOW:
            difference = _compare(value, asked)
            return difference is not None and op.holds(difference, 0)
        case _:
            assert_never(op)


def _is(value: FactValue, asked: FactValue) -> bool:
    if isinstance(asked, tuple):  # several subjects
        return value in asked
    return value == asked and isinstance(value, bool) == isinstance(asked, bool)


def _compare(value: FactValue, asked: FactValue) -> float | None:
    """Positive when `value` is better or greater than `asked`; None when the two cannot be compared."""
    if isinstance(value, str) and isinstance(asked, str):
        scale = next((tuple(words) for words in _SCALES if {value, asked} <= set(words)), ())
        return scale.index(asked) - scale.index(value) if scale else None
    if isinstance(value, int | float) and isinstance(asked, int | float):
        return value - asked
    return None
