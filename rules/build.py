"""From the border model of `book.yaml` to values, still without what `extends` brings."""

from rules.clauses import (
    Cap,
    Condition,
    DossierItem,
    Due,
    FormRule,
    Milestone,
    Note,
    NotRatedRule,
    Quota,
    RatingRules,
)
from rules.rulebook import Head, Issued, Rulebook
from rules.schema import (
    AllOf,
    AnyOf,
    BookFile,
    CapFile,
    ConditionFile,
    DossierItemFile,
    DueFile,
    FormRuleFile,
    MilestoneFile,
    QuotaFile,
    RatingsFile,
)
from rules.values import Rating


def book(file: BookFile) -> Rulebook:
    """What the file itself says."""
    return Rulebook(
        head=Head(file.id, file.title, file.in_force.from_, file.in_force.to, file.extends or ""),
        issued=Issued(file.issued.number, file.issued.date, file.issued.by),
        choose_form=tuple(_form_rule(rule) for rule in file.choose_form),
        ratings=tuple(_ratings(ratings) for ratings in file.ratings),
        caps=tuple(_cap(cap) for cap in file.caps),
        not_rated=tuple(
            NotRatedRule(rule.when, rule.cite, rule.key, rule.note, rule.unverified) for rule in file.not_rated
        ),
        quotas=tuple(_quota(quota) for quota in file.quotas),
        milestones=tuple(_milestone(milestone) for milestone in file.milestones),
        dossier={owner: tuple(_paper(paper) for paper in papers) for owner, papers in file.dossier.items()},
        notes=tuple(Note(note.text, note.cites) for note in file.notes),
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
    )


def _conditions(part: AllOf | AnyOf) -> tuple[Condition, ...]:
    files = part.all if isinstance(part, AllOf) else part.any
    return tuple(_condition(file) for file in files)


def _condition(file: ConditionFile) -> Condition:
    return Condition(file.test, file.cite, file.note, file.unverified)


def _form_rule(file: FormRuleFile) -> FormRule:
    return FormRule(file.form, file.when, file.cite, file.why, file.note)


def _cap(file: CapFile) -> Cap:
    return Cap(file.when, file.cite, file.at_most, file.at_most_fact, file.key, file.note, file.unverified)


def _quota(file: QuotaFile) -> Quota:
    return Quota(
        rating=file.rating,
        at_most_pct=file.at_most_pct,
        of=file.of,
        per=file.per,
        cite=file.cite,
        when_below=file.minimum.when_below if file.minimum else 0,
        allow=file.minimum.allow if file.minimum else 0,
        key=file.key,
        note=file.note,
        unverified=file.unverified,
    )


def _milestone(file: MilestoneFile) -> Milestone:
    return Milestone(file.key, file.title, file.owed_by, _due(file.due), file.cite, file.note)


def _due(file: DueFile) -> Due:
    month, day = (int(part) for part in (file.day or "0-0").split("-"))
    return Due(month, day, file.years, file.before, file.date)


def _paper(file: DossierItemFile) -> DossierItem:
    return DossierItem(file.title, file.cite, file.forms)
