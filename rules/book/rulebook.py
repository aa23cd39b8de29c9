"""A rulebook as values: the validated content of its files, with `extends` resolved."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.book.ballots import Ballot
from rules.book.clauses import (
    Cap,
    FormRule,
    Meeting,
    Milestone,
    Note,
    NotRatedRule,
    Quota,
    RatingRules,
)
from rules.book.dossier import Dossiers, DossierSets, Of
from rules.book.inquiries import InquiryRule
from rules.book.meeting import MeetingRules
from rules.book.procedure import Procedure, ToldOf
from rules.book.profile import Profile
from rules.book.remarks import Remarked
from rules.book.rounds import RoundRule
from rules.book.scores import Scores, ScoreTable
from rules.book.summaries import DecisionText, SummaryTable
from rules.book.texts import LawText
from rules.book.upward import UpwardRules
from rules.forms.form import Form
from rules.nouns.conditions import holds
from rules.nouns.errors import TusoiError
from rules.nouns.people import Person, traits
from rules.nouns.values import Subject, Verdict


@dataclass(frozen=True, slots=True)
class Issued:
    """The document that a rulebook restates. `number` and `date` are empty if our copy does not show them."""

    number: str
    date: dt.date | None
    by: str


@dataclass(frozen=True, slots=True)
class Amendment(Remarked):
    """A document that amends what the rulebook restates. `unverified`: what `note` says was not seen in the text."""

    number: str
    date: dt.date
    in_force: dt.date


@dataclass(frozen=True, slots=True)
class RulebookHead:
    """The heading of a rulebook, as `tusoi rulebook list` shows it."""

    id: str
    title: str
    since: dt.date
    #: The last day in force; None while it is open.
    until: dt.date | None
    #: The ids of the rulebooks that it extends.
    extends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything by which a campaign is run.

    A loaded rulebook is one edition: it has only the rules that apply at one time (`rules.book.editions`).
    """

    head: RulebookHead
    issued: Issued
    #: The documents that amended it.
    amended: tuple[Amendment, ...] = ()
    choose_form: tuple[FormRule, ...] = ()
    #: Forms filled in besides the chosen one.
    also_fill: tuple[FormRule, ...] = ()
    ratings: tuple[RatingRules, ...] = ()
    caps: tuple[Cap, ...] = ()
    not_rated: tuple[NotRatedRule, ...] = ()
    quotas: tuple[Quota, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    #: What is required of the meeting.
    meeting: MeetingRules = field(default_factory=MeetingRules)
    ballots: tuple[Ballot, ...] = ()
    scores: Scores = field(default_factory=Scores)
    #: The score tables that an office supplies, by id.
    tables: Mapping[str, ScoreTable] = field(default_factory=dict)
    milestones: tuple[Milestone, ...] = ()
    #: The papers that are passed on.
    dossier: Dossiers = field(default_factory=dict)
    dossier_sets: tuple[DossierSets, ...] = ()
    dossier_by: Mapping[Of, str] = field(default_factory=dict)
    #: The tables made of the results.
    summary_tables: tuple[SummaryTable, ...] = ()
    #: The wording of a decision.
    decision: DecisionText | None = None
    #: Who else is told of results.
    told: tuple[ToldOf, ...] = ()
    #: The drafts that are sent round.
    rounds: tuple[RoundRule, ...] = ()
    #: To whom units send their packages, and where these are discussed.
    upward: UpwardRules = field(default_factory=UpwardRules)
    #: The opinions asked of bodies outside.
    inquiries: tuple[InquiryRule, ...] = ()
    notes: tuple[Note, ...] = ()
    procedure: Procedure = field(default_factory=Procedure)
    forms: Mapping[str, Form] = field(default_factory=dict)
    #: The wording of the clauses on which it rests.
    texts: tuple[LawText, ...] = ()
    #: The rating rules compiled for suggestions.
    profiles: Mapping[tuple[Subject, bool], Profile] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name by which other files and campaigns refer to it."""
        return self.head.id

    @property
    def title(self) -> str:
        """The official title."""
        return self.head.title


@dataclass(frozen=True, slots=True)
class FormChoice:
    """The form that a person fills in, and why."""

    form: Form
    cite: str
    why: str = ""
    note: str = ""
    unverified: bool = False


class NoFormError(TusoiError):
    """The rulebook has no form for such a person."""


def choose_form(book: Rulebook, person: Person, period: str = "year") -> FormChoice:
    """The form that this person fills in for a `year`, `quarter` or `month`: the first rule that matches. Raises
    NoFormError.
    """
    for rule in book.choose_form:
        if _matches(rule, person, period):
            return _choice(book, rule)
    raise NoFormError(f"{book.id}: {person.subject} (leader: {person.leader})")


def further_forms(book: Rulebook, person: Person, period: str = "year") -> tuple[FormChoice, ...]:
    """The forms that this person fills in besides the chosen one: every rule of `also_fill` that matches."""
    return tuple(_choice(book, rule) for rule in book.also_fill if _matches(rule, person, period))


def _matches(rule: FormRule, person: Person, period: str) -> bool:
    return rule.period == period and holds(rule.when, traits(person)) is Verdict.MET


def _choice(book: Rulebook, rule: FormRule) -> FormChoice:
    return FormChoice(book.forms[rule.form], rule.cite, rule.why, rule.note, rule.unverified)
