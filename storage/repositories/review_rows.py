"""From rows to a whole Review, and back to the JSON of its answers."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from rules.people import Person
from rules.reviews import Answer, Answers, Decision, Draft, Json, Outcome, Review, ReviewStatus
from rules.values import Rating
from storage.repositories.base import Values
from storage.repositories.campaigns import CAMPAIGN_COLUMNS, CAMPAIGN_WIDTH, campaign_of
from storage.repositories.people import PERSON_COLUMNS, PERSON_WIDTH, person_columns, person_of
from storage.tables import CAMPAIGN, DECISION, DRAFT, OFFICE, PERSON, REVIEW, UNIT

_REVIEW_COLUMNS = (
    REVIEW.c.id,
    REVIEW.c.form,
    REVIEW.c.status,
    REVIEW.c.answers,
    REVIEW.c.approver_id,
    REVIEW.c.approver_role,
    REVIEW.c.comment,
    REVIEW.c.version,
)
_REVIEW_AT = PERSON_WIDTH + CAMPAIGN_WIDTH
_APPROVER_AT = _REVIEW_AT + len(_REVIEW_COLUMNS)

_APPROVER = PERSON.alias("approver")
_APPROVER_UNIT = UNIT.alias("approver_unit")

# A campaign, its people and their approvers are of one office: one join of `office` serves all.
SELECT_REVIEW = sa.select(
    *PERSON_COLUMNS, *CAMPAIGN_COLUMNS, *_REVIEW_COLUMNS, *person_columns(_APPROVER, _APPROVER_UNIT)
).select_from(
    REVIEW.join(PERSON, PERSON.c.id == REVIEW.c.person_id)
    .join(UNIT, UNIT.c.id == PERSON.c.unit_id)
    .join(CAMPAIGN, CAMPAIGN.c.id == REVIEW.c.campaign_id)
    .join(OFFICE, OFFICE.c.id == CAMPAIGN.c.office_id)
    .outerjoin(_APPROVER, _APPROVER.c.id == REVIEW.c.approver_id)
    .outerjoin(_APPROVER_UNIT, _APPROVER_UNIT.c.id == _APPROVER.c.unit_id)
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
    )
    .select_from(DRAFT.outerjoin(DECISION, DECISION.c.draft_id == DRAFT.c.id))
    .where(DRAFT.c.review_id.in_(sa.bindparam("reviews", expanding=True)))
    .order_by(DRAFT.c.version)
)
_DECISION_AT = 7


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


def review_of(row: Values, draft_rows: Sequence[Values] = ()) -> Review:
    """The whole review of a row of SELECT_REVIEW and its rows of SELECT_DRAFTS."""
    id_, form, status, answers, approver_id, approver_role, comment, _version = row[_REVIEW_AT:_APPROVER_AT]
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
    )


def _draft_of(row: Values) -> Draft:
    _review, version, fingerprint, answers, self_rating, suggested, submitted_at = row[:_DECISION_AT]
    return Draft(version, fingerprint, answers_of(answers), _rating(self_rating), _rating(suggested), submitted_at)


def _decision_of(row: Values) -> Decision:
    outcome, by, by_name, by_position, at, comment, sections = row[_DECISION_AT:]
    return Decision(row[1], Outcome(outcome), by, by_name, by_position, at, comment, tuple(sections))


def _rating(word: str | None) -> Rating | None:
    return None if word is None else Rating(word)
