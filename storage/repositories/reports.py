"""Reports of bodies: their drafters, and the parts given to other writers."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from rules.campaign.reminders.reminding import OwedPart
from rules.nouns.reviews import Review
from rules.nouns.values import BODIES
from rules.reports.figures import Figure, Source
from storage.queries import Prepared, among, any_word
from storage.repositories.base import ChangingReviews
from storage.rows.reports import AUTHORS, BARE_DRAFTER, OWED_PART, by_review
from storage.tables import CAMPAIGN, FIGURE, PERSON, REPORT_PART, REVIEW


class ToldFigure(NamedTuple):
    """A figure that was told, as stored."""

    question: str
    source: str
    at: dt.datetime
    content: Mapping[str, Any]


#: What is stored of a told figure in addition to its subject.
_COUNTS = ("value", "part", "whole", "people", "members")

_OPEN_PARTS = (
    sa.select(*OWED_PART)
    .select_from(REPORT_PART.join(REVIEW, REVIEW.c.id == REPORT_PART.c.review_id))
    .where(REPORT_PART.c.done_at.is_(None), REPORT_PART.c.ended_at.is_(None))
    .order_by(REPORT_PART.c.id)
)
_OWED = Prepared(OWED_PART, _OPEN_PARTS.where(REVIEW.c.campaign_id == sa.bindparam("campaign")))
_SPEAKS = Prepared(
    BARE_DRAFTER,
    sa.select(*BARE_DRAFTER)
    .select_from(REVIEW.join(PERSON, PERSON.c.id == REVIEW.c.person_id))
    .where(
        among(REVIEW.c.person_id, "people"),
        any_word(PERSON.c.subject, sorted(BODIES)),
        REVIEW.c.drafter_id.is_not(None),
    )
    .order_by(REVIEW.c.campaign_id, REVIEW.c.id),
)
_OF_OFFICE = Prepared(
    int,
    sa.select(REVIEW.c.id)
    .select_from(REVIEW.join(PERSON, PERSON.c.id == REVIEW.c.person_id).join(CAMPAIGN))
    .where(
        PERSON.c.office_id == sa.bindparam("office"),
        sa.or_(any_word(PERSON.c.subject, sorted(BODIES)), REVIEW.c.drafter_id.is_not(None)),
        CAMPAIGN.c.closed_at.is_(None),
        REVIEW.c.status != "ended",
    )
    .order_by(REVIEW.c.campaign_id, REVIEW.c.id),
)
_TOLD = Prepared(
    ToldFigure,
    sa.select(FIGURE.c.question, FIGURE.c.source, FIGURE.c.at, FIGURE.c.content)
    .where(FIGURE.c.review_id == sa.bindparam("review"))
    .order_by(FIGURE.c.id),
)
_TOLD_BESIDE = Prepared(
    ToldFigure,
    sa.select(FIGURE.c.question, FIGURE.c.source, FIGURE.c.at, FIGURE.c.content)
    .select_from(FIGURE.join(REVIEW, REVIEW.c.id == FIGURE.c.review_id))
    .where(REVIEW.c.campaign_id == sa.bindparam("campaign"), FIGURE.c.review_id != sa.bindparam("review"))
    .order_by(FIGURE.c.id),
)
_IN_FORCE = REPORT_PART.c.ended_at.is_(None)


class Reports(ChangingReviews):
    """The reports of bodies. Writing to a report presumes that this transaction has locked its review."""

    async def of_office(self, office_id: int) -> Sequence[int]:
        """The reports of an office's bodies in its open campaigns."""
        return await self._rows(_OF_OFFICE, office=office_id)

    async def authors(self, campaign_id: int) -> dict[int, frozenset[int]]:
        """Report → its authors: its drafter, everybody who has a part of it, and everybody who wrote any of it."""
        return by_review(await self._rows(AUTHORS, campaign=campaign_id))

    async def owed(self, campaign_id: int) -> Sequence[OwedPart]:
        """The parts of a campaign's reports that are still to be done."""
        return await self._rows(_OWED, campaign=campaign_id)

    async def spoken_for(self, people: Iterable[int]) -> dict[int, int]:
        """Body → the drafter of its report in the newest campaign, for the given bodies."""
        rows = await self._rows(_SPEAKS, people=tuple(people))
        return {row.body: row.drafter for row in rows}

    async def name_drafter(self, review_id: int, person_id: int, by: int) -> None:
        """Make this person the drafter of the report."""
        await self._change(review_id, drafter_id=person_id, drafter_by=by)

    async def give(self, review_id: int, place: str, writer: int, by: int, at: dt.datetime, due: dt.date | None) -> int:
        """Give a part of the report to a writer; returns the part's id."""
        given = {
            "review_id": review_id,
            "place": place,
            "writer_id": writer,
            "given_by": by,
            "given_at": at,
            "due": due,
        }
        return await self._add(REPORT_PART, **given, done_at=None, ended_at=None, ended_by=None)

    async def done(self, part_id: int, at: dt.datetime) -> bool:
        """Record that the writer has finished the part. False when they had, or when it was taken back."""
        this = sa.and_(REPORT_PART.c.id == part_id, _IN_FORCE, REPORT_PART.c.done_at.is_(None))
        return bool(await self._run(REPORT_PART.update().where(this).values(done_at=at)))

    async def take_back(self, part_id: int, by: int, at: dt.datetime) -> bool:
        """Take the part back from its writer; what was written stays. False when it was taken back before."""
        this = sa.and_(REPORT_PART.c.id == part_id, _IN_FORCE)
        return bool(await self._run(REPORT_PART.update().where(this).values(ended_at=at, ended_by=by)))

    async def told(self, review_id: int) -> tuple[Figure, ...]:
        """The figures told for the report, oldest first."""
        return tuple(_figure(row) for row in await self._rows(_TOLD, review=review_id))

    async def told_beside(self, review: Review) -> tuple[Figure, ...]:
        """The figures told for the other reports of its part of the campaign, oldest first."""
        rows = await self._rows(_TOLD_BESIDE, campaign=review.campaign.id, review=review.id)
        return tuple(_figure(row) for row in rows)

    async def tell(self, review_id: int, figure: Figure, at: dt.datetime) -> None:
        """Record that a figure was told, and from whose data it was computed."""
        counts = {name: getattr(figure, name) for name in _COUNTS}
        content = {**counts, "by": {str(person): said for person, said in figure.by.items()}}
        kept = {"question": figure.question, "source": figure.source.value, "at": at, "content": content}
        await self._add(FIGURE, review_id=review_id, **kept)


def _figure(row: ToldFigure) -> Figure:
    by = {int(person): said for person, said in row.content["by"].items()}
    counts = {name: row.content[name] for name in _COUNTS}
    return Figure(row.question, Source(row.source), **counts, by=by, at=row.at)
