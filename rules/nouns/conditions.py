"""The closed language of conditions: a fact, a comparison, a clause. Three-valued."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.nouns.values import Criteria, Efficiency, Level, Rating, Verdict

#: What a fact may hold. `None` never stands for "unknown": an unknown fact is absent.
FactValue = bool | int | float | str | tuple[str | float, ...]
Facts = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison of one fact or trait. `op`: `is`, `at_least`, `at_most`, `above`, `below`."""

    fact: str
    op: str
    value: FactValue


@dataclass(frozen=True, slots=True)
class When:
    """Tests that must all hold."""

    tests: tuple[Test, ...]


_SIGNS = {"is": "=", "at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}


def describe(*tests: Test) -> str:
    """Tests as text, e.g. `months_worked < 6 and maternity_leave = false`. The subject goes without saying."""
    return " and ".join(
        f"{test.fact} {_SIGNS[test.op]} {str(test.value).lower() if isinstance(test.value, bool) else test.value}"
        for test in tests
        if test.fact != "subject"
    )


def every(verdicts: Collection[Verdict]) -> Verdict:
    """One unmet settles it, whatever is still unknown."""
    if Verdict.UNMET in verdicts:
        return Verdict.UNMET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MET


def some(verdicts: Collection[Verdict]) -> Verdict:
    """One met settles it, whatever is still unknown."""
    if Verdict.MET in verdicts:
        return Verdict.MET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.UNMET


def holds(when: When, known: Facts) -> Verdict:
    """Whether every test of `when` holds of what is known; a fact that is absent is unknown."""
    return every([verdict(test, known[test.fact]) if test.fact in known else Verdict.UNKNOWN for test in when.tests])


def verdict(test: Test, value: FactValue) -> Verdict:
    """Whether `value` passes `test`. Words compare by their place in the scale they belong to."""
    return Verdict.MET if _passes(test.op, value, test.value) else Verdict.UNMET


#: The scales whose words can be compared, best first. A word in two of them stands in the same order in both.
_SCALES: tuple[type[StrEnum], ...] = (Rating, Level, Criteria, Efficiency)


def _passes(op: str, value: FactValue, asked: FactValue) -> bool:
    if isinstance(asked, tuple):  # several subjects
        return value in asked
    if op == "is":
        return value == asked and isinstance(value, bool) == isinstance(asked, bool)
    difference = _compare(value, asked)
    if difference is None:
        return False
    return {"at_least": difference >= 0, "at_most": difference <= 0, "above": difference > 0, "below": difference < 0}[
        op
    ]


def _compare(value: FactValue, asked: FactValue) -> float | None:
    """Above 0 when `value` is better or greater than `asked`; None when the two cannot be compared."""
    if isinstance(value, str) and isinstance(asked, str):
        scale = next((tuple(words) for words in _SCALES if {value, asked} <= set(words)), ())
        return scale.index(asked) - scale.index(value) if scale else None
    if isinstance(value, int | float) and isinstance(asked, int | float):
        return value - asked
    return None
