"""People chosen in a list: who matches its filter, and the state of their reviews before something is done with all of
them.
"""

from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa

from rules.campaign.looking.oversight import AGREED
from rules.campaign.looking.wanted import Wanted
from rules.nouns.reviews import OWED, ReviewStatus
from storage.queries import Query, among
from storage.repositories.base import Repository
from storage.repositories.lists.overview import needed
from storage.rows.sights import Conditions, Sight
from storage.tables import PERSON, REVIEW


class Agreed(NamedTuple):
    """How many reviews of a person all approvers have agreed to."""

    person: int
    reviews: int


#: Condition: every step of the chain has agreed, or there is no step.
AGREED_TO = sa.or_(
    REVIEW.c.status.in_(sorted(AGREED)),
    sa.and_(REVIEW.c.status == ReviewStatus.SUBMITTED, REVIEW.c.approver_id.is_(None)),
)


class Choosing(Repository):
    """Queries about chosen people; each reads only the people it is given, or those a filter leaves."""

    async def of_filter(self, sight: Sight, wanted: Wanted) -> list[int]:
        """The people in a filtered list, each once."""
        conditions = Conditions(sight)
        statement = sa.select(PERSON.c.id).select_from(needed(sight, wanted)).distinct()
        here = (conditions.seen, PERSON.c.left_on.is_(None), *conditions.filtered(wanted))
        return await self._connection.fetch_apart(Query(int, statement.where(*here).order_by(PERSON.c.id)))

    async def seen(self, sight: Sight, people: Collection[int]) -> list[int]:
        """Those of the given people whom this reader sees in the list."""
        statement = sa.select(PERSON.c.id).select_from(needed(sight, Wanted())).distinct()
        here = (Conditions(sight).seen, PERSON.c.left_on.is_(None), PERSON.c.id.in_(sorted(people)))
        return await self._connection.fetch_apart(Query(int, statement.where(*here).order_by(PERSON.c.id)))

    async def groups(self, office: int) -> list[str]:
        """The office's groups of people with similar tasks, by name."""
        named = sa.and_(PERSON.c.office_id == office, PERSON.c.left_on.is_(None), PERSON.c.duty_group != "")
        return await self._rows(
            Query(str, sa.select(PERSON.c.duty_group).where(named).distinct().order_by(PERSON.c.duty_group))
        )

    async def papers(self, campaign: int, people: Collection[int]) -> list[int]:
        """The reviews of these people in a campaign."""
        theirs = sa.and_(REVIEW.c.campaign_id == campaign, among(REVIEW.c.person_id, "people"))
        statement = sa.select(REVIEW.c.id).where(theirs).order_by(REVIEW.c.id)
        return await self._connection.fetch_apart(Query(int, statement), {"people": sorted(people)})

    async def owed(self, campaign: int, people: Collection[int]) -> list[int]:
        """The reviews that these people still have to hand in in a campaign."""
        owed = (
            REVIEW.c.campaign_id == campaign,
            among(REVIEW.c.person_id, "people"),
            REVIEW.c.status.in_(sorted(OWED)),
        )
        return await self._rows(
            Query(int, sa.select(REVIEW.c.id).where(*owed).order_by(REVIEW.c.id)), people=sorted(people)
        )

    async def agreed(self, campaign: int, people: Collection[int]) -> dict[int, int]:
        """Person → the number of their reviews in a campaign that all approvers have agreed to; people with none are
        left out.
        """
        theirs = sa.and_(REVIEW.c.campaign_id == campaign, among(REVIEW.c.person_id, "people"), AGREED_TO)
        statement = sa.select(REVIEW.c.person_id, sa.func.count()).where(theirs).group_by(REVIEW.c.person_id)
        found = await self._connection.fetch_apart(Query(Agreed, statement), {"people": sorted(people)})
        return {one.person: one.reviews for one in found}
