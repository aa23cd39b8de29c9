"""The border of the procedure in book.yaml: who fills in which form, which meetings and ballots there are, and who
comments, decides and is told.
"""

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
    """A rule about who fills in which form."""

    form: Id
    when: TraitWhen = EVERYBODY
    why: str = ""
    period: Literal["year", "half", "quarter", "month"] = "year"


class MeetingFile(Cited):
    """A meeting: who meets, who leads it, and its steps."""

    key: Key
    title: Text
    led_by: str = ""
    attended_by: str = ""
    steps: tuple[Text, ...] = ()


class BallotFile(Cited, Replacing):
    """A ballot. More than `share` of `base` must agree; with `more_than: false`, exactly the share suffices.

    If a `rating` is given, voters agree to it or do not. Otherwise they mark one rating on each line. `choices` can say
    something else.
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
    """The chain of a draft: `{key: head, when: {head: true}, steps: [deputy, in_charge], cite: …}`. The first rule that
    matches applies. `decides` is given where it is not the authority that decides.
    """

    key: Key
    when: TraitWhen = EVERYBODY
    steps: Annotated[tuple[Role, ...], AfterValidator(_each_once)]
    decides: Annotated[Role, AfterValidator(_can_decide)] = Role.AUTHORITY


class DeciderFile(Cited, Replacing):
    """The title of a decider: `{key: managing_body, when: {head: true}, outside: true, above: true, title: …, cite:
    …}`.
    """

    key: Key
    when: TraitWhen = EVERYBODY
    outside: bool = False
    above: bool = False
    title: Because


class SpecialCaseFile(Cited, Replacing):
    """A special case: `{key: maternity, title: …, when: {maternity_leave: true}, effect: time_worked, cite: …}`.

    `opinion` says whose opinion is asked; it must be given for the effect `opinion_asked` and for no other. `chosen` is
    allowed only for the effect `by_choice`, where `choice` names the setting by which the office chooses.
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
    """The time for answering a petition: `{answer_within: 7, cite: …}`, in working days; null: the rules set none."""

    answer_within: Annotated[int, Field(ge=1, le=250)] | None


class OrderFile(Cited):
    """The order in which reviews are decided: `{order: lower_first, cite: …}`."""

    order: Order


class ConsequenceFile(Cited):
    """A consequence: `{key: lower_post, rating: not_completed, text: …, cite: …}`. With `years: 2` it follows only if
    the rating is the same for two years in a row.
    """

    key: Key
    rating: Rating
    text: Text
    when: FormWhen = EVERYBODY
    years: Annotated[int, Field(ge=1, le=5)] = 1


class ToldFile(Cited):
    """Who else must be told of a result: `{to: unit_head, cite: …, quote: …}`."""

    to: Literal["unit_head", "in_charge"]
    quote: Text
