"""The border of the way of a review in book.yaml: who fills which form, which meetings and ballots there are, who comments, decides and is told."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from rules.book.ballots import Base, Choices
from rules.book.procedure import DECIDERS, Choice, Effect, Order, Role
from rules.nouns.rulings import OpinionKind
from rules.nouns.values import Rating, Subject
from rules.reading.border import refuse
from rules.reading.conditions import FormWhen, TraitWhen
from rules.reading.parts import EVERYBODY, Because, Cited, Id, Key, Replacing, Text


class FormRuleFile(Cited):
    """Who fills which form."""

    form: Id
    when: TraitWhen = EVERYBODY
    why: str = ""
    period: Literal["year", "half", "quarter", "month"] = "year"


class MeetingFile(Cited):
    """One step of the review: who meets, who leads, what is done."""

    key: Key
    title: Text
    led_by: str = ""
    attended_by: str = ""
    steps: tuple[Text, ...] = ()


class BallotFile(Cited, Replacing):
    """A vote. `share: "2/3"` of `base`, in words `of`; more than it unless `more_than: false`. A `rating` is agreed to or not; without
    one each line gets a rating, unless `choices` says otherwise. `about`: as what those on the slip are rated.
    """

    key: Key
    title: Text
    about: tuple[Subject, ...] = ()
    rating: Rating | None = None
    form: Id | Literal[""] = ""
    secret: bool | None = None
    share: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]?/[1-9][0-9]?$")] | None = None
    more_than: bool = True
    of: str = ""
    tie: str = ""
    base: Base = Base.ENTITLED
    choices: Choices | None = None
    after: Key | Literal[""] = ""
    within_quota: bool = False
    tie_to: str = ""
    quote: str = ""


def _each_once(steps: tuple[Role, ...]) -> tuple[Role, ...]:
    for place, step in enumerate(steps):
        if step in steps[:place]:
            raise refuse("once", key=step.value)
    return steps


def _can_decide(role: Role) -> Role:
    if role not in DECIDERS:
        raise refuse("one_of", given=role.value, expected=", ".join(one.value for one in DECIDERS))
    return role


class ApprovalFile(Cited):
    """`{key: head, when: {head: true}, steps: [deputy, in_charge], cite: …}`; the first that matches wins. `decides`: who
    does, where it is not the authority.
    """

    key: Key
    when: TraitWhen = EVERYBODY
    steps: Annotated[tuple[Role, ...], AfterValidator(_each_once)]
    decides: Annotated[Role, AfterValidator(_can_decide)] = Role.AUTHORITY


class DeciderFile(Cited, Replacing):
    """`{key: managing_body, when: {head: true}, outside: true, above: true, title: …, cite: …}`."""

    key: Key
    when: TraitWhen = EVERYBODY
    outside: bool = False
    above: bool = False
    title: Because


class SpecialCaseFile(Cited, Replacing):
    """`{key: maternity, title: …, when: {maternity_leave: true}, effect: time_worked, cite: …}`.

    `opinion`: whose, exactly where the effect is that one is asked. `chosen`: only where the effect is `by_choice`;
    there `choice` names the setting of the office that chooses.
    """

    key: Key
    title: Text
    when: FormWhen
    effect: Effect
    opinion: OpinionKind | None = None
    chosen: bool = False
    choice: Choice = Choice.WORKERS

    @model_validator(mode="after")
    def _chosen_where_there_is_a_choice(self) -> "SpecialCaseFile":
        if self.chosen and self.effect is not Effect.BY_CHOICE:
            raise refuse("one_of", given=self.effect, expected=Effect.BY_CHOICE.value)
        return self

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


class ConsequenceFile(Cited):
    """`{key: lower_post, rating: not_completed, text: …, cite: …}`; `years: 2`: of two years in a row."""

    key: Key
    rating: Rating
    text: Text
    when: FormWhen = EVERYBODY
    years: Annotated[int, Field(ge=1, le=5)] = 1


class ToldFile(Cited):
    """`{to: unit_head, cite: …, quote: …}`: who else must be told of a result."""

    to: Literal["unit_head", "in_charge"]
    quote: Text
