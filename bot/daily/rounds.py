"""Ends rounds whose last day is past or whose draft was decided."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.campaign.rounds.ending import decided_among, end
from bot.delivery.notices import notify_many
from bot.delivery.seam import Jobs
from rules.nouns.rounds import Ended
from storage.store import Store

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rounds:
    """Called every minute."""

    store: Store
    jobs: Jobs
    clock: Callable[[], dt.datetime]

    async def close(self) -> int:
        """End the rounds that are due; returns how many. A failing one does not hold up the others."""
        today = self.clock().date()
        async with self.store.reading() as tx:
            running = await tx.rounds.running()
            decided = await decided_among(tx, running)
        due = {
            one.id: Ended.DECIDED if one.id in decided else Ended.DAY
            for one in running
            if one.id in decided or one.last_day < today
        }
        count = 0
        for id_, why in due.items():
            try:
                count += await self._end(id_, why)
            except Exception:  # noqa: BLE001 - whatever it was, the others are not to wait for it
                _log.exception("round not ended", round=id_)
        return count

    async def _end(self, id_: int, why: Ended) -> bool:
        now = self.clock()
        async with self.store.transaction() as tx:
            found = await tx.rounds.locked(id_)
            if found is None or found.ended is not None:
                return False
            await notify_many(tx, await end(tx, found, why, "", now), now, self.jobs)
            await tx.commit()
        _log.info("round ended", round=id_, why=why.value)
        return True
