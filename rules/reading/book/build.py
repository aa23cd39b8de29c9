"""From the border model of `book.yaml` to values, before `extends` is resolved."""

from collections.abc import Iterator
from dataclasses import fields
from fractions import Fraction
from itertools import count
from math import inf
from typing import Any

from rules.book.ballots import Ballot, Choices
from rules.book.clauses import (
    Cap,
    Condition,
    Due,
    FormRule,
    GapRule,
    Meeting,
    Milestone,
    Note,
    NotRatedRule,
    Quota,
    RatingRules,
)
from rules.book.dossier import DossierItem, DossierPart, DossierSets
from rules.book.inquiries import InquiryRule
from rules.book.meeting import AttendRule, BeforeRule, ChairRule, MeetingRules, QuorumRule, WrittenRule
from rules.book.owed import RATING_OF, RATINGS, SCORE_OF
from rules.book.procedure import (
    ApprovalRule,
    Consequence,
    DeciderTitle,
    OrderRule,
    PetitionRule,
    Procedure,
    Role,
    SpecialCase,
    ToldOf,
)
from rules.book.remarks import Remarked
from rules.book.rounds import RoundRule
from rules.book.rulebook import Amendment, Issued, Rulebook, RulebookHead
from rules.book.scores import (
    CriteriaGroup,
    Criterion,
    Formula,
    LastMonthRule,
    LedgerRule,
    Operation,
    Scores,
    ScoreTable,
)
from rules.book.summaries import DecisionText, Sentence, SummaryColumn, SummaryTable
from rules.book.upward import ConsultRule, SendRule, UpwardRules
from rules.nouns.conditions import When
from rules.nouns.values import Rating
from rules.reading.book.schema.dossier import DossierItemFile, DossierPartFile
from rules.reading.book.schema.meeting import MeetingRulesFile
from rules.reading.book.schema.milestones import DueFile, MilestoneFile
from rules.reading.book.schema.procedure import BallotFile, FormRuleFile, MeetingFile
from rules.reading.book.schema.quotas import QuotaFile
from rules.reading.book.schema.ratings import AllOf, AnyOf, CapFile, ConditionFile, OneOf, RatingsFile
from rules.reading.book.schema.scores import (
    CriteriaGroupFile,
    CriterionFile,
    FormulaFile,
    LastMonthFile,
    LedgerFile,
    ScoresFile,
    ScoreTableFile,
)
from rules.reading.book.schema.summaries import DecisionFile, SummaryTableFile
from rules.reading.book.schema.upward import UpwardFile
from rules.reading.book.schema.whole import BookFile
from rules.reading.parts import Cited, Replacing


def book(file: BookFile) -> Rulebook:
    """The rulebook as the file itself gives it."""
    return Rulebook(
        head=RulebookHead(file.id, file.title, file.in_force.from_, file.in_force.to, file.extends),
        issued=Issued(file.issued.number, file.issued.date, file.issued.by),
        amended=tuple(Amendment(**dict(one)) for one in file.amended),
        choose_form=tuple(_form_rule(rule) for rule in file.choose_form),
        also_fill=tuple(_form_rule(rule) for rule in file.also_fill),
        ratings=tuple(_ratings(ratings) for ratings in file.ratings),
        caps=tuple(_cap(cap) for cap in file.caps),
        not_rated=tuple(NotRatedRule(**_said(rule)) for rule in file.not_rated),
        quotas=tuple(_quota(quota) for quota in file.quotas),
        meetings=tuple(_meeting(meeting) for meeting in file.meetings),
        meeting=_meeting_rules(file.meeting),
        ballots=tuple(_ballot(ballot) for ballot in file.ballots),
        scores=scores(file.scores),
        milestones=tuple(_milestone(milestone) for milestone in file.milestones),
        dossier={owner: tuple(_paper(paper) for paper in papers) for owner, papers in file.dossier.items()},
        dossier_sets=tuple(DossierSets(**dict(one)) for one in file.dossier_sets),
        dossier_by=file.dossier_by,
        summary_tables=tuple(_summary(table) for table in file.summary_tables),
        told=tuple(ToldOf(**dict(one) | {"to": Role(one.to)}) for one in file.told),
        rounds=tuple(RoundRule(**dict(one)) for one in file.rounds),
        upward=_upward(file.upward),
        inquiries=tuple(InquiryRule(**dict(one)) for one in file.inquiries),
        decision=_decision(file.decision) if file.decision else None,
        notes=tuple(Note(**dict(note)) for note in file.notes),
        procedure=_procedure(file),
    )


def _procedure(file: BookFile) -> Procedure:
    return Procedure(
        approvals=tuple(ApprovalRule(**dict(rule)) for rule in file.approvals),
        deciders=tuple(DeciderTitle(**_said(title)) for title in file.deciders),
        special_cases=tuple(SpecialCase(**_said(case)) for case in file.special_cases),
        petitions=PetitionRule(**dict(file.petitions)) if file.petitions else None,
        orders=tuple(OrderRule(**dict(rule)) for rule in file.orders),
        consequences=tuple(Consequence(**dict(one)) for one in file.consequences),
    )


def _ratings(file: RatingsFile) -> RatingRules:
    said = {
        Rating.EXCELLENT: file.excellent,
        Rating.GOOD: file.good,
        Rating.COMPLETED: file.completed,
        Rating.NOT_COMPLETED: file.not_completed,
    }
    return RatingRules(
        subject=file.for_.subject,
        leader=file.for_.leader,
        conditions={rating: _conditions(part) for rating, part in said.items() if part},
        like=(file.like.subject, file.like.leader) if file.like else None,
        notes=file.notes,
        otherwise=tuple(_gaps(file)),
        desk_notes=file.desk_notes,
        asks_less=file.asks_less,
    )


def _gaps(file: RatingsFile) -> Iterator[GapRule]:
    rules = file.otherwise if isinstance(file.otherwise, tuple) else (file.otherwise,)
    yield from (GapRule(**dict(rule)) for rule in rules if rule)


def _conditions(part: AllOf | AnyOf) -> tuple[Condition, ...]:
    return tuple(_grouped(part))


def _grouped(part: AllOf | AnyOf) -> Iterator[Condition]:
    """The conditions in order; those of one group have its number."""
    groups = count(1)
    for file in part.all if isinstance(part, AllOf) else part.any:
        if isinstance(file, ConditionFile):
            yield _condition(file)
        else:
            group = next(groups)
            members = file.any if isinstance(file, OneOf) else file.all
            yield from (_condition(member, group) for member in members)


def _remarks(file: Cited) -> dict[str, Any]:
    return {one.name: getattr(file, one.name) for one in fields(Remarked)}


def _condition(file: ConditionFile, group: int = 0) -> Condition:
    return Condition(file.test, file.cite, group, file.since, file.until, file.only_known, **_remarks(file))


def _form_rule(file: FormRuleFile) -> FormRule:
    return FormRule(**dict(file))


def _cap(file: CapFile) -> Cap:
    return Cap(**_said(file))


def _said(file: Replacing) -> dict[str, Any]:
    """The rule's own content. What it replaces is checked where files are read."""
    return {name: value for name, value in file if name != "replaces"}


def _quota(file: QuotaFile) -> Quota:
    return Quota(
        rating=file.rating,
        at_most_pct=file.at_most_pct,
        of=file.of,
        per=file.per,
        cite=file.cite,
        when_below=file.minimum.when_below if file.minimum else 0,
        allow=file.minimum.allow if file.minimum else 0,
        below_of=file.minimum.of if file.minimum else "base",
        key=file.key,
        **_remarks(file),
        leader=file.leader,
        stage=file.stage,
        at_most_count=file.at_most_count,
        by_decision_pct=file.by_decision_pct,
        by_decision_when=file.by_decision_when.tests[0] if file.by_decision_when else None,
        subject=file.subject,
        since=file.since,
        until=file.until,
        room=file.room,
    )


def _meeting_rules(file: MeetingRulesFile) -> MeetingRules:
    quorum = file.quorum
    return MeetingRules(
        chairs=tuple(ChairRule(**dict(one)) for one in file.chairs),
        orders=tuple(BeforeRule(**dict(one)) for one in file.orders),
        attended=tuple(AttendRule(**dict(one)) for one in file.attended),
        quorum=QuorumRule(**dict(quorum) | {"share": Fraction(quorum.share)}) if quorum else None,
        written=tuple(WrittenRule(**dict(one)) for one in file.written),
    )


def _upward(file: UpwardFile) -> UpwardRules:
    return UpwardRules(
        sent=SendRule(**dict(file.sent)) if file.sent else None,
        consulted=tuple(ConsultRule(**dict(one)) for one in file.consulted),
    )


def _meeting(file: MeetingFile) -> Meeting:
    return Meeting(**dict(file))


def _ballot(file: BallotFile) -> Ballot:
    part, whole = (int(number) for number in (file.share or "0/1").split("/"))
    usual = Choices.AGREE if file.rating else Choices.RATINGS
    said = {"share": (part, whole) if file.share else None, "choices": file.choices or usual}
    return Ballot(**_said(file) | said)


def _milestone(file: MilestoneFile) -> Milestone:
    return Milestone(**_said(file) | {"due": _due(file.due)})


def _due(file: DueFile) -> Due:
    month, day = (int(part) for part in (file.day or "0-0").split("-"))
    return Due(month, day, file.years, file.before, file.date)


def _paper(file: DossierItemFile) -> DossierItem:
    return DossierItem(file.title, file.cite, tuple(_part(one) for one in file.of or (file,)), **_remarks(file))


def _part(file: DossierPartFile) -> DossierPart:
    whence = ("forms", "table", "kept", "owed_by", "per", "meeting", "round", "points", "own_tables", "cell", "ballots")
    named = ("title", "key", *whence, "when", "of_office", "if_any", "only_for", "by")
    return DossierPart(**{name: getattr(file, name) for name in named}, outside=file.from_ is not None)


def _summary(file: SummaryTableFile) -> SummaryTable:
    return SummaryTable(**_said(file) | {"columns": tuple(SummaryColumn(**dict(one)) for one in file.columns)})


def _decision(file: DecisionFile) -> DecisionText:
    parts: dict[str, Any] = {
        "about": Sentence(**dict(file.about)),
        "of_one": Sentence(**dict(file.of_one)),
        "grounds": tuple(Sentence(**dict(one)) for one in file.grounds),
        "articles": tuple(Sentence(**dict(one)) for one in file.articles),
        "columns": tuple(SummaryColumn(**dict(one)) for one in file.columns),
    }
    return DecisionText(**dict(file) | parts)


def scores(file: ScoresFile | None) -> Scores:
    """The `scores` of a rulebook."""
    if file is None:
        return Scores()
    return Scores(
        tuple(_formula(formula) for formula in file.formulas), _ledger(file.ledger), _last_month(file.last_month)
    )


def score_table(file: ScoreTableFile) -> ScoreTable:
    """A score table."""
    return ScoreTable(
        id=file.id,
        title=file.title,
        gives=file.gives,
        maximum=file.maximum,
        cite=file.cite,
        groups=tuple(_group(group) for group in file.groups),
        form=file.replaces.form if file.replaces else "",
        question=file.replaces.question if file.replaces else "",
        **_remarks(file),
    )


def _formula(file: FormulaFile) -> Formula:
    ((operation, inputs),) = file.said().items()
    return Formula(
        gives=file.gives,
        operation=Operation(operation),
        inputs=_inputs(operation, inputs),
        cite=file.cite,
        when=file.when or When(()),
        of=file.of or 0,
        rated=file.rated,
        scored=(file.scored_from or 0, file.scored_below or inf),
        at_most=file.at_most,
        at_least=file.at_least,
        **_remarks(file),
    )


def _inputs(operation: str, written: str | tuple[str, ...]) -> tuple[str, ...]:
    if operation == Operation.MEAN_OWED:
        return tuple(SCORE_OF.values())
    if operation == Operation.COUNT:
        return tuple(RATING_OF.values() if written == RATINGS else SCORE_OF.values())
    return written if isinstance(written, tuple) else (written,)


def _last_month(file: LastMonthFile | None) -> LastMonthRule | None:
    if file is None:
        return None
    month, day = (int(part) for part in file.finished_by.split("-"))
    return LastMonthRule(**dict(file) | {"finished_by": (month, day)})


def _ledger(file: LedgerFile | None) -> LedgerRule | None:
    return LedgerRule(**dict(file)) if file else None


def _group(file: CriteriaGroupFile) -> CriteriaGroup:
    return CriteriaGroup(**dict(file) | {"criteria": tuple(_criterion(one) for one in file.criteria)})


def _criterion(file: CriterionFile) -> Criterion:
    return Criterion(**dict(file))
