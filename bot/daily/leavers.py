"""Marks people as left after their last day; once a day, besides imports of rosters."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from bot.campaign.roster.importing import match_campaigns
from bot.campaign.roster.keeping import RosterChangedMeanwhile, leaving, see_leavers_off
from bot.clock import ZONE
from dialogs.core.handlers import Books
from storage.store import Store

_log = structlog.get_logger()


@dataclass(slots=True)
class Leavers:
    """Called every minute; processes each office once a day. `seen`: office → day on which this process did so."""

    store: Store
    books: Books
    clock: Callable[[], dt.datetime]
    seen: dict[int, dt.date] = field(default_factory=dict)

    async def see_off(self) -> int:
        """Mark leavers, which ends what they owed and their accounts; returns how many left since yesterday.

        An office that fails does not hold up the others or the reminders; it is retried a minute later.
        """
        now, left = self.clock(), 0
        async with self.store.reading() as tx:
            offices = (await tx.units.offices()).values()
        for office in offices:
            if self.seen.get(office) == now.date():
                continue
            try:
                left += await self._of_office(office, now)
                self.seen[office] = now.date()
            except RosterChangedMeanwhile:  # between the look and the deed; in a minute it is looked at anew
                continue
            except Exception:  # noqa: BLE001 - whatever it was, the others are not to wait for it
                _log.exception("leavers not seen off", office=office)
        return left

    async def _of_office(self, office: int, now: dt.datetime) -> int:
        # A writing transaction waits for other writers. On most days there is nothing to write, so this is read first.
        async with self.store.reading() as tx:
            if not await tx.rosters.somebody_is_over(office, now.astimezone(ZONE).date()):
                return 0
            of = await leaving(tx, office, now)
        if of is None:
            return 0
        left = of.change.left
        async with self.store.transaction() as tx:
            await see_leavers_off(tx, office, of, now)
            await match_campaigns(tx, self.books, office, of.change, now)
            await tx.audit.record("system", "leavers seen off", now, detail={"office": office, "left": len(left)})
            await tx.commit()
        _log.info("leavers seen off", office=office, left=len(left))
        return len(left)
