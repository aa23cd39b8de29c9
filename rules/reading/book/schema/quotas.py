"""The border of `quotas:` in book.yaml."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from rules.nouns.values import Rating, Subject
from rules.reading.border import Border, refuse
from rules.reading.conditions import FactWhen
from rules.reading.parts import NOT_EMPTY, Cited, Dated, Key, Replacing

Percent = Annotated[float, Field(ge=0, le=100)]


class MinimumFile(Border):
    """How many are allowed in a small group: `{when_below: 5, allow: 1}`. The limit of 5 is compared with the base, or
    with everybody in the list (`of: staff`).
    """

    when_below: Annotated[int, Field(ge=1)]
    allow: Annotated[int, Field(ge=0)]
    of: Literal["base", "staff"] = "base"


class QuotaFile(Cited, Dated, Replacing):
    """A quota: the share of a group that may have a rating.

    `subject` is needed where a rulebook has different shares for different subjects. `room` cites the clause by which
    the authority may grant more: at most `by_decision_pct` if that is given, and only if the rating of the unit passes
    `by_decision_when`.
    """

    key: Key | Literal[""] = ""
    rating: Rating
    subject: tuple[Subject, ...] = ()
    at_most_pct: Percent
    of: Literal["good", "good_or_better", "rated", "staff"]
    per: Annotated[tuple[Literal["office", "unit", "group", "unit+group"], ...], NOT_EMPTY]
    minimum: MinimumFile | None = None
    leader: bool | None = None
    stage: Literal["proposal", "decision"] = "decision"
    at_most_count: Annotated[int, Field(ge=0)] | None = None
    by_decision_pct: Percent = 0
    by_decision_when: FactWhen | None = None
    room: str = ""

    @model_validator(mode="after")
    def _of_the_unit(self) -> "QuotaFile":
        when = self.by_decision_when
        if when and (not self.by_decision_pct or [test.fact for test in when.tests] != ["unit_rating"]):
            raise refuse("by_decision_when")
        return self
