"""Conversion of rows to whole Review values, and of answers to JSON."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from rules.nouns.devices import CodeGiven
from rules.nouns.people import Person
from rules.nouns.reviews import (
    Answer,
    Answers,
    Campaign,
    Decision,
    Draft,
    Extension,
    Json,
    Report,
    Review,
    ReviewStatus,
    Step,
)
from rules.nouns.rulings import Acknowledgement, Endorsement, Offer, Offers, Ruling
from rules.nouns.tracking import PeriodScore, Standing
from rules.nouns.values import Rating
from storage.columns import read
from storage.queries import Prepared, among, columns
from storage.rows.campaigns import CAMPAIGN_COLUMNS
from storage.rows.people import person_columns
from storage.tables import (
    ACKNOWLEDGEMENT,
    CAMPAIGN,
    CAMPAIGN_PART,
    DECISION,
    DRAFT,
    ENDORSEMENT,
    EXTENSION,
    OFFICE,
    PERSON,
    POST,
    REVIEW,
    RULING,
    UNIT,
)

#: Stored answers, by question; see `answer_json`.
Snapshot = dict[str, dict[str, Json]]


def ratings_of(kept: Mapping[str, str | None]) -> Mapping[str, Rating | None]:
    """The ratings of a ruling, by question."""
    return {question: None if word is None else Rating(word) for question, word in kept.items()}


def answer_json(answer: Answer) -> dict[str, Json]:
    """An answer as it is stored in a snapshot; empty parts are left out."""
    kept: dict[str, Json] = {"value": answer.value}
    if answer.note:
        kept["note"] = answer.note
    if answer.skipped:
        kept["skipped"] = True
    if answer.round:
        kept["round"] = answer.round
    if answer.held:
        told = dataclasses.asdict(answer.held)
        kept["held"] = {name: value for name, value in told.items() if value is not None and value != ""}
    return kept


def _held(kept: Mapping[str, Any] | None) -> PeriodScore | None:
    if kept is None:
        return None
    rating = kept.get("rating")
    words = {"standing": Standing(kept["standing"]), "rating": Rating(rating) if rating else None}
    return PeriodScore(**{**kept, **words})


def answers_of(snapshot: Mapping[str, Mapping[str, Any]]) -> Answers:
    """The answers of a snapshot."""
    return {
        question: Answer(
            kept["value"],
            kept.get("note", ""),
            kept.get("skipped", False),
            kept.get("round", 0),
            _held(kept.get("held")),
        )
        for question, kept in snapshot.items()
    }


def device_json(given: CodeGiven | None) -> dict[str, Json]:
    """How the device came in from which something was sent or done, as stored; empty unless somebody issued its code."""
    if given is None:
        return {}
    kept: dict[str, Json] = {"by": given.by, "name": given.name, "position": given.position, "at": given.at.isoformat()}
    first: dict[str, Json] = {"first": True} if given.first else {}
    return {**kept, **first, **({"through": [*given.through]} if given.through else {})}


def device_of(kept: Mapping[str, Any] | None) -> CodeGiven | None:
    """The inverse of `device_json`."""
    if not kept:
        return None
    at = dt.datetime.fromisoformat(kept["at"])
    return CodeGiven(
        kept["by"],
        kept["name"],
        kept["position"],
        at,
        first=kept.get("first", False),
        through=tuple(kept.get("through", ())),
    )


def steps_of(kept: list[tuple[str, int]]) -> tuple[Step, ...]:
    """The chain from its stored form, a list of [role, person]."""
    return tuple(Step(role, person) for role, person in kept)


def _offers_of(kept: Mapping[str, Mapping[str, Any]]) -> Offers:
    return {question: Offer(**offer) for question, offer in kept.items()}


class BareReview(NamedTuple):
    """A review without its drafts, endorsements and rulings. `ruling` and `version` are the latest numbers, 0 when
    there is none.
    """

    person: Person
    campaign: Campaign
    id: int
    form: str
    status: ReviewStatus
    answers: Snapshot
    approver_id: int | None
    approver_role: str
    comment: str
    version: int
    steps: tuple[Step, ...]
    step: int
    decider_id: int | None
    offers: Offers
    ruling: int
    asked: tuple[str, ...]
    redone: bool
    drafter_id: int | None
    drafter_by: int | None
    approver: Person | None
    extension: Extension | None


class DraftOf(NamedTuple):
    """A draft, and the decision about it."""

    review: int
    draft: Draft
    decision: Decision | None


class EndorsementOf(NamedTuple):
    """An endorsement of a newest draft."""

    review: int
    endorsement: Endorsement


class RulingOf(NamedTuple):
    """A ruling, and the person's last response to it."""

    review: int
    ruling: Ruling
    acknowledged: Acknowledgement | None


_APPROVER = PERSON.alias("approver")
_APPROVER_UNIT = UNIT.alias("approver_unit")

# A campaign, its people and their approvers belong to one office, so a single join of `office` is enough.
PERSON_AT_POST = person_columns(PERSON, UNIT, POST)

#: A review with its person (in the post it is about), its part of the campaign, and the office.
REVIEW_FROM = (
    REVIEW.join(PERSON, PERSON.c.id == REVIEW.c.person_id)
    .outerjoin(POST, POST.c.id == REVIEW.c.post_id)
    .join(UNIT, UNIT.c.id == sa.func.coalesce(POST.c.unit_id, PERSON.c.unit_id))
    .join(CAMPAIGN, CAMPAIGN.c.id == REVIEW.c.campaign_id)
    .join(
        CAMPAIGN_PART,
        sa.and_(CAMPAIGN_PART.c.campaign_id == REVIEW.c.campaign_id, CAMPAIGN_PART.c.rulebook == REVIEW.c.rulebook),
    )
    .join(OFFICE, OFFICE.c.id == CAMPAIGN.c.office_id)
    .outerjoin(EXTENSION, EXTENSION.c.review_id == REVIEW.c.id)
)

EXTENSION_OF = columns(Extension, EXTENSION)

REVIEW_COLUMNS = columns(
    BareReview,
    REVIEW,
    person=PERSON_AT_POST,
    campaign=CAMPAIGN_COLUMNS,
    steps=read(REVIEW.c.steps, steps_of),
    offers=read(REVIEW.c.offers, _offers_of),
    asked=read(REVIEW.c.asked, tuple),
    approver=person_columns(_APPROVER, _APPROVER_UNIT),
    extension=EXTENSION_OF,
)
SELECT_REVIEW = sa.select(*REVIEW_COLUMNS).select_from(
    REVIEW_FROM.outerjoin(_APPROVER, _APPROVER.c.id == REVIEW.c.approver_id).outerjoin(
        _APPROVER_UNIT, _APPROVER_UNIT.c.id == _APPROVER.c.unit_id
    )
)

_DRAFT = columns(
    DraftOf,
    DRAFT,
    review=DRAFT.c.review_id,
    draft=columns(
        Draft,
        DRAFT,
        stamp=DRAFT.c.fingerprint,
        answers=read(DRAFT.c.answers, answers_of),
        device=read(DRAFT.c.device, device_of),
    ),
    decision=columns(
        Decision,
        DECISION,
        version=DRAFT.c.version,
        sections=read(DECISION.c.sections, tuple),
        device=read(DECISION.c.device, device_of),
    ),
)
DRAFTS = Prepared(
    _DRAFT,
    sa.select(*_DRAFT)
    .select_from(DRAFT.outerjoin(DECISION, DECISION.c.draft_id == DRAFT.c.id))
    .where(among(DRAFT.c.review_id, "reviews"))
    .order_by(DRAFT.c.version),
)

_ENDORSEMENT = columns(
    EndorsementOf,
    ENDORSEMENT,
    review=DRAFT.c.review_id,
    endorsement=columns(
        Endorsement, ENDORSEMENT, version=DRAFT.c.version, device=read(ENDORSEMENT.c.device, device_of)
    ),
)
#: The endorsements of the newest drafts.
ENDORSEMENTS = Prepared(
    _ENDORSEMENT,
    sa.select(*_ENDORSEMENT)
    .select_from(
        ENDORSEMENT.join(DRAFT, DRAFT.c.id == ENDORSEMENT.c.draft_id).join(
            REVIEW, sa.and_(REVIEW.c.id == DRAFT.c.review_id, REVIEW.c.version == DRAFT.c.version)
        )
    )
    .where(among(DRAFT.c.review_id, "reviews"))
    .order_by(ENDORSEMENT.c.id),
)

_LATER = ACKNOWLEDGEMENT.alias("later")
_LAST_SAID = sa.select(sa.func.max(_LATER.c.id)).where(_LATER.c.ruling_id == RULING.c.id).scalar_subquery()
_RULING = columns(
    RulingOf,
    RULING,
    review=RULING.c.review_id,
    ruling=columns(Ruling, RULING, ratings=read(RULING.c.ratings, ratings_of), device=read(RULING.c.device, device_of)),
    acknowledged=columns(Acknowledgement, ACKNOWLEDGEMENT, number=RULING.c.number),
)
#: Rulings with the person's last response to each, oldest first.
RULINGS = Prepared(
    _RULING,
    sa.select(*_RULING)
    .select_from(RULING.outerjoin(ACKNOWLEDGEMENT, ACKNOWLEDGEMENT.c.id == _LAST_SAID))
    .where(among(RULING.c.review_id, "reviews"))
    .order_by(RULING.c.number),
)


def review_of(
    row: BareReview,
    drafts: Sequence[DraftOf] = (),
    endorsements: Sequence[EndorsementOf] = (),
    rulings: Sequence[RulingOf] = (),
    report: Report | None = None,
) -> Review:
    """The Review built from its rows."""
    return Review(
        id=row.id,
        person=row.person,
        campaign=replace(row.campaign, closed=False) if row.redone else row.campaign,
        form=row.form,
        status=row.status,
        answers=answers_of(row.answers),
        approver_id=row.approver_id,
        approver_role=row.approver_role,
        drafts=tuple(draft.draft for draft in drafts),
        decisions=tuple(draft.decision for draft in drafts if draft.decision),
        comment=row.comment,
        steps=row.steps,
        step=row.step,
        decider_id=row.decider_id,
        endorsements=tuple(endorsement.endorsement for endorsement in endorsements),
        rulings=tuple(ruling.ruling for ruling in rulings),
        acknowledged=rulings[-1].acknowledged if rulings else None,
        offers=row.offers,
        asked=row.asked,
        redone=row.redone,
        report=report,
        extension=row.extension,
    )
