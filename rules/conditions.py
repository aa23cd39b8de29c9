"""The closed language of conditions: a fact, a comparison, a clause. Three-valued."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rules.values import Verdict

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
