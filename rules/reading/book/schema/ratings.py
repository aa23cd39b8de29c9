"""The border of `ratings:`, `caps:` and `not_rated:` in book.yaml: conditions, alone and in groups, and what they lead to."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from rules.nouns.conditions import WRITTEN, Operator, Test
from rules.nouns.values import Rating, Subject
from rules.reading.border import ALONE, GROUP, Border, refuse
from rules.reading.conditions import FactWhen, OneTest, one_test
from rules.reading.parts import NOT_EMPTY, Because, Cited, Dated, Key, Replacing, Text


class ConditionFile(Cited, Dated):
    """`{fact: tasks_done_pct, at_least: 100, cite: …}`. `only_known`, of an exception in a group: met until it is known not to be."""

    fact: Text
    is_: Any = Field(None, alias="is")
    at_least: Any = None
    at_most: Any = None
    above: Any = None
    below: Any = None
    only_known: bool = False

    @model_validator(mode="after")
    def _one_comparison(self) -> "ConditionFile":
        _ = self.test
        return self

    @property
    def test(self) -> Test:
        """The comparison."""
        given = {op: getattr(self, "is_" if op is Operator.IS else op.value) for op in WRITTEN}
        return one_test(self.fact, {op: value for op, value in given.items() if value is not None})


def _of_one_time(members: tuple[ConditionFile, ...]) -> tuple[ConditionFile, ...]:
    if len({(one.since, one.until) for one in members}) > 1:
        raise refuse("group_dates")
    return members


Members = Annotated[tuple[ConditionFile, ...], Field(min_length=2), AfterValidator(_of_one_time)]


class OneOf(Border):
    """Among the conditions of a rating: several of which one suffices."""

    any: Members


class Together(Border):
    """Among the grounds of `not_completed`: several that are one ground only together."""

    all: Members


def _kind(given: Any) -> str:
    return GROUP if isinstance(given, dict) and ("any" in given or "all" in given) else ALONE


_One = Annotated[ConditionFile, Tag(ALONE)]


class AllOf(Border):
    """Conditions that must all hold; `{any: […]}` among them when one of several suffices."""

    all: Annotated[tuple[Annotated[_One | Annotated[OneOf, Tag(GROUP)], Discriminator(_kind)], ...], NOT_EMPTY]


class AnyOf(Border):
    """Grounds of which one suffices; `{all: […]}` among them when several are needed together."""

    any: Annotated[tuple[Annotated[_One | Annotated[Together, Tag(GROUP)], Discriminator(_kind)], ...], NOT_EMPTY]


class KindFile(Border):
    """Whom ratings are for."""

    subject: Subject
    leader: bool


def _highest_first(ratings: tuple[Rating, ...]) -> tuple[Rating, ...]:
    if list(ratings) != sorted(set(ratings), key=lambda rating: rating.rank):
        raise refuse("highest_first")
    return ratings


class GapFile(Cited):
    """Where no rating's conditions hold: `{possible: [excellent, …], cite: …}`, of every such case or of those of `when`;
    of several rules the first that fits.
    """

    when: FactWhen | None = None
    possible: Annotated[tuple[Rating, ...], Field(min_length=2), AfterValidator(_highest_first)]


def _several(given: Any) -> str:
    return GROUP if isinstance(given, list | tuple) else ALONE


Gaps = Annotated[
    Annotated[GapFile, Tag(ALONE)] | Annotated[tuple[GapFile, ...], Tag(GROUP), NOT_EMPTY], Discriminator(_several)
]


class RatingsFile(Border):
    """The ratings of one kind of subject."""

    for_: KindFile = Field(alias="for")
    like: KindFile | None = None
    notes: tuple[Text, ...] = ()
    desk_notes: tuple[Text, ...] = ()
    excellent: AllOf | None = None
    good: AllOf | None = None
    completed: AllOf | None = None
    not_completed: AnyOf | None = None
    otherwise: Gaps | None = None
    asks_less: str = ""


class CapFile(Cited, Dated, Replacing):
    """`at_most` a rating, or `at_most_fact`: the rating that a fact holds. `room`: the clause that lets the authority
    decide above it. `unless`: the exception, which counts only once it is known.
    """

    key: Key | Literal[""] = ""
    when: FactWhen
    unless: OneTest | None = None
    because: Because
    at_most: Rating | None = None
    at_most_fact: Literal["unit_rating", "civil_rating", "bodies_rating", ""] = ""
    room: str = ""

    @model_validator(mode="after")
    def _one_limit(self) -> "CapFile":
        if (self.at_most is None) == (not self.at_most_fact):
            raise refuse("one_limit")
        return self


class NotRatedFile(Cited, Dated, Replacing):
    """When there is no rating. `only_known`: what is not known is taken as not so."""

    key: Key | Literal[""] = ""
    when: FactWhen
    because: Because
    only_known: bool = False
