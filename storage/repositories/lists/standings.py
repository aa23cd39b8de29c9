"""Standings: reviews as lines of lists, without their answers."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.devices import CodeGiven
from rules.nouns.people import Person
from rules.nouns.reviews import OWED, Extension, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating
from storage.columns import read
from storage.pieces import each
from storage.queries import Prepared, among, any_word, columns
from storage.repositories.base import Repository
from storage.repositories.campaigns import PARTS
from storage.rows.reviews import EXTENSION_OF, PERSON_AT_POST, REVIEW_FROM, device_of, ratings_of
from storage.rows.sights import in_time
from storage.tables import ANSWER, CAMPAIGN, DRAFT, PERSON, POST, REVIEW, RULING


class LineRow(NamedTuple):
    """A review line. `campaign` and `rulebook` name the part of the campaign it belongs to."""

    person: Person
    campaign: int
    rulebook: str
    id: int
    form: str
    status: ReviewStatus
    approver_id: int | None
    approver_role: str
    decider_id: int | None
    started: bool
    self_rating: Rating | None
    suggested: Rating | None
    ruled: Rating | None
    ratings: dict[str, Rating | None] | None
    snoozed_until: dt.date | None
    device: CodeGiven | None
    drafter_id: int | None
    drafter_name: str | None
    extension: Extension | None


class TallyRow(NamedTuple):
    """The tally of a campaign: reviews that are owed or handed in, those handed in, and those still owed that have an
    extension.
    """

    campaign: int
    total: int
    handed_in: int
    extended: int


_DRAFT = sa.and_(DRAFT.c.review_id == REVIEW.c.id, DRAFT.c.version == REVIEW.c.version)
_RULING = sa.and_(RULING.c.review_id == REVIEW.c.id, RULING.c.number == REVIEW.c.ruling)
_DRAFTER = PERSON.alias("drafter")
_LINE = columns(
    LineRow,
    REVIEW,
    person=PERSON_AT_POST,
    campaign=REVIEW.c.campaign_id,
    started=sa.exists().where(ANSWER.c.review_id == REVIEW.c.id),
    self_rating=DRAFT.c.self_rating,
    suggested=DRAFT.c.suggested,
    ruled=RULING.c.rating,
    ratings=read(RULING.c.ratings, ratings_of),
    snoozed_until=PERSON.c.snoozed_until,
    device=read(DRAFT.c.device, device_of),
    drafter_name=_DRAFTER.c.name,
    extension=EXTENSION_OF,
)
_SELECT = (
    sa.select(*_LINE)
    .select_from(
        REVIEW_FROM.outerjoin(DRAFT, _DRAFT)
        .outerjoin(RULING, _RULING)
        .outerjoin(_DRAFTER, _DRAFTER.c.id == REVIEW.c.drafter_id)
    )
    .where(REVIEW.c.status != ReviewStatus.ENDED)
    .order_by(PERSON.c.unit_id, PERSON.c.id, REVIEW.c.place, REVIEW.c.id)
)
_OF_CAMPAIGN = _SELECT.where(REVIEW.c.campaign_id == sa.bindparam("campaign"))
_WHOLE = Prepared(_LINE, _OF_CAMPAIGN)
_PART = _OF_CAMPAIGN.where(REVIEW.c.rulebook == sa.bindparam("rulebook_"))
_OF_PART = Prepared(_LINE, _PART)
_THOSE = sa.union(
    sa.select(PERSON.c.id).where(PERSON.c.id == sa.bindparam("person")),
    sa.select(PERSON.c.id).where(among(PERSON.c.unit_id, "units")),
    sa.select(POST.c.person_id).where(among(POST.c.unit_id, "units")),
)
_OF_THOSE = Prepared(_LINE, _PART.where(REVIEW.c.person_id.in_(_THOSE.scalar_subquery())))
_SOME = Prepared(_LINE, _SELECT.where(among(REVIEW.c.id, "reviews")))
# A ruling can be petitioned against in a campaign that is closed by then; the petition must still be answered.
_OPEN = sa.or_(CAMPAIGN.c.closed_at.is_(None), REVIEW.c.status == ReviewStatus.APPEALED)
_OWED = any_word(REVIEW.c.status, sorted(OWED))
_TALLIED = Prepared(
    TallyRow,
    sa.select(
        REVIEW.c.campaign_id,
        sa.func.count(),
        sa.func.count(sa.case((sa.not_(_OWED), 1))),
        sa.func.count(sa.case((sa.and_(_OWED, REVIEW.c.id.in_(in_time(sa.bindparam("today")))), 1))),
    )
    .where(among(REVIEW.c.campaign_id, "campaigns"), REVIEW.c.status != ReviewStatus.ENDED)
    .group_by(REVIEW.c.campaign_id),
)
_TO_DECIDE = Prepared(_LINE, _SELECT.where(among(REVIEW.c.decider_id, "deciders"), _OPEN))
_OUTSIDE = Prepared(
    _LINE, _SELECT.where(REVIEW.c.decider_id.is_(None), _OPEN, PERSON.c.office_id == sa.bindparam("office"))
)


class Standings(Repository):
    """Lists of review lines."""

    async def tallied(self, campaigns: Sequence[int], today: dt.date) -> dict[int, tuple[int, int, int]]:
        """Campaign → how many reviews are handed in, of how many, and how many can still be handed in by an extension."""
        rows = await self._rows(_TALLIED, campaigns=tuple(campaigns), today=today) if campaigns else []
        return {row.campaign: (row.handed_in, row.total, row.extended) for row in rows}

    async def of_campaign(self, campaign_id: int, today: dt.date, rulebook: str = "") -> list[ReviewLine]:
        """All reviews of a campaign, or of its part under `rulebook`, sorted by unit; the query does not delay other
        work.
        """
        which, given = (_OF_PART, {"rulebook_": rulebook}) if rulebook else (_WHOLE, {})
        found = await self._connection.fetch_apart(which, {"campaign": campaign_id, **given})
        return await self._lines(found, today)

    async def of_those(
        self, campaign_id: int, rulebook: str, today: dt.date, person: int, units: Sequence[int] = ()
    ) -> list[ReviewLine]:
        """In a part of a campaign, the reviews of one person and of the people of these units."""
        given = {"campaign": campaign_id, "rulebook_": rulebook, "person": person, "units": tuple(units)}
        return await self._lines(await self._rows(_OF_THOSE, **given), today)

    async def some(self, reviews: Sequence[int], today: dt.date) -> list[ReviewLine]:
        """The lines of these reviews, unless they were ended."""
        return await self._lines(await self._rows(_SOME, reviews=tuple(reviews)), today) if reviews else []

    async def decided_by(self, deciders: tuple[int, ...], today: dt.date) -> list[ReviewLine]:
        """The reviews that one of these people decides: all in open campaigns; in closed ones those with a waiting
        petition.
        """
        return await self._lines(await self._rows(_TO_DECIDE, deciders=deciders), today)

    async def decided_outside(self, office_id: int, today: dt.date) -> list[ReviewLine]:
        """The reviews of an office that an authority outside decides: as for `decided_by`."""
        return await self._lines(await self._rows(_OUTSIDE, office=office_id), today)

    async def _lines(self, rows: Sequence[LineRow], today: dt.date) -> list[ReviewLine]:
        """The lines of these rows. All reviews of a part share one Campaign value, because there may be tens of
        thousands.
        """
        campaigns = {row.campaign for row in rows}
        parts = {
            (part.id, part.rulebook): part
            for campaign in sorted(campaigns)
            for part in await self._rows(PARTS, id=campaign)
        }

        def line(row: LineRow) -> ReviewLine:
            return ReviewLine(
                review=row.id,
                person=row.person,
                campaign=parts[row.campaign, row.rulebook],
                form=row.form,
                status=row.status,
                approver_id=row.approver_id,
                approver_role=row.approver_role,
                decider_id=row.decider_id,
                started=row.started,
                self_rating=row.self_rating,
                suggested=row.suggested,
                ruled=row.ruled,
                ratings=row.ratings or {},
                barred=_barred(row),
                drafter=row.drafter_id,
                drafter_name=row.drafter_name or "",
                extension=row.extension,
                snoozed=row.snoozed_until is not None and today < row.snoozed_until,
            )

        return await each(line, rows)


def _barred(row: LineRow) -> frozenset[int]:
    """The people barred from acting on what was sent, as far as a line knows them; the drafter of a report is one."""
    if row.status in OWED:
        return frozenset()
    device = row.device.bars if row.device else frozenset()
    return device if row.drafter_id is None else device | {row.drafter_id}
