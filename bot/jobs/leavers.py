"""Whoever's last day has passed has left: once a day, besides the imports."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from bot.roster.apply import see_leavers_off
from bot.roster.importing import match_campaigns
from dialogs.handlers import Books
from storage.store import Store

_log = structlog.get_logger()


@dataclass(slots=True)
class Leavers:
    """Called every minute; goes through the offices once a day. `seen`: the day this process went through them."""

    store: Store
    books: Books
    clock: Callable[[], dt.datetime]
    seen: dt.date | None = field(default=None)

    async def see_off(self) -> int:
        """End what leavers owed and their accounts; how many have left since yesterday."""
        now = self.clock()
        if self.seen == now.date():
            return 0
        async with self.store.reading() as unit:
            offices = [await unit.units.office(name) for name in await unit.units.offices()]
        left = 0
        for office in filter(None, offices):
            left += await self._of_office(office, now)
        self.seen = now.date()
        return left

    async def _of_office(self, office: int, now: dt.datetime) -> int:
        async with self.store.unit() as unit:
            change = await see_leavers_off(unit, office, now)
            if change.nothing:
                return 0
            await match_campaigns(unit, self.books, office, change, now)
            await unit.audit.record("system", "leavers seen off", now, detail={"office": office, "left": len(change.left)})
            await unit.commit()
        _log.info("leavers seen off", office=office, left=len(change.left))
        return len(change.left)
