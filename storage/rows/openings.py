"""Reviews as they are opened, ended and led on: rows and back."""

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

#: Another chain, decider and place for a review.
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
    """What is open in a campaign: its key (see Opening.key), and what it goes through now."""

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
#: What is open in a campaign.
SELECT_OPENED = Prepared(
    _OPENED,
    sa.select(*_OPENED)
    .select_from(
        REVIEW.outerjoin(DRAFT, sa.and_(DRAFT.c.review_id == REVIEW.c.id, DRAFT.c.version == REVIEW.c.version))
    )
    .where(REVIEW.c.campaign_id == sa.bindparam("campaign")),
)


def begun(opening: Opening) -> dict[str, object]:
    """The columns of a review that begins."""
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
    """The columns of the chain at a step of it; behind the last one nobody is left to agree."""
    now = steps[step] if step < len(steps) else None
    return {
        "steps": [[one.role, one.person] for one in steps],
        "step": step,
        "approver_id": now.person if now else None,
        "approver_role": now.role if now else Role.AUTHORITY,
    }


def led_on(opened: EnrolledReview, opening: Opening) -> dict[str, object]:
    """The values of LEAD_ON; a review that had ended goes on. The opening begins with the steps that were walked."""
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
