"""The border of `scores:` in `book.yaml` and of the score tables in `scores/*.yaml`."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from rules.nouns.values import Rating
from rules.reading.border import Border, refuse
from rules.reading.conditions import KindWhen
from rules.reading.parts import Cited, Id, Key, Text

RowKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
Points = Annotated[float, Field(gt=0, le=1000)]
Inputs = Annotated[tuple[Key, ...], Field(min_length=1)]
OPERATIONS = ("mean", "mean_owed", "sum", "percent", "ratio", "count")


class FormulaFile(Cited):
    """A formula: `{gives: score, sum: [general_points, result_points], cite: …}`."""

    gives: Key
    when: KindWhen | None = None
    mean: Inputs | None = None
    mean_owed: Literal["month_scores"] | None = None
    sum: Inputs | None = None
    percent: Key | None = None
    ratio: Annotated[tuple[Key, ...], Field(min_length=2, max_length=2)] | None = None
    count: Literal["month_scores", "quarter_ratings"] | None = None
    rated: tuple[Rating, ...] = ()
    scored_from: Points | None = None
    scored_below: Points | None = None
    of: Points | None = None
    at_most: float | None = None
    at_least: float | None = None

    @model_validator(mode="after")
    def _one_operation(self) -> "FormulaFile":
        if len(self.said()) != 1:
            raise refuse("one_operation", allowed=", ".join(OPERATIONS))
        if (self.percent is None) != (self.of is None):
            raise refuse("percent_of")
        if bool(self.rated) != (self.count == "quarter_ratings"):
            raise refuse("count_rated")
        if bool(self.scored_from or self.scored_below) != (self.count == "month_scores"):
            raise refuse("count_scored")
        return self

    def said(self) -> dict[str, Any]:
        """The operations given in the file, by name; exactly one is right."""
        return {name: getattr(self, name) for name in OPERATIONS if getattr(self, name) is not None}


class LedgerFile(Cited):
    """How the products of a period are counted. `…_takes_pct` are percentages of a product's points."""

    groups_at_most: Annotated[int, Field(ge=1, le=100)]
    fault_takes_pct: Annotated[float, Field(ge=0, le=100)]
    lateness_takes_pct: Annotated[float, Field(ge=0, le=100)]
    groups: dict[Text, Points] = Field(default_factory=dict)


class LastMonthFile(Cited):
    """The clauses about a year that is rated before its last month is over. How that month counts is chosen by the
    desk. `finished_by` is a month and day of the next year.
    """

    month: Literal["m12"]
    title: Text
    before: Text
    later: Text
    finished_by: Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class ScoresFile(Border):
    """The section `scores` of a rulebook."""

    ledger: LedgerFile | None = None
    last_month: LastMonthFile | None = None
    formulas: tuple[FormulaFile, ...] = ()


class CriterionFile(Border):
    """One row of a score table."""

    key: RowKey
    title: Text
    maximum: Points
    number: str = ""
    step: Annotated[float, Field(ge=0)] = 0
    help: str = ""


class CriteriaGroupFile(Border):
    """A group of rows of a score table."""

    key: RowKey
    title: Text
    criteria: Annotated[tuple[CriterionFile, ...], Field(min_length=1)]
    number: str = ""
    gives: str = ""


class ScoreTableFile(Cited):
    """A file `scores/*.yaml`: a score table."""

    id: Id
    title: Text
    gives: Key
    maximum: Points
    replaces: "ReplacesFile | None" = None
    groups: Annotated[tuple[CriteriaGroupFile, ...], Field(min_length=1)]


class ReplacesFile(Border):
    """The question for the total, in whose place the rows are asked."""

    form: Id
    question: RowKey
