"""Extensions: later last days for handing in reviews, given to several reviews at once after they were shown."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.people import Person
from rules.nouns.reviews import OWED, Extension
from storage.queries import Prepared, among, any_word
from storage.repositories.base import Repository
from storage.tables import EXTENSION, REVIEW


class _Locked(NamedTuple):
    """A review, and whose it is."""

    review: int
    person: int


class _Until(NamedTuple):
    """The last day that a review has by an extension."""

    review: int
    until: dt.date


_LOCKED = Prepared(
    _Locked,
    sa.select(REVIEW.c.id, REVIEW.c.person_id)
    .where(
        among(REVIEW.c.id, "reviews"),
        REVIEW.c.campaign_id == sa.bindparam("campaign"),
        any_word(REVIEW.c.status, sorted(OWED)),
    )
    .order_by(REVIEW.c.id)
    .with_for_update(),
)
_HELD = Prepared(
    _Until, sa.select(EXTENSION.c.review_id, EXTENSION.c.until).where(among(EXTENSION.c.review_id, "reviews"))
)


class Extensions(Repository):
    """The extensions; at most one for each review."""

    async def put(
        self, campaign: int, was: Mapping[int, dt.date | None], now: Extension | None, by: Person, at: dt.datetime
    ) -> dict[int, int] | None:
        """Give these reviews the extension `now`, or take back what they have when it is None; returns review → person.

        None means that nothing was changed, because one of them is no longer owed, is not of this campaign, or has
        another day than `was`, the day it was shown with.
        """
        reviews = sorted(was)
        whose = {one.review: one.person for one in await self._rows(_LOCKED, reviews=tuple(reviews), campaign=campaign)}
        # Read only after the locks are held, so that two people of the desk who press at once are handled one after the
        # other.
        held = {one.review: one.until for one in await self._rows(_HELD, reviews=tuple(reviews))}
        if whose.keys() != was.keys() or any(held.get(review) != day for review, day in was.items()):
            return None
        await self._run(EXTENSION.delete().where(EXTENSION.c.review_id.in_(reviews)))
        if now:
            kept = {"until": now.until, "reason": now.reason, "by": by.id, "by_name": now.by_name, "at": at}
            await self._many(EXTENSION.insert(), [{"review_id": review, **kept} for review in reviews])
        return whose
