"""The border of `ratings:`, `caps:` and `not_rated:` in book.yaml, with their conditions, alone and in groups."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from rules.nouns.conditions import WRITTEN, Operator, Test
from rules.nouns.values import Rating, Subject
from rules.reading.border import ALONE, GROUP, Border, refuse
from rules.reading.conditions import FactWhen, OneTest, one_test
from rules.reading.parts import NOT_EMPTY, Because, Cited, Dated, Key, Replacing, Text


class ConditionFile(Cited, Dated):
    """A condition: `{fact: tasks_done_pct, at_least: 100, cite: …}`. `only_known` is for an exception within a group:
    it counts as met until it is known not to be.
    """

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
        """The comparison as a value. Raises an error of pydantic if there is not exactly one."""
        given = {op: getattr(self, "is_" if op is Operator.IS else op.value) for op in WRITTEN}
        return one_test(self.fact, {op: value for op, value in given.items() if value is not None})


def _of_one_time(members: tuple[ConditionFile, ...]) -> tuple[ConditionFile, ...]:
    if len({(one.since, one.until) for one in members}) > 1:
        raise refuse("group_dates")
    return members


Members = Annotated[tuple[ConditionFile, ...], Field(min_length=2), AfterValidator(_of_one_time)]


class OneOf(Border):
    """A group among the conditions of a rating, of which one suffices."""

    any: Members


class Together(Border):
    """A group among the grounds of `not_completed`: only all of them together are one ground."""

    all: Members


def _kind(given: Any) -> str:
    return GROUP if isinstance(given, dict) and ("any" in given or "all" in given) else ALONE


_One = Annotated[ConditionFile, Tag(ALONE)]


class AllOf(Border):
    """Conditions that must all hold. A group `{any: […]}` among them needs only one of its own."""

    all: Annotated[tuple[Annotated[_One | Annotated[OneOf, Tag(GROUP)], Discriminator(_kind)], ...], NOT_EMPTY]


class AnyOf(Border):
    """Grounds of which one suffices. A group `{all: […]}` among them needs all of its own."""

    any: Annotated[tuple[Annotated[_One | Annotated[Together, Tag(GROUP)], Discriminator(_kind)], ...], NOT_EMPTY]


class KindFile(Border):
    """The kind of subject to which ratings apply."""

    subject: Subject
    leader: bool


def _highest_first(ratings: tuple[Rating, ...]) -> tuple[Rating, ...]:
    if list(ratings) != sorted(set(ratings), key=lambda rating: rating.rank):
        raise refuse("highest_first")
    return ratings


class GapFile(Cited):
    """A gap rule, for cases in which the conditions of no rating hold: `{possible: [excellent, …], cite: …}`. `when`
    limits it to some of these cases. Of several rules the first that fits applies.
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
    """A cap: `at_most` a rating, or the rating that is the value of a fact (`at_most_fact`). `room` cites the clause by
    which the authority may decide above it. `unless` is an exception; it counts only once it is known to hold.
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
    """A case without a rating. With `only_known`, it does not apply while its facts are unknown."""

    key: Key | Literal[""] = ""
    when: FactWhen
    because: Because
    only_known: bool = False
