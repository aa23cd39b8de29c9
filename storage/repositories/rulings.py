"""Rulings: what the chain and the authority say about a review, and how the person responds."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.book.procedure import Role
from rules.nouns.reviews import ReviewStatus, Step
from rules.nouns.rulings import Acknowledgement, Endorsement, Petition, PetitionOutcome, Response, Ruling
from storage.columns import read
from storage.queries import Prepared, among, columns
from storage.repositories.base import ChangingReviews
from storage.rows.reviews import device_json, device_of
from storage.tables import ACKNOWLEDGEMENT, DRAFT, ENDORSEMENT, PETITION, REVIEW, RULING


class RuledAt(NamedTuple):
    """The moment at which a review's ruling in force was made."""

    review: int
    at: dt.datetime


_RULING = Prepared(
    int,
    sa.select(RULING.c.id).where(
        RULING.c.review_id == sa.bindparam("review"), RULING.c.number == sa.bindparam("number_")
    ),
)
_PETITION = columns(Petition, PETITION, review=PETITION.c.review_id)
_OF_REVIEWS = Prepared(
    _PETITION,
    sa.select(*_PETITION).where(among(PETITION.c.review_id, "reviews")).order_by(PETITION.c.id),
)
_RESERVED = Prepared(
    int,
    sa.select(ACKNOWLEDGEMENT.c.id).where(
        ACKNOWLEDGEMENT.c.ruling_id == sa.bindparam("ruling"), ACKNOWLEDGEMENT.c.response == Response.RESERVED
    ),
)
_NOTICED = Prepared(
    int,
    sa.select(ACKNOWLEDGEMENT.c.id)
    .join(RULING, RULING.c.id == ACKNOWLEDGEMENT.c.ruling_id)
    .join(PETITION, sa.and_(PETITION.c.review_id == RULING.c.review_id, PETITION.c.number == RULING.c.number))
    .where(PETITION.c.id == sa.bindparam("petition"))
    .limit(1),
)

_ENDORSEMENT = columns(Endorsement, ENDORSEMENT, version=DRAFT.c.version, device=read(ENDORSEMENT.c.device, device_of))
_EVERY_ENDORSEMENT = Prepared(
    _ENDORSEMENT,
    sa.select(*_ENDORSEMENT)
    .join(DRAFT, DRAFT.c.id == ENDORSEMENT.c.draft_id)
    .where(DRAFT.c.review_id == sa.bindparam("review"))
    .order_by(ENDORSEMENT.c.id),
)
_ANSWER = columns(Acknowledgement, ACKNOWLEDGEMENT, number=RULING.c.number)
_EVERY_ANSWER = Prepared(
    _ANSWER,
    sa.select(*_ANSWER)
    .join(RULING, RULING.c.id == ACKNOWLEDGEMENT.c.ruling_id)
    .where(RULING.c.review_id == sa.bindparam("review"))
    .order_by(ACKNOWLEDGEMENT.c.id),
)

_RULED_AT = columns(RuledAt, RULING, review=RULING.c.review_id)
_DECIDED_BETWEEN = Prepared(
    _RULED_AT,
    sa.select(*_RULED_AT)
    .select_from(REVIEW)
    .join(RULING, sa.and_(RULING.c.review_id == REVIEW.c.id, RULING.c.number == REVIEW.c.ruling))
    .where(among(REVIEW.c.id, "reviews"), RULING.c.at >= sa.bindparam("since"), RULING.c.at < sa.bindparam("until")),
)


class Rulings(ChangingReviews):
    """Endorsements, rulings, acknowledgements and petitions. Writing presumes that the review is locked."""

    async def endorse(self, review_id: int, endorsement: Endorsement, next_step: Step) -> bool:
        """Store that a step of the chain agreed, and pass the draft on. False when the draft is at another step by now.

        If the roster led the chain elsewhere and back, somebody who had already agreed at that step agrees again; their
        earlier words then stand.
        """
        draft = await self._draft_id(review_id, endorsement.version)
        kept = {
            "step": endorsement.step,
            "role": endorsement.role,
            "by": endorsement.by,
            "by_name": endorsement.by_name,
            "by_position": endorsement.by_position,
            "at": endorsement.at,
            "comment": endorsement.comment,
            "for_whom": endorsement.for_whom,
            "device": device_json(endorsement.device),
        }
        handed = {"step": endorsement.step + 1, "approver_id": next_step.person, "approver_role": Role(next_step.role)}
        here = sa.and_(REVIEW.c.id == review_id, REVIEW.c.step == endorsement.step)
        on = REVIEW.update().where(here).values(**handed, comment="", revision=REVIEW.c.revision + 1)
        if not await self._run(on):
            return False
        await self._once(ENDORSEMENT, ("draft_id", "step", "by"), {"draft_id": draft, **kept})
        return True

    async def rule(self, review_id: int, ruling: Ruling) -> bool:
        """Store the decision of the authority. False when a ruling of that number exists already."""
        kept = {
            "review_id": review_id,
            "number": ruling.number,
            "version": ruling.version,
            "ratings": dict(ruling.ratings),
            "rating": ruling.rating,
            "by": ruling.by,
            "by_name": ruling.by_name,
            "by_position": ruling.by_position,
            "at": ruling.at,
            "remarks": ruling.remarks,
            "measures": ruling.measures,
            "reason": ruling.reason,
            "cite": ruling.cite,
            "document": ruling.document,
            "signer": ruling.signer,
            "for_whom": ruling.for_whom,
            "prospects": ruling.prospects,
            "device": device_json(ruling.device),
        }
        if await self._once(RULING, ("review_id", "number"), kept) is None:
            return False
        await self._change(review_id, ruling=ruling.number, status=ReviewStatus.DECIDED)
        return True

    async def respond(self, review_id: int, acknowledgement: Acknowledgement) -> bool:
        """Store that the person took notice or reserves an opinion. False when they had said this, or more, before."""
        ruling = await self._row(_RULING, review=review_id, number_=acknowledgement.number)
        if ruling is None:
            raise LookupError(f"no ruling {acknowledgement.number} of review {review_id}")
        if await self._row(_RESERVED, ruling=ruling) is not None:
            return False
        kept = {"response": acknowledgement.response, "at": acknowledgement.at, "text": acknowledgement.text}
        if await self._once(ACKNOWLEDGEMENT, ("ruling_id", "response"), {"ruling_id": ruling, **kept}) is None:
            return False
        await self._move(review_id, ReviewStatus.DECIDED, ReviewStatus.FINAL)
        return True

    async def petition(self, petition: Petition) -> bool:
        """Store a petition. False when there is one about that ruling already."""
        kept = {
            "review_id": petition.review,
            "number": petition.number,
            "by": petition.by,
            "text": petition.text,
            "at": petition.at,
            "due": petition.due,
            "cite": petition.cite,
            "answer": "",
        }
        if await self._once(PETITION, ("review_id", "number"), kept) is None:
            return False
        await self._change(petition.review, status=ReviewStatus.APPEALED)
        return True

    async def answer(
        self, petition_id: int, review_id: int, outcome: PetitionOutcome, answer: str, by: int, at: dt.datetime
    ) -> bool:
        """Store the answer to a petition. False when it was answered before.

        A result that is upheld is final; a changed one is decided anew and must be acknowledged anew. A person who
        withdraws a petition before having acknowledged the ruling must still acknowledge it.
        """
        this = sa.and_(PETITION.c.id == petition_id, PETITION.c.review_id == review_id, PETITION.c.outcome.is_(None))
        values = {"outcome": outcome, "answer": answer, "answered_by": by, "answered_at": at}
        if not await self._run(PETITION.update().where(this).values(**values)):
            return False
        noticed = (
            outcome is not PetitionOutcome.WITHDRAWN or await self._row(_NOTICED, petition=petition_id) is not None
        )
        await self._move(review_id, ReviewStatus.APPEALED, ReviewStatus.FINAL if noticed else ReviewStatus.DECIDED)
        return True

    async def petitions_of(self, review_ids: tuple[int, ...]) -> list[Petition]:
        """All petitions about these reviews, oldest first."""
        return await self._rows(_OF_REVIEWS, reviews=review_ids)

    async def endorsements_of(self, review_id: int) -> list[Endorsement]:
        """Every endorsement of any version, oldest first."""
        return await self._rows(_EVERY_ENDORSEMENT, review=review_id)

    async def answers_to(self, review_id: int) -> list[Acknowledgement]:
        """The person's acknowledgements of all rulings, oldest first."""
        return await self._rows(_EVERY_ANSWER, review=review_id)

    async def _move(self, review_id: int, before: ReviewStatus, after: ReviewStatus) -> None:
        this = sa.and_(REVIEW.c.id == review_id, REVIEW.c.status == before)
        await self._run(REVIEW.update().where(this).values(status=after, revision=REVIEW.c.revision + 1))

    async def decided_between(
        self, review_ids: Sequence[int], since: dt.datetime, until: dt.datetime
    ) -> dict[int, dt.datetime]:
        """Review → moment of its ruling in force, for those of these reviews whose ruling was made in [since, until)."""
        rows = await self._rows(_DECIDED_BETWEEN, reviews=tuple(review_ids), since=since, until=until)
        return {row.review: row.at for row in rows}
