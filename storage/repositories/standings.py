"""Reviews as lines of lists: where they stand, without their answers."""

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa

from rules.nouns.reviews import Campaign, ReviewStatus
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating
from storage.repositories.base import Repository, Values
from storage.repositories.campaigns import CAMPAIGN_COLUMNS, CAMPAIGN_WIDTH, campaign_of
from storage.repositories.people import PERSON_WIDTH, person_of
from storage.repositories.review_rows import PERSON_AT_POST, REVIEW_FROM
from storage.tables import ANSWER, CAMPAIGN, DRAFT, PERSON, REVIEW, RULING

_STARTED = sa.exists().where(ANSWER.c.review_id == REVIEW.c.id)
_DRAFT = sa.and_(DRAFT.c.review_id == REVIEW.c.id, DRAFT.c.version == REVIEW.c.version)
_RULING = sa.and_(RULING.c.review_id == REVIEW.c.id, RULING.c.number == REVIEW.c.ruling)

_SELECT = (
    sa.select(
        *PERSON_AT_POST,
        *CAMPAIGN_COLUMNS,
        REVIEW.c.id,
        REVIEW.c.form,
        REVIEW.c.status,
        REVIEW.c.approver_id,
        REVIEW.c.approver_role,
        REVIEW.c.decider_id,
        _STARTED,
        DRAFT.c.self_rating,
        DRAFT.c.suggested,
        RULING.c.rating,
        RULING.c.ratings,
        PERSON.c.snoozed_until,
    )
    .select_from(REVIEW_FROM.outerjoin(DRAFT, _DRAFT).outerjoin(RULING, _RULING))
    .where(REVIEW.c.status != ReviewStatus.ENDED)
    .order_by(PERSON.c.unit_id, PERSON.c.id, REVIEW.c.place, REVIEW.c.id)
)
_OF_CAMPAIGN = _SELECT.where(REVIEW.c.campaign_id == sa.bindparam("campaign"))
# A result may be petitioned against when its campaign is closed by then; the petition is to be answered all the same.
_OPEN = sa.or_(CAMPAIGN.c.closed_at.is_(None), REVIEW.c.status == ReviewStatus.APPEALED)
_TO_DECIDE = _SELECT.where(REVIEW.c.decider_id.in_(sa.bindparam("deciders", expanding=True)), _OPEN)
_OUTSIDE = _SELECT.where(REVIEW.c.decider_id.is_(None), _OPEN, PERSON.c.office_id == sa.bindparam("office"))


class Standings(Repository):
    """Lists of reviews."""

    async def of_campaign(self, campaign_id: int, today: dt.date, rulebook: str = "") -> list[ReviewLine]:
        """All reviews of a campaign (of its part under `rulebook`), unit by unit."""
        wanted = _OF_CAMPAIGN.where(REVIEW.c.rulebook == rulebook) if rulebook else _OF_CAMPAIGN
        return _standings(await self._rows(wanted, {"campaign": campaign_id}), today)

    async def decided_by(self, deciders: tuple[int, ...], today: dt.date) -> list[ReviewLine]:
        """The reviews that one of these people decides: of open campaigns whatever their status, of closed ones those
        with a petition that waits.
        """
        return _standings(await self._rows(_TO_DECIDE, {"deciders": deciders}), today)

    async def decided_outside(self, office_id: int, today: dt.date) -> list[ReviewLine]:
        """The same of those of an office that an authority outside decides."""
        return _standings(await self._rows(_OUTSIDE, {"office": office_id}), today)


def _standings(rows: Sequence[Values], today: dt.date) -> list[ReviewLine]:
    """One Campaign for all reviews of a part: there may be tens of thousands."""
    names = [(row[PERSON_WIDTH], row[PERSON_WIDTH + 1]) for row in rows]  # of the part: its campaign, its rulebook
    parts = dict(zip(names, rows, strict=True))
    campaigns = {name: campaign_of(row[PERSON_WIDTH:]) for name, row in parts.items()}
    return [_standing_of(row, campaigns[name], today) for name, row in zip(names, rows, strict=True)]


def _standing_of(row: Values, campaign: Campaign, today: dt.date) -> ReviewLine:
    rest = row[PERSON_WIDTH + CAMPAIGN_WIDTH :]
    review, form, status, approver, role, decider, started, self_rating, suggested, ruled, ratings, snoozed_until = rest
    return ReviewLine(
        review=review,
        person=person_of(row),
        campaign=campaign,
        form=form,
        status=ReviewStatus(status),
        approver_id=approver,
        approver_role=role,
        decider_id=decider,
        started=bool(started),
        self_rating=_rating(self_rating),
        suggested=_rating(suggested),
        ruled=_rating(ruled),
        ratings={question: _rating(word) for question, word in (ratings or {}).items()},
        snoozed=snoozed_until is not None and today < snoozed_until,
    )


def _rating(word: str | None) -> Rating | None:
    return None if word is None else Rating(word)
