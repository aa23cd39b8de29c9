"""Campaigns of the offices, and their parts, one for each rulebook."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from rules.nouns.periods import USUAL, PeriodDays
from rules.nouns.reviews import Campaign
from rules.nouns.tracking import LastMonth
from storage.errors import LostRace
from storage.queries import Prepared, Query
from storage.repositories.base import Repository
from storage.rows.bulk import INSERT
from storage.rows.campaigns import CAMPAIGN_COLUMNS, period_json, timetable_json
from storage.tables import CAMPAIGN, CAMPAIGN_PART, OFFICE

_SELECT = (
    sa.select(*CAMPAIGN_COLUMNS)
    .select_from(
        CAMPAIGN.join(CAMPAIGN_PART, CAMPAIGN_PART.c.campaign_id == CAMPAIGN.c.id).join(
            OFFICE, OFFICE.c.id == CAMPAIGN.c.office_id
        )
    )
    .order_by(CAMPAIGN.c.id, CAMPAIGN_PART.c.place)
)
#: The parts of a campaign, in the order in which its rulebooks were named.
PARTS = Prepared(CAMPAIGN_COLUMNS, _SELECT.where(CAMPAIGN.c.id == sa.bindparam("id")))
_OPEN_ONES = Prepared(CAMPAIGN_COLUMNS, _SELECT.where(CAMPAIGN.c.closed_at.is_(None)))
_OF_OFFICE = _SELECT.where(CAMPAIGN.c.office_id == sa.bindparam("office"))
_OPEN_OF_OFFICE = Prepared(CAMPAIGN_COLUMNS, _OF_OFFICE.where(CAMPAIGN.c.closed_at.is_(None)))
_CLOSED_OF_OFFICE = Prepared(CAMPAIGN_COLUMNS, _OF_OFFICE.where(CAMPAIGN.c.closed_at.is_not(None)))
_OPENED = Prepared(
    dt.datetime,
    sa.select(CAMPAIGN.c.opened_at).where(CAMPAIGN.c.id == sa.bindparam("id"), CAMPAIGN.c.closed_at.is_(None)),
)
# Two transactions that propose at the same time take turns; rows that merely refer to the campaign do not wait.
_TURN = Prepared(
    int, sa.select(CAMPAIGN.c.id).where(CAMPAIGN.c.id == sa.bindparam("id")).with_for_update(key_share=True)
)
_CLOSE = Prepared(
    int,
    CAMPAIGN.update()
    .where(CAMPAIGN.c.id == sa.bindparam("id_"), CAMPAIGN.c.closed_at.is_(None))
    .values(closed_at=sa.bindparam("at_"))
    .returning(CAMPAIGN.c.id),
)


class Campaigns(Repository):
    """The campaigns of all offices."""

    async def open(
        self,
        office_id: int,
        rulebook: str,
        year: int,
        timetable: Mapping[str, dt.date],
        at: dt.datetime,
        period: str = "year",
        days: PeriodDays = USUAL,
    ) -> Campaign:
        """The part under that rulebook of the office's open campaign for that period; it is opened when there is none
        yet.

        If it is open already, only its timetable is replaced; the days of its period stay.
        """
        same = {"office_id": office_id, "year": year, "period": period}
        this = sa.and_(*(CAMPAIGN.c[name] == value for name, value in same.items()), CAMPAIGN.c.closed_at.is_(None))
        kept = await self._row(Query(int, sa.select(CAMPAIGN.c.id).where(this)))
        id_ = await self._begin({**same, "opened_at": at, "days": period_json(days)}) if kept is None else kept
        parts = await self.parts(id_)
        if rulebook not in {part.rulebook for part in parts}:
            part = {
                "campaign_id": id_,
                "rulebook": rulebook,
                "place": len(parts),
                "timetable": timetable_json(timetable),
            }
            await self._run(CAMPAIGN_PART.insert(), part)
        else:
            await self.set_timetable(id_, rulebook, timetable)
        return await self.get(id_, rulebook)

    async def _begin(self, values: dict[str, object]) -> int:
        """Insert a campaign; returns its id. Raises LostRace when somebody else opened the same one meanwhile."""
        insert = INSERT[self._connection.dialect.name](CAMPAIGN).on_conflict_do_nothing()
        id_ = await self._row(Query(int, insert.values(**values).returning(CAMPAIGN.c.id)))
        if id_ is None:
            raise LostRace("another transaction opened the campaign first")
        return id_

    async def set_timetable(self, campaign_id: int, rulebook: str, timetable: Mapping[str, dt.date]) -> None:
        """Set the last days of that part."""
        this = sa.and_(CAMPAIGN_PART.c.campaign_id == campaign_id, CAMPAIGN_PART.c.rulebook == rulebook)
        await self._run(CAMPAIGN_PART.update().where(this).values(timetable=timetable_json(timetable)))

    async def set_last_month(self, campaign_id: int, chosen: LastMonth) -> None:
        """Set how the last month of the campaign's year counts."""
        kept = {name: str(value) for name, value in dataclasses.asdict(chosen).items()}
        await self._run(CAMPAIGN.update().where(CAMPAIGN.c.id == campaign_id).values(last_month=kept))

    async def close(self, campaign_id: int, at: dt.datetime) -> bool:
        """Close the campaign: nothing is owed in it any more. False when it was closed before."""
        return await self._row(_CLOSE, id_=campaign_id, at_=at) is not None

    async def opened_at(self, campaign_id: int) -> dt.datetime | None:
        """The moment the campaign was opened; None when it is not open."""
        return await self._row(_OPENED, id=campaign_id)

    async def get(self, campaign_id: int, rulebook: str = "") -> Campaign:
        """The part under that rulebook (the first part when omitted). Raises LookupError when there is none."""
        for part in await self.parts(campaign_id):
            if rulebook in {"", part.rulebook}:
                return part
        raise LookupError(f"no campaign {campaign_id} {rulebook}")

    async def parts(self, campaign_id: int) -> Sequence[Campaign]:
        """The parts of a campaign, in the order in which its rulebooks were named."""
        return await self._rows(PARTS, id=campaign_id)

    async def take_turns(self, campaign_id: int) -> None:
        """Lock the campaign for transactions that take turns: until this one ends, no other sees its state."""
        await self._row(_TURN, id=campaign_id)

    async def open_ones(self) -> Sequence[Campaign]:
        """The parts of all campaigns that are open, oldest campaign first."""
        return await self._rows(_OPEN_ONES)

    async def of_office(self, office_id: int, *, is_open: bool) -> Sequence[Campaign]:
        """The parts of the office's open (or closed) campaigns, oldest first."""
        return await self._rows(_OPEN_OF_OFFICE if is_open else _CLOSED_OF_OFFICE, office=office_id)
