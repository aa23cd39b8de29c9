"""The border of `book.yaml` as a whole. `rules.reading.book.build` turns it into values."""

import datetime as dt
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from rules.book.dossier import Of
from rules.reading.book.schema.dossier import DossierItemFile, DossierSetsFile
from rules.reading.book.schema.inquiries import InquiryFile
from rules.reading.book.schema.meeting import MeetingRulesFile
from rules.reading.book.schema.milestones import MilestoneFile
from rules.reading.book.schema.procedure import (
    ApprovalFile,
    BallotFile,
    ConsequenceFile,
    DeciderFile,
    FormRuleFile,
    MeetingFile,
    OrderFile,
    PetitionFile,
    SpecialCaseFile,
    ToldFile,
)
from rules.reading.book.schema.quotas import QuotaFile
from rules.reading.book.schema.ratings import CapFile, NotRatedFile, RatingsFile
from rules.reading.book.schema.rounds import RoundFile
from rules.reading.book.schema.scores import ScoresFile
from rules.reading.book.schema.summaries import DecisionFile, SummaryTableFile
from rules.reading.book.schema.upward import UpwardFile
from rules.reading.border import Border, refuse
from rules.reading.parts import NOT_EMPTY, Dated, Id, Key, Text


def _each(given: Any) -> Any:
    """A single id is read as a list of one."""
    return tuple(given) if isinstance(given, list) else (given,)


Parents = Annotated[tuple[Id, ...], NOT_EMPTY, BeforeValidator(_each)]


class NoteFile(Dated):
    """A note on a disagreement between two sources. With `at_opening`, the desk is also shown it before it opens a
    campaign of a year in which the note is in force.
    """

    text: Text
    cites: Annotated[tuple[Text, ...], NOT_EMPTY]
    unverified: bool = False
    at_opening: bool = False


class IssuedFile(Border):
    """The document that the rulebook restates. Its number and date are left out if the copy at hand lacks them."""

    number: str = ""
    date: dt.date | None = None
    by: Text


class AmendmentFile(Border):
    """A document that amended the restated one. `in_force` is its first day in force."""

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
    """The first and last day in force; `to` is left out while no last day is known."""

    from_: dt.date = Field(alias="from")
    to: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "InForceFile":
        if self.to and self.to < self.from_:
            raise refuse("not_before", first=self.from_.isoformat())
        return self


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
