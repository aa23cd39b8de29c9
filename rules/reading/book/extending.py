"""`extends`: whatever a rulebook does not say is taken from the one it extends. Also checks that need the whole."""

import dataclasses
import functools
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from rules.book.clauses import RatingRules
from rules.book.meeting import together as of_meeting
from rules.book.milestones import last_day
from rules.book.procedure import Procedure
from rules.book.profile import make_ready
from rules.book.rulebook import Rulebook
from rules.book.scores import Formula, Scores
from rules.book.upward import UpwardRules
from rules.nouns.values import Rating, Subject
from rules.reading.book.score_tables import with_tables

SubjectKind = tuple[Subject, bool]
_Rule = TypeVar("_Rule")
_ANY_YEAR = 2001


def extended(parent: Rulebook, own: Rulebook) -> Rulebook:
    """`own`, completed from `parent`. What a rule replaces depends on its kind:

    - Ratings by their `for` and rating; forms and score tables by id; orders by what they order.
    - Milestones, papers, ballots, summary tables, rounds, inquiries, special cases and consequences by key.
    - Caps, exclusions and quotas by key; those without a key are added.
    - As a whole: the choice of forms, the further forms, the meetings, the sets of dossiers, the decision, to whom units send, the meetings
      about that, the approvals, the rule of petitions, the formulas, the rule of the ledger, the rule of the last month.
    - Of the rules of the meeting, each as a whole: chair, order, attendance, quorum, minutes.

    A dossier without lines counts as none.
    """
    return dataclasses.replace(
        own,
        choose_form=own.choose_form or parent.choose_form,
        also_fill=own.also_fill or parent.also_fill,
        ratings=tuple(_ratings(parent.ratings, own.ratings)),
        caps=_keyed(parent.caps, own.caps, lambda cap: cap.key),
        not_rated=_keyed(parent.not_rated, own.not_rated, lambda rule: rule.key),
        quotas=_keyed(parent.quotas, own.quotas, lambda quota: quota.key),
        milestones=_keyed(parent.milestones, own.milestones, lambda milestone: milestone.key),
        meetings=own.meetings or parent.meetings,
        meeting=own.meeting.over(parent.meeting),
        ballots=_keyed(parent.ballots, own.ballots, lambda ballot: ballot.key),
        scores=_scores(own.scores.formulas or parent.scores.formulas, parent.scores, own.scores),
        tables={**parent.tables, **own.tables},
        dossier={of: items for of, items in {**parent.dossier, **own.dossier}.items() if items},
        dossier_sets=own.dossier_sets or parent.dossier_sets,
        dossier_by={**parent.dossier_by, **own.dossier_by},
        summary_tables=_keyed(parent.summary_tables, own.summary_tables, lambda table: table.key),
        decision=own.decision or parent.decision,
        told=own.told or parent.told,
        rounds=_keyed(parent.rounds, own.rounds, lambda rule: rule.key),
        upward=UpwardRules(own.upward.sent or parent.upward.sent, own.upward.consulted or parent.upward.consulted),
        inquiries=_keyed(parent.inquiries, own.inquiries, lambda rule: rule.key),
        notes=(*parent.notes, *own.notes),
        forms={**parent.forms, **own.forms},
        texts=(*own.texts, *(one for one in parent.texts if one.clause not in {mine.clause for mine in own.texts})),
        procedure=_procedure(parent.procedure, own.procedure),
    )


def together(parents: Sequence[Rulebook]) -> Rulebook:
    """Several rulebooks that one extends, combined: for example a decree and the party's rules.

    If two have the same rule, the later one takes precedence. For forms and approvals the first one is asked first;
    meetings and formulas are concatenated.
    """
    return functools.reduce(_beside, parents)


def _beside(first: Rulebook, second: Rulebook) -> Rulebook:
    both = extended(first, second)
    approvals = (*first.procedure.approvals, *second.procedure.approvals)
    return dataclasses.replace(
        both,
        choose_form=(*first.choose_form, *second.choose_form),
        also_fill=(*first.also_fill, *second.also_fill),
        meetings=(*first.meetings, *second.meetings),
        meeting=of_meeting((first.meeting, second.meeting)),
        scores=_scores((*first.scores.formulas, *second.scores.formulas), first.scores, second.scores),
        procedure=dataclasses.replace(both.procedure, approvals=approvals),
    )


def _scores(formulas: tuple[Formula, ...], first: Scores, second: Scores) -> Scores:
    """The second one's scores take precedence over the first one's."""
    return Scores(formulas, second.ledger or first.ledger, second.last_month or first.last_month)


def _procedure(parent: Procedure, own: Procedure) -> Procedure:
    return Procedure(
        approvals=own.approvals or parent.approvals,
        deciders=_keyed(parent.deciders, own.deciders, lambda title: title.key),
        special_cases=_keyed(parent.special_cases, own.special_cases, lambda case: case.key),
        petitions=own.petitions or parent.petitions,
        orders=_keyed(parent.orders, own.orders, lambda rule: rule.order),
        consequences=_keyed(parent.consequences, own.consequences, lambda one: one.key),
    )


def finished(book: Rulebook) -> Rulebook:
    """The rulebook with every `like` resolved, ratings compiled, milestones sorted by date, and score tables put into
    their forms.

    `unfinished` must be asked first.
    """
    by_kind = {rules.kind: rules for rules in book.ratings}
    ratings = tuple(_filled(rules, by_kind) for rules in book.ratings)
    profiles = {rules.kind: make_ready(rules, book.caps, book.not_rated, book.scores) for rules in ratings}
    milestones = tuple(sorted(book.milestones, key=lambda milestone: last_day(milestone.due, _ANY_YEAR)))
    forms = with_tables(book.forms, book.tables)
    return dataclasses.replace(book, ratings=ratings, profiles=profiles, milestones=milestones, forms=forms)


def unfinished(book: Rulebook) -> Iterator[tuple[SubjectKind, str]]:
    """The kinds of subject whose ratings are incomplete, each with the first missing rating, or `like` if that is
    broken.
    """
    by_kind = {rules.kind: rules for rules in book.ratings}
    for rules in book.ratings:
        if rules.like and (rules.like not in by_kind or by_kind[rules.like].like):
            yield rules.kind, "like"
            continue
        said = _filled(rules, by_kind).conditions
        yield from ((rules.kind, rating.value) for rating in Rating if rating not in said)


def _filled(rules: RatingRules, by_kind: dict[SubjectKind, RatingRules]) -> RatingRules:
    if rules.like is None:
        return rules
    model = by_kind[rules.like]
    conditions = {**model.conditions, **rules.conditions}
    return dataclasses.replace(
        rules,
        conditions=conditions,
        otherwise=rules.otherwise or model.otherwise,
        asks_less=rules.asks_less or model.asks_less,
    )


def _ratings(parent: Iterable[RatingRules], own: Iterable[RatingRules]) -> Iterator[RatingRules]:
    said = {rules.kind: rules for rules in own}
    for rules in parent:
        mine = said.pop(rules.kind, None)
        yield rules if mine is None else _over(rules, mine)
    yield from said.values()


def _over(parent: RatingRules, own: RatingRules) -> RatingRules:
    if own.like:
        return own
    return dataclasses.replace(
        own,
        conditions={**parent.conditions, **own.conditions},
        like=parent.like,
        otherwise=own.otherwise or parent.otherwise,
        asks_less=own.asks_less or parent.asks_less,
        notes=(*parent.notes, *own.notes),
        desk_notes=(*parent.desk_notes, *own.desk_notes),
    )


def _keyed(parent: tuple[_Rule, ...], own: tuple[_Rule, ...], key: Callable[[_Rule], Hashable]) -> tuple[_Rule, ...]:
    said = {key(rule): rule for rule in own if key(rule)}
    kept = (said.pop(key(rule), rule) if key(rule) else rule for rule in parent)
    inherited = tuple(kept)
    return (*inherited, *(rule for rule in own if not key(rule) or key(rule) in said))
