"""Campaigns of the offices."""

import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from rules.reviews import Campaign
from storage.repositories.base import Repository, Values
from storage.tables import CAMPAIGN, OFFICE

#: The columns of a Campaign, in the order of its fields.
CAMPAIGN_COLUMNS = (
    CAMPAIGN.c.id,
    CAMPAIGN.c.rulebook,
    CAMPAIGN.c.year,
    OFFICE.c.name.label("campaign_office"),
    CAMPAIGN.c.timetable,
)
CAMPAIGN_WIDTH = len(CAMPAIGN_COLUMNS)

_SELECT = sa.select(*CAMPAIGN_COLUMNS).select_from(CAMPAIGN.join(OFFICE, OFFICE.c.id == CAMPAIGN.c.office_id))
_BY_ID = _SELECT.where(CAMPAIGN.c.id == sa.bindparam("id"))
_OPEN_ONES = _SELECT.where(CAMPAIGN.c.closed_at.is_(None)).order_by(CAMPAIGN.c.id)


def campaign_of(row: Values) -> Campaign:
    """The Campaign of a row that begins with CAMPAIGN_COLUMNS."""
    id_, rulebook, year, office, timetable = row[:CAMPAIGN_WIDTH]
    dates = {milestone: dt.date.fromisoformat(day) for milestone, day in timetable.items()}
    return Campaign(id_, rulebook, year, office, dates)


class Campaigns(Repository):
    """The campaigns of all offices."""

    async def open(
        self, office_id: int, rulebook: str, year: int, timetable: Mapping[str, dt.date], at: dt.datetime
    ) -> Campaign:
        """The open campaign of that office, rulebook and year; opened now when there is none yet.

        Opening it again keeps it and takes the new timetable over.
        """
        days = {milestone: day.isoformat() for milestone, day in timetable.items()}
        same = sa.and_(
            CAMPAIGN.c.office_id == office_id,
            CAMPAIGN.c.rulebook == rulebook,
            CAMPAIGN.c.year == year,
            CAMPAIGN.c.closed_at.is_(None),
        )
        row = await self._row(CAMPAIGN.update().where(same).values(timetable=days).returning(CAMPAIGN.c.id))
        if row is not None:
            return await self.get(row[0])
        values = {"office_id": office_id, "rulebook": rulebook, "year": year, "timetable": days, "opened_at": at}
        return await self.get(await self._id(CAMPAIGN.insert().returning(CAMPAIGN.c.id), values))

    async def close(self, campaign_id: int, at: dt.datetime) -> None:
        """Nothing is owed in this campaign any more."""
        await self._run(CAMPAIGN.update().where(CAMPAIGN.c.id == campaign_id).values(closed_at=at))

    async def get(self, campaign_id: int) -> Campaign:
        """The campaign. Raises LookupError when there is none."""
        row = await self._row(_BY_ID, {"id": campaign_id})
        if row is None:
            raise LookupError(f"no campaign {campaign_id}")
        return campaign_of(row)

    async def open_ones(self) -> Sequence[Campaign]:
        """All campaigns that are open, oldest first."""
        return [campaign_of(row) for row in await self._rows(_OPEN_ONES)]
