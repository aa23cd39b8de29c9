"""The border of what `book.yaml` says of the way after handing in: approvals, special cases, petitions, orders."""

from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from rules.book.procedure import Effect, Order, Role
from rules.nouns.rulings import OpinionKind
from rules.reading.schema_errors import refuse
from rules.reading.schema_parts import EVERYBODY, NOT_EMPTY, Cited, Key, Text
from rules.reading.schema_tests import FormWhen, TraitWhen


def _each_once(steps: tuple[Role, ...]) -> tuple[Role, ...]:
    for place, step in enumerate(steps):
        if step in steps[:place]:
            raise refuse("once", key=step.value)
    return steps


class ApprovalFile(Cited):
    """`{key: head, when: {head: true}, steps: [deputy, in_charge], cite: …}`; the first that matches wins."""

    key: Key
    when: TraitWhen = EVERYBODY
    steps: Annotated[tuple[Role, ...], NOT_EMPTY, AfterValidator(_each_once)]


class SpecialCaseFile(Cited):
    """`{key: maternity, title: …, when: {maternity_leave: true}, effect: time_worked, cite: …}`.

    `opinion`: whose, exactly where the effect is that one is asked.
    """

    key: Key
    title: Text
    when: FormWhen
    effect: Effect
    opinion: OpinionKind | None = None

    @model_validator(mode="after")
    def _opinion_of_somebody(self) -> "SpecialCaseFile":
        if (self.effect is Effect.OPINION_ASKED) == (self.opinion is None):
            raise refuse("opinion", expected=", ".join(OpinionKind))
        return self


class PetitionFile(Cited):
    """`{answer_within: 7, cite: …}`: working days, or null where the rules set no time."""

    answer_within: Annotated[int, Field(ge=1, le=250)] | None


class OrderFile(Cited):
    """`{order: lower_first, cite: …}`."""

    order: Order
