"""How points come about, as values: formulas over facts, the ledger of products, the tables an office supplies.

The formulas are a closed language: each gives one value by one operation over named values.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

from rules.book.remarks import Remarked
from rules.nouns.conditions import When


class Operation(StrEnum):
    """What a formula does with its inputs."""

    MEAN = "mean"  # the mean; a list counts with all its elements
    MEAN_OWED = "mean_owed"  # the mean of the months that are owed (`rules.book.owed`); its inputs are their scores
    SUM = "sum"
    PERCENT = "percent"  # so many percent of the number `of`
    RATIO = "ratio"  # the first as a percentage of the second; by zero: not known
    COUNT = "count"  # how many periods are rated, or have a score, as the formula says


@dataclass(frozen=True, slots=True)
class Formula(Remarked):
    """`gives` is a fact or a name that later formulas use. `when` asks about `subject` and `leader` only.

    `of` is the number of a PERCENT; `rated` and `scored`, from the first to below the second, what a COUNT counts; `at_most` and `at_least` are limits of the result.
    """

    gives: str
    operation: Operation
    inputs: tuple[str, ...]
    cite: str
    when: When
    of: float = 0
    rated: tuple[str, ...] = ()
    scored: tuple[float, float] = (0, inf)
    at_most: float | None = None
    at_least: float | None = None


@dataclass(frozen=True, slots=True)
class LedgerRule(Remarked):
    """How the products of a period are counted (Nghị định 335/2025/NĐ-CP, Điều 13, 14, 18).

    `groups`: units (đơn vị sản phẩm chuẩn) of one product of each group, as far as the rulebook fixes them; a
    ledger may bring its own, `groups_at_most` of them. `fault_takes_pct`, `lateness_takes_pct`: of the points of
    the product, each time.
    """

    cite: str
    groups_at_most: int
    fault_takes_pct: float
    lateness_takes_pct: float
    groups: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LastMonthRule(Remarked):
    """Of a year that is to be rated before its last `month` is over, though its score is owed: the clause that owes it (`cite`), the one
    that wants the rating before (`before`), and the one that lets it be finished by `finished_by` (month, day of the next year) where the superior allows (`later`).
    """

    month: str
    title: str
    cite: str
    before: str
    later: str
    finished_by: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scores:
    """The `scores` of a rulebook."""

    formulas: tuple[Formula, ...] = ()
    ledger: LedgerRule | None = None
    last_month: LastMonthRule | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of a score table with its most points. `step`: points are given in steps of it (0: any number)."""

    key: str
    title: str
    maximum: float
    number: str = ""
    step: float = 0
    help: str = ""


@dataclass(frozen=True, slots=True)
class CriteriaGroup:
    """A part of a score table. `gives`: a fact that its points make, besides the table's own."""

    key: str
    title: str
    criteria: tuple[Criterion, ...]
    number: str = ""
    gives: str = ""


@dataclass(frozen=True, slots=True)
class ScoreTable(Remarked):
    """A table of points that an office supplies (`scores/*.yaml`). `gives`: the fact that all its points make.

    `question` of `form` (both "" when none) asks for the total where no table is supplied; the rows take its place.
    """

    id: str
    title: str
    gives: str
    maximum: float
    cite: str
    groups: tuple[CriteriaGroup, ...]
    form: str = ""
    question: str = ""
