"""Reviews: what people answered, submitted and decided."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from rules.reviews import Answer, Decision, Outcome, Review, ReviewStatus, current
from rules.values import Rating
from storage.prepared import Prepared
from storage.repositories.base import Repository, Values
from storage.repositories.conversations import APPROVES
from storage.repositories.review_rows import (
    SELECT_DRAFTS,
    SELECT_REVIEW,
    answer_json,
    approver_of,
    review_id_of,
    review_of,
    snapshot_of,
    was_submitted,
)
from storage.tables import ANSWER, CAMPAIGN, DECISION, DRAFT, PERSON, REVIEW
from storage.values import Standing

_OPEN = CAMPAIGN.c.closed_at.is_(None)
_BY_ID = SELECT_REVIEW.where(REVIEW.c.id == sa.bindparam("review"))
_LOCKED = _BY_ID.with_for_update(of=REVIEW)
_NEWEST = (
    sa.select(sa.func.max(REVIEW.c.campaign_id))
    .join(CAMPAIGN, CAMPAIGN.c.id == REVIEW.c.campaign_id)
    .where(REVIEW.c.person_id == sa.bindparam("person"), _OPEN)
    .scalar_subquery()
)
_MINE = Prepared(
    SELECT_REVIEW.where(REVIEW.c.person_id == sa.bindparam("person"), REVIEW.c.campaign_id == _NEWEST)
    .order_by(REVIEW.c.id)
    .with_for_update(of=REVIEW)
)
_WAITING = SELECT_REVIEW.where(
    REVIEW.c.approver_id == sa.bindparam("approver"), REVIEW.c.status == ReviewStatus.SUBMITTED, _OPEN
)
_OF_CAMPAIGN = SELECT_REVIEW.where(REVIEW.c.campaign_id == sa.bindparam("campaign")).order_by(
    PERSON.c.unit_id, PERSON.c.id, REVIEW.c.id
)
_STANDINGS = (
    sa.select(
        REVIEW.c.id,
        REVIEW.c.person_id,
        PERSON.c.unit_id,
        REVIEW.c.form,
        REVIEW.c.status,
        REVIEW.c.approver_id,
        REVIEW.c.approver_role,
        sa.select(sa.func.count()).where(ANSWER.c.review_id == REVIEW.c.id).scalar_subquery(),
    )
    .join(PERSON, PERSON.c.id == REVIEW.c.person_id)
    .where(REVIEW.c.campaign_id == sa.bindparam("campaign"))
    .order_by(PERSON.c.unit_id, PERSON.c.id, REVIEW.c.id)
)
_APPROVES = sa.select(APPROVES).where(PERSON.c.id == sa.bindparam("person"))
_ADD_ANSWER = Prepared(ANSWER.insert().inline())
_KEEP_SNAPSHOT = Prepared(
    REVIEW.update()
    .where(REVIEW.c.id == sa.bindparam("review"))
    .values(answers=sa.bindparam("answers_", type_=REVIEW.c.answers.type), revision=REVIEW.c.revision + 1)
)
_SUBMIT = (
    REVIEW.update()
    .where(REVIEW.c.id == sa.bindparam("review"))
    .values(status=ReviewStatus.SUBMITTED, version=REVIEW.c.version + 1, revision=REVIEW.c.revision + 1)
    .returning(REVIEW.c.version, REVIEW.c.answers)
)
_HISTORY = (
    sa.select(ANSWER.c.question, ANSWER.c.value, ANSWER.c.note, ANSWER.c.skipped, ANSWER.c.round)
    .where(ANSWER.c.review_id == sa.bindparam("review"))
    .order_by(ANSWER.c.id)
)
_ADD_DRAFT = DRAFT.insert().inline()
_DRAFT = sa.select(DRAFT.c.id).where(
    DRAFT.c.review_id == sa.bindparam("review"), DRAFT.c.version == sa.bindparam("version_")
)
_AFTER = {
    Outcome.APPROVED: ReviewStatus.APPROVED,
    Outcome.RETURNED: ReviewStatus.RETURNED,
    Outcome.WITHDRAWN: ReviewStatus.DRAFTING,
}


class Reviews(Repository):
    """The reviews of all campaigns. Writing to a review presumes that this unit has it locked."""

    async def own(self, person_id: int) -> Review | None:
        """The review the person works on (see `rules.reviews.current`), locked until this unit ends."""
        return current(await self.mine(person_id))

    async def mine(self, person_id: int) -> tuple[Review, ...]:
        """The person's reviews of the newest open campaign in the order they are to be filled, locked until this unit
        ends.
        """
        rows = await self._rows(_MINE, {"person": person_id})
        for row in rows:
            self._keep(row)
        return tuple(await self._whole(rows))

    async def locked(self, review_id: int) -> Review | None:
        """The review; nobody else changes it before this unit ends."""
        return await self._hold(_LOCKED, {"review": review_id})

    async def get(self, review_id: int) -> Review | None:
        """The review as it stands, to be read only."""
        row = await self._row(_BY_ID, {"review": review_id})
        return None if row is None else (await self._whole([row]))[0]

    async def waiting_for(self, approver_id: int) -> list[Review]:
        """The submitted reviews this person decides, the longest waiting first."""
        waiting = await self._whole(await self._rows(_WAITING, {"approver": approver_id}))
        return sorted(waiting, key=lambda review: (review.drafts[-1].submitted_at, review.id))

    async def of_campaign(self, campaign_id: int) -> list[Review]:
        """All reviews of a campaign, unit by unit."""
        return await self._whole(await self._rows(_OF_CAMPAIGN, {"campaign": campaign_id}))

    async def standings(self, campaign_id: int) -> list[Standing]:
        """Where all reviews of a campaign stand, unit by unit, without their answers."""
        rows = await self._rows(_STANDINGS, {"campaign": campaign_id})
        return [_standing_of(row) for row in rows]

    async def is_approver(self, person_id: int) -> bool:
        """Whether any review of an open campaign is this person's to decide."""
        row = await self._row(_APPROVES, {"person": person_id})
        return bool(row and row[0])

    async def history(self, review_id: int) -> list[tuple[str, Answer]]:
        """Every (question, answer) ever given, oldest first; the last of a question is the current one."""
        rows = await self._rows(_HISTORY, {"review": review_id})
        return [(question, Answer(*answer)) for question, *answer in rows]

    async def open(
        self, person_id: int, campaign_id: int, form: str, approver_id: int | None, approver_role: str
    ) -> int:
        """The person's review with that form in that campaign, begun when there is none.

        Opening it again takes a new approver over as long as it is not approved.
        """
        values = {"approver_id": approver_id, "approver_role": approver_role}
        new = {"status": ReviewStatus.DRAFTING, "answers": {}, "comment": "", "version": 0, "revision": 0}
        same = {"person_id": person_id, "campaign_id": campaign_id, "form": form}
        opened = await self._once(REVIEW, tuple(same), {**same, **values, **new})
        if opened is not None:
            return opened
        this = sa.and_(*(REVIEW.c[column] == value for column, value in same.items()))
        await self._run(REVIEW.update().where(this, REVIEW.c.status != ReviewStatus.APPROVED).values(**values))
        return int((await self._run(sa.select(REVIEW.c.id).where(this))).scalar_one())

    async def keep_answer(self, review_id: int, question: str, answer: Answer, by: int, at: dt.datetime) -> None:
        """Add an answer to the history and make it the current one."""
        snapshot = await self._snapshot(review_id)
        snapshot[question] = answer_json(answer)
        kept = {"value": answer.value, "note": answer.note, "skipped": answer.skipped, "round": answer.round}
        await self._rows(_ADD_ANSWER, {"review_id": review_id, "question": question, "by": by, "at": at, **kept})
        await self._rows(_KEEP_SNAPSHOT, {"review": review_id, "answers_": snapshot})

    async def submit(
        self,
        review_id: int,
        fingerprint: str,
        self_rating: Rating | None,
        suggested: Rating | None,
        at: dt.datetime,
    ) -> int:
        """Make the answers a new draft that waits for the approver; its version."""
        row = await self._row(_SUBMIT, {"review": review_id})
        if row is None:
            raise LookupError(f"no review {review_id}")
        version, answers = row
        values = {"fingerprint": fingerprint, "self_rating": self_rating, "suggested": suggested, "submitted_at": at}
        await self._run(_ADD_DRAFT, {"review_id": review_id, "version": version, "answers": answers, **values})
        return int(version)

    async def decide(self, review_id: int, decision: Decision) -> bool:
        """Keep what became of a draft and move the review on. False when it was decided already."""
        row = await self._row(_DRAFT, {"review": review_id, "version_": decision.version})
        if row is None:
            raise LookupError(f"no draft {decision.version} of review {review_id}")
        if await self._once(DECISION, ("draft_id",), {"draft_id": row[0], **_decision_columns(decision)}) is None:
            return False
        changed: dict[str, Any] = {"status": _AFTER[decision.outcome]}
        if decision.outcome is not Outcome.WITHDRAWN:
            changed["comment"] = ""  # the decision holds it now
        await self._change(review_id, changed)
        return True

    async def keep_comment(self, review_id: int, text: str) -> None:
        """The approver's comment, kept until the decision."""
        await self._change(review_id, {"comment": text})

    async def _change(self, review_id: int, changed: dict[str, Any]) -> None:
        statement = REVIEW.update().where(REVIEW.c.id == review_id)
        await self._run(statement.values(**changed, revision=REVIEW.c.revision + 1))

    async def _snapshot(self, review_id: int) -> dict[str, Any]:
        """The raw answers as this unit last saw or wrote them, read under lock when it did not."""
        if review_id not in self._held.snapshots and await self.locked(review_id) is None:
            raise LookupError(f"no review {review_id}")
        return self._held.snapshots[review_id]

    async def _hold(self, statement: sa.Executable, values: dict[str, Any]) -> Review | None:
        row = await self._row(statement, values)
        if row is None:
            return None
        self._keep(row)
        return (await self._whole([row]))[0]

    def _keep(self, row: Values) -> None:
        """What this unit need not read again."""
        self._held.snapshots[review_id_of(row)] = snapshot_of(row)
        approver = approver_of(row)
        if approver is not None:
            self._held.people[approver.id] = approver

    async def _whole(self, rows: Sequence[Values]) -> list[Review]:
        drafts: dict[int, list[Values]] = defaultdict(list)
        submitted = [review_id_of(row) for row in rows if was_submitted(row)]
        if submitted:
            for draft in await self._rows(SELECT_DRAFTS, {"reviews": submitted}):
                drafts[draft[0]].append(draft)
        return [review_of(row, drafts[review_id_of(row)]) for row in rows]


def _standing_of(row: Values) -> Standing:
    review, person, unit, form, status, approver, role, answered = row
    return Standing(review, person, unit, form, ReviewStatus(status), approver, role, answered)


def _decision_columns(decision: Decision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        "by": decision.by,
        "by_name": decision.by_name,
        "by_position": decision.by_position,
        "at": decision.at,
        "comment": decision.comment,
        "sections": list(decision.sections),
    }
