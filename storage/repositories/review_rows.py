"""From rows to a whole Review, and back to the JSON of its answers."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Answers, Decision, Draft, Json, Outcome, Review, ReviewStatus, Step
from rules.nouns.rulings import Acknowledgement, Endorsement, Offer, Response, Ruling
from rules.nouns.values import Rating
from storage.repositories.base import Values
from storage.repositories.campaigns import CAMPAIGN_COLUMNS, CAMPAIGN_WIDTH, campaign_of
from storage.repositories.people import PERSON_WIDTH, person_columns, person_of
from storage.tables import (
    ACKNOWLEDGEMENT,
    CAMPAIGN,
    CAMPAIGN_PART,
    DECISION,
    DRAFT,
    ENDORSEMENT,
    OFFICE,
    PERSON,
    POST,
    REVIEW,
    RULING,
    UNIT,
)

_REVIEW_COLUMNS = (
    REVIEW.c.id,
    REVIEW.c.form,
    REVIEW.c.status,
    REVIEW.c.answers,
    REVIEW.c.approver_id,
    REVIEW.c.approver_role,
    REVIEW.c.comment,
    REVIEW.c.version,
    REVIEW.c.steps,
    REVIEW.c.step,
    REVIEW.c.decider_id,
    REVIEW.c.offers,
    REVIEW.c.ruling,
)
_REVIEW_AT = PERSON_WIDTH + CAMPAIGN_WIDTH
_APPROVER_AT = _REVIEW_AT + len(_REVIEW_COLUMNS)

_APPROVER = PERSON.alias("approver")
_APPROVER_UNIT = UNIT.alias("approver_unit")

# A campaign, its people and their approvers are of one office: one join of `office` serves all.
PERSON_AT_POST = person_columns(PERSON, UNIT, POST)

#: A review with its person (as at the post it is about), its part of the campaign and the office.
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
)

SELECT_REVIEW = sa.select(
    *PERSON_AT_POST, *CAMPAIGN_COLUMNS, *_REVIEW_COLUMNS, *person_columns(_APPROVER, _APPROVER_UNIT)
).select_from(
    REVIEW_FROM.outerjoin(_APPROVER, _APPROVER.c.id == REVIEW.c.approver_id).outerjoin(
        _APPROVER_UNIT, _APPROVER_UNIT.c.id == _APPROVER.c.unit_id
    )
)

SELECT_DRAFTS = (
    sa.select(
        DRAFT.c.review_id,
        DRAFT.c.version,
        DRAFT.c.fingerprint,
        DRAFT.c.answers,
        DRAFT.c.self_rating,
        DRAFT.c.suggested,
        DRAFT.c.submitted_at,
        DECISION.c.outcome,
        DECISION.c.by,
        DECISION.c.by_name,
        DECISION.c.by_position,
        DECISION.c.at,
        DECISION.c.comment,
        DECISION.c.sections,
        DECISION.c.for_whom,
    )
    .select_from(DRAFT.outerjoin(DECISION, DECISION.c.draft_id == DRAFT.c.id))
    .where(DRAFT.c.review_id.in_(sa.bindparam("reviews", expanding=True)))
    .order_by(DRAFT.c.version)
)
_DECISION_AT = 7

#: The steps that agreed with the newest drafts.
SELECT_ENDORSEMENTS = (
    sa.select(
        DRAFT.c.review_id,
        DRAFT.c.version,
        ENDORSEMENT.c.step,
        ENDORSEMENT.c.role,
        ENDORSEMENT.c.by,
        ENDORSEMENT.c.by_name,
        ENDORSEMENT.c.by_position,
        ENDORSEMENT.c.at,
        ENDORSEMENT.c.comment,
        ENDORSEMENT.c.for_whom,
    )
    .select_from(
        ENDORSEMENT.join(DRAFT, DRAFT.c.id == ENDORSEMENT.c.draft_id).join(
            REVIEW, sa.and_(REVIEW.c.id == DRAFT.c.review_id, REVIEW.c.version == DRAFT.c.version)
        )
    )
    .where(DRAFT.c.review_id.in_(sa.bindparam("reviews", expanding=True)))
    .order_by(ENDORSEMENT.c.id)
)

_LATER = ACKNOWLEDGEMENT.alias("later")
_LAST_SAID = sa.select(sa.func.max(_LATER.c.id)).where(_LATER.c.ruling_id == RULING.c.id).scalar_subquery()

#: Rulings with what the person said to them last, oldest first.
SELECT_RULINGS = (
    sa.select(
        RULING.c.review_id,
        RULING.c.number,
        RULING.c.version,
        RULING.c.ratings,
        RULING.c.by,
        RULING.c.by_name,
        RULING.c.by_position,
        RULING.c.at,
        RULING.c.remarks,
        RULING.c.measures,
        RULING.c.reason,
        RULING.c.cite,
        RULING.c.document,
        RULING.c.signer,
        RULING.c.for_whom,
        RULING.c.prospects,
        ACKNOWLEDGEMENT.c.response,
        ACKNOWLEDGEMENT.c.at,
        ACKNOWLEDGEMENT.c.text,
    )
    .select_from(RULING.outerjoin(ACKNOWLEDGEMENT, ACKNOWLEDGEMENT.c.id == _LAST_SAID))
    .where(RULING.c.review_id.in_(sa.bindparam("reviews", expanding=True)))
    .order_by(RULING.c.number)
)
_RESPONSE_AT = 16


def answer_json(answer: Answer) -> dict[str, Json]:
    """An answer as it stands in a snapshot; what is empty is left out."""
    kept: dict[str, Json] = {"value": answer.value}
    if answer.note:
        kept["note"] = answer.note
    if answer.skipped:
        kept["skipped"] = True
    if answer.round:
        kept["round"] = answer.round
    return kept


def answers_of(snapshot: Mapping[str, Mapping[str, Any]]) -> Answers:
    """The answers of a snapshot."""
    return {
        question: Answer(kept["value"], kept.get("note", ""), kept.get("skipped", False), kept.get("round", 0))
        for question, kept in snapshot.items()
    }


def review_id_of(row: Values) -> int:
    """The id of the review of a row of SELECT_REVIEW."""
    return int(row[_REVIEW_AT])


def snapshot_of(row: Values) -> dict[str, Any]:
    """The raw answers of a row of SELECT_REVIEW."""
    return dict(row[_REVIEW_AT + 3])


def approver_of(row: Values) -> Person | None:
    """The approver of a row of SELECT_REVIEW."""
    return None if row[_APPROVER_AT] is None else person_of(row[_APPROVER_AT:])


def was_submitted(row: Values) -> bool:
    """Whether the review of a row of SELECT_REVIEW has drafts."""
    return bool(row[_REVIEW_AT + 7])


def was_handed_on(row: Values) -> bool:
    """Whether a step of the chain agreed with the newest draft of a row of SELECT_REVIEW and handed it on."""
    return bool(row[_REVIEW_AT + 9])


def was_decided(row: Values) -> bool:
    """Whether the review of a row of SELECT_REVIEW has rulings."""
    return bool(row[_REVIEW_AT + 12])


def review_of(
    row: Values,
    draft_rows: Sequence[Values] = (),
    endorsement_rows: Sequence[Values] = (),
    ruling_rows: Sequence[Values] = (),
) -> Review:
    """The whole review of a row of SELECT_REVIEW and its rows of the other SELECTs."""
    id_, form, status, answers, approver_id, approver_role, comment, _version, *chain = row[_REVIEW_AT:_APPROVER_AT]
    steps, step, decider_id, offers, _ruling = chain
    return Review(
        id=id_,
        person=person_of(row),
        campaign=campaign_of(row[PERSON_WIDTH:]),
        form=form,
        status=ReviewStatus(status),
        answers=answers_of(answers),
        approver_id=approver_id,
        approver_role=approver_role,
        drafts=tuple(_draft_of(draft) for draft in draft_rows),
        decisions=tuple(_decision_of(draft) for draft in draft_rows if draft[_DECISION_AT] is not None),
        comment=comment,
        steps=tuple(Step(role, person) for role, person in steps),
        step=step,
        decider_id=decider_id,
        endorsements=tuple(Endorsement(*one[1:]) for one in endorsement_rows),
        rulings=tuple(ruling_of(one) for one in ruling_rows),
        acknowledged=_acknowledged(ruling_rows[-1]) if ruling_rows else None,
        offers={question: Offer(**offer) for question, offer in offers.items()},
    )


def ruling_of(row: Values) -> Ruling:
    """The Ruling of a row of SELECT_RULINGS."""
    _review, number, version, ratings, *rest = row[:_RESPONSE_AT]
    return Ruling(number, version, {question: _rating(word) for question, word in ratings.items()}, *rest)


def _acknowledged(row: Values) -> Acknowledgement | None:
    response, at, text = row[_RESPONSE_AT:]
    return None if response is None else Acknowledgement(row[1], Response(response), at, text)


def _draft_of(row: Values) -> Draft:
    _review, version, fingerprint, answers, self_rating, suggested, submitted_at = row[:_DECISION_AT]
    return Draft(version, fingerprint, answers_of(answers), _rating(self_rating), _rating(suggested), submitted_at)


def _decision_of(row: Values) -> Decision:
    outcome, by, by_name, by_position, at, comment, sections, for_whom = row[_DECISION_AT:]
    return Decision(row[1], Outcome(outcome), by, by_name, by_position, at, comment, tuple(sections), for_whom)


def _rating(word: str | None) -> Rating | None:
    return None if word is None else Rating(word)
