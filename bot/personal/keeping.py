"""Removes data that is not an official record and has been kept long enough; once a day, in small batches."""

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from rules.nouns.reviews import Json
from rules.personal.keeping import Keeping
from storage.repositories.personal import REMOVALS, Removal
from storage.store import Store

#: The hour (Vietnam) from which it runs, when few people are active.
HOUR = 2

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class DueRemoval:
    """What may be removed of a kind: the table, the number of rows, and the keeping time in days."""

    kind: str
    table: str
    time: str
    days: int
    rows: int


async def due(store: Store, keeping: Keeping, now: dt.datetime) -> list[DueRemoval]:
    """What would be removed now; nothing is changed."""
    async with store.reading() as tx:
        return [
            DueRemoval(
                one.kind, one.table.name, one.time, getattr(keeping, one.time), await tx.personal.due(one, keeping, now)
            )
            for one in REMOVALS
        ]


@dataclass(slots=True)
class Forgetting:
    """Called every minute; runs once a day. `seen`: the day on which this process ran it."""

    store: Store
    keeping: Keeping
    clock: Callable[[], dt.datetime]
    seen: dt.date | None = None

    async def forget(self) -> dict[str, int]:
        """Remove what is due; returns kind → number of rows, which is also recorded in the audit."""
        now = self.clock()
        if now.hour < HOUR or self.seen == now.date():
            return {}
        self.seen = now.date()
        done: dict[str, int] = {}
        for one in REMOVALS:
            try:
                count = await self._remove(one, now)
            except Exception:  # noqa: BLE001 - whatever it was, the other kinds are not to wait for it
                _log.exception("kept too long", kind=one.kind, table=one.table.name)
                continue
            if count:
                done[one.kind] = done.get(one.kind, 0) + count
        if done:
            _log.info("data removed", **done)
        return done

    async def _remove(self, one: Removal, now: dt.datetime) -> int:
        """Remove everything in batches, so that other writers have their turn in between."""
        count, gone = 0, 1
        try:
            while gone:
                async with self.store.reading() as tx:
                    keys = await tx.personal.some_due(one, self.keeping, now)
                gone = 0
                if keys:
                    async with self.store.transaction() as tx:
                        gone = await tx.personal.remove(one, keys, self.keeping, now)
                        await tx.commit()
                count += gone
                await asyncio.sleep(0)
        finally:
            if count:
                await self._tell(one, count, now)
        return count

    async def _tell(self, one: Removal, count: int, now: dt.datetime) -> None:
        told: dict[str, Json] = {"kind": one.kind, "table": one.table.name, "time": one.time, "rows": count}
        async with self.store.transaction() as tx:
            await tx.audit.record("system", "data removed", now, detail=told)
            await tx.commit()
