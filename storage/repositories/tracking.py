"""Tracking: what a year's result is computed from: monthly and quarterly sheets, scores sent by the body before, and
sheets being done anew.
"""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.people import Person
from rules.nouns.reviews import Answers, Campaign, ReviewStatus
from rules.nouns.tracking import OutsideScore, Redoing
from rules.nouns.values import Rating
from storage.columns import read
from storage.queries import Prepared, among, any_word, columns
from storage.repositories.base import ChangingReviews
from storage.rows.campaigns import CAMPAIGN_COLUMNS
from storage.rows.reviews import PERSON_AT_POST, REVIEW_FROM, answers_of, ratings_of
from storage.tables import CAMPAIGN, DRAFT, OUTSIDE_SCORE, REDOING, REVIEW, RULING


class SheetRow(NamedTuple):
    """A sheet that was handed in: its newest version, and its rating if it has one."""

    person: Person
    campaign: Campaign
    id: int
    form: str
    status: ReviewStatus
    version: int
    answers: Answers
    ratings: dict[str, Rating | None] | None


_SHEET = columns(
    SheetRow,
    REVIEW,
    person=PERSON_AT_POST,
    campaign=CAMPAIGN_COLUMNS,
    answers=read(DRAFT.c.answers, answers_of),
    ratings=read(RULING.c.ratings, ratings_of),
)
_DRAFT = sa.and_(DRAFT.c.review_id == REVIEW.c.id, DRAFT.c.version == REVIEW.c.version)
_RULING = sa.and_(RULING.c.review_id == REVIEW.c.id, RULING.c.number == REVIEW.c.ruling)
#: The initial letters of the names of periods shorter than a half-year.
_SHORT = sa.or_(CAMPAIGN.c.period.like("m%"), CAMPAIGN.c.period.like("q%"))
_SHEETS = Prepared(
    _SHEET,
    sa.select(*_SHEET)
    .select_from(REVIEW_FROM.join(DRAFT, _DRAFT).outerjoin(RULING, _RULING))
    .where(
        among(REVIEW.c.person_id, "people"),
        among(CAMPAIGN.c.year, "years"),
        _SHORT,
        REVIEW.c.status != ReviewStatus.ENDED,
    )
    .order_by(REVIEW.c.campaign_id, REVIEW.c.id),
)
_SCORE = columns(OutsideScore, OUTSIDE_SCORE, person=OUTSIDE_SCORE.c.person_id)
_SCORES = Prepared(
    _SCORE,
    sa.select(*_SCORE)
    .where(
        among(OUTSIDE_SCORE.c.person_id, "people"),
        among(OUTSIDE_SCORE.c.year, "years"),
    )
    .order_by(OUTSIDE_SCORE.c.id),
)
_REDOING = columns(Redoing, REDOING, review=REDOING.c.review_id)
_OF_REVIEW = Prepared(
    _REDOING, sa.select(*_REDOING).where(REDOING.c.review_id == sa.bindparam("review")).order_by(REDOING.c.id)
)
#: The reviews of a whole year in which people handed something in.
_YEARS = Prepared(
    int,
    sa.select(REVIEW.c.id)
    .select_from(REVIEW.join(CAMPAIGN, CAMPAIGN.c.id == REVIEW.c.campaign_id))
    .where(
        among(REVIEW.c.person_id, "people"),
        among(CAMPAIGN.c.year, "years"),
        any_word(CAMPAIGN.c.period, ("year", "school")),
        REVIEW.c.status != ReviewStatus.ENDED,
        REVIEW.c.version > 0,
    )
    .order_by(REVIEW.c.id),
)


class Holder(NamedTuple):
    """The person whose turn it is to agree to a review; None when it is nobody's."""

    review: int
    person: int | None


_HOLDERS = Prepared(
    Holder,
    sa.select(REVIEW.c.id, REVIEW.c.approver_id).where(among(REVIEW.c.id, "reviews")),
)


class Tracking(ChangingReviews):
    """The scores of months and quarters."""

    async def sheets(self, people: Sequence[int], years: Sequence[int]) -> list[SheetRow]:
        """The sheets these people handed in for months and quarters of these years, in one query; oldest campaign
        first.
        """
        return await self._rows(_SHEETS, people=tuple(people), years=tuple(years)) if people else []

    async def outside(self, people: Sequence[int], years: Sequence[int]) -> list[OutsideScore]:
        """The scores sent by the bodies before, in the order in which they were recorded."""
        return await self._rows(_SCORES, people=tuple(people), years=tuple(years)) if people else []

    async def years(self, people: Sequence[int], years: Sequence[int]) -> list[int]:
        """The reviews of whole years that these people have handed in."""
        return await self._rows(_YEARS, people=tuple(people), years=tuple(years)) if people else []

    async def holders(self, reviews: Sequence[int]) -> dict[int, int]:
        """Review → the person whose turn it is to agree to it; reviews that are nobody's turn are left out."""
        rows = await self._rows(_HOLDERS, reviews=tuple(reviews)) if reviews else []
        return {row.review: row.person for row in rows if row.person is not None}

    async def record(self, scores: Sequence[OutsideScore], by: int | None, at: dt.datetime) -> None:
        """Store scores sent by the body before. `by` is None on the command line."""
        rows = [
            {
                "person_id": one.person,
                "year": one.year,
                "period": one.period,
                "score": one.score,
                "body": one.body,
                "paper": one.paper,
                "by": by,
                "at": at,
            }
            for one in scores
        ]
        await self._many(OUTSIDE_SCORE.insert(), rows)

    async def redoings(self, review_id: int) -> list[Redoing]:
        """The redoings of a confirmed sheet, oldest first."""
        return await self._rows(_OF_REVIEW, review=review_id)

    async def ask_anew(
        self, review_id: int, version: int, reason: str, by: int, by_name: str, at: dt.datetime
    ) -> int | None:
        """Store the request to redo a confirmed version; returns its id, or None when it is requested already."""
        if any(one.agreed is None for one in await self.redoings(review_id)):
            return None
        kept = {"review_id": review_id, "version": version, "reason": reason}
        asked = {"asked_by": by, "asked_by_name": by_name, "asked_at": at}
        return await self._add(REDOING, **kept, **asked, by_name="", by_position="", answer="")

    async def answer_anew(self, redoing: Redoing, answer: str, who: tuple[int, str, str], at: dt.datetime) -> bool:
        """Store the answer `redoing.agreed`. If agreed, the sheet returns to its owner and starts from the first step.
        False when it was answered before.
        """
        this = sa.and_(REDOING.c.id == redoing.id, REDOING.c.agreed.is_(None))
        by, by_name, by_position = who
        values = {"agreed": redoing.agreed, "answer": answer, "by": by, "by_name": by_name, "by_position": by_position}
        if not await self._run(REDOING.update().where(this).values(**values, at=at)):
            return False
        if redoing.agreed:
            await self._change(redoing.review, status=ReviewStatus.DRAFTING, redone=True)
        return True
