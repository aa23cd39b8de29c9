"""Conversions for reviews that are opened, ended, or given another chain."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.book.procedure import Role
from rules.nouns.reviews import ReviewStatus, Step
from storage.columns import read
from storage.queries import Prepared, columns
from storage.rows.reviews import device_of, steps_of
from storage.tables import DRAFT, REVIEW
from storage.values import EnrolledReview, Opening

#: Update that gives a review another chain, decider and place.
LEAD_ON = (
    REVIEW.update()
    .where(REVIEW.c.id == sa.bindparam("id_"))
    .values(
        steps=sa.bindparam("steps_", type_=REVIEW.c.steps.type),
        step=sa.bindparam("step_"),
        approver_id=sa.bindparam("approver_"),
        approver_role=sa.bindparam("role_"),
        decider_id=sa.bindparam("decider_"),
        place=sa.bindparam("place_"),
        drafter_id=sa.bindparam("drafter_"),
        status=sa.bindparam("status_"),
        revision=REVIEW.c.revision + 1,
    )
)


class OpenedRow(NamedTuple):
    """A review opened in a campaign: its key (see Opening.key) and its present chain."""

    person_id: int
    form: str
    rulebook: str
    post_id: int
    review: EnrolledReview


_OPENED = columns(
    OpenedRow,
    REVIEW,
    review=columns(
        EnrolledReview,
        REVIEW,
        steps=read(REVIEW.c.steps, steps_of),
        device=read(DRAFT.c.device, device_of),
    ),
)
#: The reviews opened in a campaign.
SELECT_OPENED = Prepared(
    _OPENED,
    sa.select(*_OPENED)
    .select_from(
        REVIEW.outerjoin(DRAFT, sa.and_(DRAFT.c.review_id == REVIEW.c.id, DRAFT.c.version == REVIEW.c.version))
    )
    .where(REVIEW.c.campaign_id == sa.bindparam("campaign")),
)


def begun(opening: Opening) -> dict[str, object]:
    """The columns of a new review."""
    empty = {"status": ReviewStatus.DRAFTING, "answers": {}, "comment": "", "version": 0, "revision": 0, "ruling": 0}
    return {
        **empty,
        "person_id": opening.person_id,
        "campaign_id": opening.campaign_id,
        "rulebook": opening.rulebook,
        "form": opening.form,
        "place": opening.place,
        "post_id": opening.post_id,
        "offers": dict(opening.offers),
        "asked": [],
        **_chain(opening.steps, 0),
        "decider_id": opening.decider_id,
        "drafter_id": opening.drafter_id,
    }


def _chain(steps: Sequence[Step], step: int) -> dict[str, object]:
    """The columns of the chain at a step; after the last step nobody is left to agree."""
    now = steps[step] if step < len(steps) else None
    return {
        "steps": [[one.role, one.person] for one in steps],
        "step": step,
        "approver_id": now.person if now else None,
        "approver_role": now.role if now else Role.AUTHORITY,
    }


def led_on(opened: EnrolledReview, opening: Opening) -> dict[str, object]:
    """The values for LEAD_ON; an ended review is resumed. The opening's chain begins with the steps already walked."""
    walked = opened.walked
    assert opening.steps[: len(walked)] == walked, "a step that agreed is never rewritten"
    agreed = opened.status is ReviewStatus.APPROVED
    chain = _chain(walked if agreed else opening.steps, opened.step if agreed else len(walked))
    status = ReviewStatus.DRAFTING if opened.status is ReviewStatus.ENDED else opened.status
    return {
        "id_": opened.id,
        "steps_": chain["steps"],
        "step_": chain["step"],
        "approver_": chain["approver_id"],
        "role_": chain["approver_role"],
        "decider_": opening.decider_id,
        "place_": opening.place,
        "drafter_": opening.drafter_id,
        "status_": status,
    }
