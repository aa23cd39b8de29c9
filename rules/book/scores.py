"""Scores as values: formulas over facts, the ledger of products, and the score tables that an office supplies.

The formulas are a closed language: each gives one value by one operation on named values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

from rules.book.remarks import Remarked
from rules.nouns.conditions import When


class Operation(StrEnum):
    """What a formula does with its inputs."""

    MEAN = "mean"  # the mean; each element of a list counts
    MEAN_OWED = "mean_owed"  # the mean of the months that are owed (`rules.book.owed`); its inputs are their scores
    SUM = "sum"
    PERCENT = "percent"  # that percentage of the number `of`
    RATIO = "ratio"  # the first as a percentage of the second; unknown if that is zero
    COUNT = "count"  # the number of periods with such a rating or score


@dataclass(frozen=True, slots=True)
class Formula(Remarked):
    """A formula of a rulebook."""

    #: A fact, or a name that later formulas use.
    gives: str
    operation: Operation
    inputs: tuple[str, ...]
    cite: str
    #: Tests of `subject` and `leader` only.
    when: When
    #: The number of a PERCENT.
    of: float = 0
    #: For a COUNT: the ratings that count.
    rated: tuple[str, ...] = ()
    #: For a COUNT: the scores that count, from the first to below the second.
    scored: tuple[float, float] = (0, inf)
    #: With `at_least`: the limits of the result.
    at_most: float | None = None
    at_least: float | None = None


@dataclass(frozen=True, slots=True)
class LedgerRule(Remarked):
    """How the products of a period are counted (Nghị định 335/2025/NĐ-CP, Điều 13, 14, 18)."""

    cite: str
    #: How many groups a ledger may define itself.
    groups_at_most: int
    #: Percent of a product's points that each fault takes; `lateness_takes_pct` is the same for each delay.
    fault_takes_pct: float
    lateness_takes_pct: float
    #: Group → units (đơn vị sản phẩm chuẩn) of one product, as far as the rulebook fixes them.
    groups: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LastMonthRule(Remarked):
    """The clauses about a year that is rated before its last `month` is over, although the month's score is owed."""

    month: str
    title: str
    #: The clause by which the score is owed.
    cite: str
    #: The clause that demands the rating earlier.
    before: str
    #: The clause by which the superior may allow finishing by `finished_by` (month and day of the next year).
    later: str
    finished_by: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scores:
    """The section `scores` of a rulebook."""

    formulas: tuple[Formula, ...] = ()
    ledger: LedgerRule | None = None
    last_month: LastMonthRule | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of a score table, with its maximum of points. `step`: points are given in steps of it (0: any number)."""

    key: str
    title: str
    maximum: float
    number: str = ""
    step: float = 0
    help: str = ""


@dataclass(frozen=True, slots=True)
class CriteriaGroup:
    """A part of a score table. `gives`: a fact given by its points, besides that of the table."""

    key: str
    title: str
    criteria: tuple[Criterion, ...]
    number: str = ""
    gives: str = ""


@dataclass(frozen=True, slots=True)
class ScoreTable(Remarked):
    """A table of points that an office supplies (`scores/*.yaml`)."""

    id: str
    title: str
    #: The fact given by all its points.
    gives: str
    maximum: float
    cite: str
    groups: tuple[CriteriaGroup, ...]
    form: str = ""
    #: The question of `form` that asks for the total if no table is supplied; the rows replace it. Both are "" if there
    #: is none.
    question: str = ""
