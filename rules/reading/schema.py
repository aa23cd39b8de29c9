"""The border of `book.yaml`: what may stand there. `rules.reading.build` turns it into values."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    field_validator,
    model_validator,
)

from rules.book.ballots import Base, Choices
from rules.book.dossier import Of
from rules.book.procedure import DECIDERS, Choice, Effect, Order, Role
from rules.book.summaries import COLUMNS_OF, Contents, Shows
from rules.nouns.conditions import WRITTEN, Operator, Test
from rules.nouns.rulings import OpinionKind
from rules.nouns.values import OwedBy, Rating, Subject
from rules.reading.condition_schema import FactWhen, FormWhen, OneTest, TraitWhen, one_test
from rules.reading.dossier_schema import DossierItemFile, DossierSetsFile
from rules.reading.inquiry_schema import InquiryFile
from rules.reading.meeting_schema import MeetingRulesFile
from rules.reading.round_schema import RoundFile
from rules.reading.schema_errors import ALONE, GROUP, Border, refuse
from rules.reading.schema_parts import EVERYBODY, NOT_EMPTY, Because, Cited, Dated, Id, Key, Replacing, Text
from rules.reading.score_schema import ScoresFile
from rules.reading.upward_schema import UpwardFile

Day = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]
Percent = Annotated[float, Field(ge=0, le=100)]


def _each(given: Any) -> Any:
    """One id alone is a list of one."""
    return tuple(given) if isinstance(given, list) else (given,)


Parents = Annotated[tuple[Id, ...], NOT_EMPTY, BeforeValidator(_each)]


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


class FormRuleFile(Cited):
    """Who fills which form."""

    form: Id
    when: TraitWhen = EVERYBODY
    why: str = ""
    period: Literal["year", "half", "quarter", "month"] = "year"


class MinimumFile(Border):
    """`{when_below: 5, allow: 1}`: of the base, or of all in the list (`of: staff`)."""

    when_below: Annotated[int, Field(ge=1)]
    allow: Annotated[int, Field(ge=0)]
    of: Literal["base", "staff"] = "base"


class QuotaFile(Cited, Dated, Replacing):
    """The share of a rating. `subject`: whose list it is about, where a rulebook has shares of several. `room`: the
    clause that lets the authority grant more, no more than `by_decision_pct` where that is given, and only where the
    rating of the unit is as `by_decision_when` asks.
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


def _day_of(text: Any) -> Any:
    """A date as files write it; what is none is left to pydantic to refuse."""
    try:
        return dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        return text


class DueFile(Border):
    """`2020-12-15`, or `{day: "12-05", before: true}` of the campaign's year plus `years`."""

    # What a validator of the whole has looked at is no longer JSON to pydantic: the text has to be read here.
    date: Annotated[dt.date | None, BeforeValidator(_day_of)] = None
    day: Day | None = None
    years: Annotated[int, Field(ge=-1, le=1)] = 0
    before: bool = False

    @model_validator(mode="before")
    @classmethod
    def _plain_date(cls, given: Any) -> Any:
        return {"date": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _one_day(self) -> "DueFile":
        if (self.date is None) == (self.day is None):
            raise refuse("one_day")
        if self.day in {"02-29", "02-30", "02-31", "04-31", "06-31", "09-31", "11-31"}:
            raise refuse("day_of_every_year")
        return self


class MilestoneFile(Cited, Replacing):
    """Who owes what until when."""

    key: Key
    title: Text
    owed_by: OwedBy
    due: DueFile
    beside: bool = False


class SummaryColumnFile(Border):
    """`{shows: rating, title: Mức xếp loại}`; `quote` where the text names the column itself; `round` of points of sheets."""

    shows: Shows
    title: Text
    quote: str = ""
    round: Key | Literal[""] = ""

    @model_validator(mode="after")
    def _points_of_a_round(self) -> Self:
        if (self.shows is Shows.POINTS) != bool(self.round):
            raise refuse("column_round")
        return self


def refuse_others(columns: Iterable[SummaryColumnFile], contents: Contents) -> None:
    """Raises for a column that has no meaning there."""
    known = COLUMNS_OF[contents]
    for column in columns:
        if column.shows not in known:
            expected = ", ".join(one.value for one in Shows if one in known)
            raise refuse("one_of", given=column.shows.value, expected=expected)


class SummaryTableFile(Cited, Replacing):
    """A table that is made of the results: what stands in it, for whom, and the line of the text that asks for it."""

    key: Key
    title: Text
    contents: Contents
    columns: Annotated[tuple[SummaryColumnFile, ...], Field(min_length=2)]
    quote: Text
    per: Literal["office", "unit"] = "office"
    subject: tuple[Subject, ...] = ()
    leader: bool | None = None
    forms: tuple[Id, ...] = ()
    proposal: bool = False
    public: bool = False
    printed: bool = False
    code: str = ""
    to: str = ""
    signed: Annotated[tuple[Text, ...], Field(max_length=2)] = ()

    @model_validator(mode="after")
    def _columns_of_its_contents(self) -> Self:
        refuse_others(self.columns, self.contents)
        return self


class SentenceFile(Border):
    """`{text: …, cite: …}`; without a cite it is our own."""

    text: Text
    cite: str = ""

    @field_validator("text")
    @classmethod
    def _known_places(cls, value: str) -> str:
        for place in re.findall(r"\{[^}]*\}?|\}", value):
            if place not in _PLACES:
                raise refuse("one_of", given=place, expected=", ".join(_PLACES))
        return value


#: What is put into a sentence of a decision.
_PLACES = ("{period}", "{count}", "{office}", "{name}", "{position}", "{unit}", "{rating}")


class DecisionFile(Cited):
    """How a decision reads, with the columns of its list and the line of the text by which there is one."""

    about: SentenceFile
    grounds: Annotated[tuple[SentenceFile, ...], Field(min_length=1)]
    articles: Annotated[tuple[SentenceFile, ...], Field(min_length=2)]
    of_one: SentenceFile
    columns: Annotated[tuple[SummaryColumnFile, ...], Field(min_length=2)]
    quote: Text
    subject: tuple[Subject, ...] = ()
    recipients: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _columns_of_results(self) -> Self:
        refuse_others(self.columns, Contents.RESULTS)
        return self


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


class NoteFile(Dated):
    """Where two sources disagree; with `at_opening` also told to the desk before it opens a campaign of the year."""

    text: Text
    cites: Annotated[tuple[Text, ...], NOT_EMPTY]
    unverified: bool = False
    at_opening: bool = False


class IssuedFile(Border):
    """The document a rulebook restates; number and date as far as its copy tells them."""

    number: str = ""
    date: dt.date | None = None
    by: Text


class AmendmentFile(Border):
    """A document that changed the one restated: its number, date and first day in force."""

    number: Text
    date: dt.date
    in_force: dt.date
    note: str = ""
    unverified: bool = False
    desk_note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.in_force < self.date:
            raise refuse("not_before", first=self.date.isoformat())
        return self


class InForceFile(Border):
    """First and last day in force; no `to` while it is open."""

    from_: dt.date = Field(alias="from")
    to: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "InForceFile":
        if self.to and self.to < self.from_:
            raise refuse("not_before", first=self.from_.isoformat())
        return self


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


class BookFile(Border):
    """The whole of `book.yaml`."""

    id: Id
    title: Text
    issued: IssuedFile
    in_force: InForceFile
    amended: tuple[AmendmentFile, ...] = ()
    extends: Parents = ()
    choose_form: tuple[FormRuleFile, ...] = ()
    also_fill: tuple[FormRuleFile, ...] = ()
    ratings: tuple[RatingsFile, ...] = ()
    caps: tuple[CapFile, ...] = ()
    not_rated: tuple[NotRatedFile, ...] = ()
    quotas: tuple[QuotaFile, ...] = ()
    meetings: tuple[MeetingFile, ...] = ()
    meeting: MeetingRulesFile = Field(default_factory=MeetingRulesFile)
    ballots: tuple[BallotFile, ...] = ()
    scores: ScoresFile | None = None
    milestones: tuple[MilestoneFile, ...] = ()
    approvals: tuple[ApprovalFile, ...] = ()
    deciders: tuple[DeciderFile, ...] = ()
    special_cases: tuple[SpecialCaseFile, ...] = ()
    petitions: PetitionFile | None = None
    orders: tuple[OrderFile, ...] = ()
    consequences: tuple[ConsequenceFile, ...] = ()
    dossier: dict[Of, tuple[DossierItemFile, ...]] = Field(default_factory=dict)
    dossier_sets: tuple[DossierSetsFile, ...] = ()
    dossier_by: dict[Of, Key] = Field(default_factory=dict)
    summary_tables: tuple[SummaryTableFile, ...] = ()
    decision: DecisionFile | None = None
    told: tuple[ToldFile, ...] = ()
    rounds: tuple[RoundFile, ...] = ()
    upward: UpwardFile = Field(default_factory=UpwardFile)
    inquiries: tuple[InquiryFile, ...] = ()
    notes: tuple[NoteFile, ...] = ()
