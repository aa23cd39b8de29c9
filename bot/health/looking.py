"""Examines the health at one moment: channels, lease, waiting notices, disk and database; and derives warnings."""

import asyncio
import datetime as dt
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.deliver import OLD_QUEUE
from bot.delivery.duty import LASTS, NAME
from bot.door.conditions import ChannelStanding, ChannelState
from rules.nouns.errors import TusoiError
from storage.repositories.leases import Seen
from storage.repositories.talk.deliveries import Waiting
from storage.store import Store

#: Seconds after which a database that has not answered counts as unreachable.
PATIENCE = 3.0

#: Troubles shorter than this are ignored, and a process may stand by that long without a warning (seconds).
SETTLES = 60.0

#: Free disk space in bytes below which a warning is given.
LITTLE_SPACE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Lease:
    """Who sends notices. `holder`: the name of a process (TUSOI_WORKER), "" for none; `believed`: the lease is running
    now, and not longer than any lease lasts.
    """

    holder: str
    until: dt.datetime | None
    believed: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database tells."""

    lease: Lease
    waiting: Sequence[Waiting]

    @property
    def notices(self) -> int:
        """The number of due notices that were not sent."""
        return sum(one.notices for one in self.waiting)

    def oldest(self, now: dt.datetime) -> float:
        """Seconds since the oldest of them was due; 0 when there is none."""
        return max(((now - one.oldest).total_seconds() for one in self.waiting), default=0.0)


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning. `what` is a fixed word, for which `words.told` has a sentence."""

    what: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """The health of the installation."""

    at: dt.datetime
    version: str
    worker: str
    channels: Mapping[str, ChannelStanding]
    #: None when the database does not answer.
    kept: Kept | None
    #: This process sends the notices.
    mine: bool
    #: Otherwise, the seconds for which it has stood by.
    standing_by: float
    #: Free bytes where the data is stored.
    free: int
    #: Identifies the database.
    mark: str = ""
    warnings: Sequence[Warned] = ()

    @property
    def ready(self) -> bool:
        """Whether people are answered: the database is reachable and a channel is open."""
        return self.kept is not None and any(one.condition.state is ChannelState.OPEN for one in self.channels.values())


@dataclass(frozen=True, slots=True)
class Looking:
    """Examines the health. `on_duty` and `standing_by` are those of bot.delivery.duty; `alone`: no other process can
    share the database.
    """

    store: Store
    channels: Mapping[str, ChannelStanding]
    on_duty: Callable[[], bool]
    standing_by: Callable[[], float]
    worker: str
    data: Path
    clock: Callable[[], dt.datetime]
    alone: bool
    mark: str = ""

    async def look(self) -> Health:
        """The health now; this answers whatever is wrong."""
        now = self.clock()
        kept = await read(self.store, now)
        health = Health(
            now,
            version("tusoi"),
            self.worker,
            dict(self.channels),
            kept,
            self.on_duty(),
            self.standing_by(),
            free_at(self.data),
            self.mark,
        )
        return replace(health, warnings=self._warnings(health))

    def _warnings(self, health: Health) -> list[Warned]:
        """The warnings, the most serious first."""
        found = list(warnings_of(health.kept, health.free, health.at))
        for channel, standing in health.channels.items():
            since, condition = (health.at - standing.since).total_seconds(), standing.condition
            if condition.state is not ChannelState.OPEN and (
                condition.state is ChannelState.REFUSED or since > SETTLES
            ):
                found.append(Warned("channel", {"channel": channel, "reason": condition.reason, "seconds": int(since)}))
        if health.standing_by > SETTLES and health.kept and not self._another_sends(health.kept.lease):
            found.append(
                Warned("standing_by", {"seconds": int(health.standing_by), "holder": health.kept.lease.holder})
            )
        return found

    def _another_sends(self, lease: Lease) -> bool:
        """Whether another process of the installation has the duty, as is normal when several share a database."""
        return not self.alone and lease.believed and lease.holder != self.worker


async def read(store: Store, now: dt.datetime) -> Kept | None:
    """What the database tells; None when it does not answer in time."""
    try:
        async with asyncio.timeout(PATIENCE), store.reading() as tx:
            return Kept(_lease(await tx.leases.seen(NAME), now), await tx.deliveries.waiting(now))
    except (TimeoutError, OSError, SQLAlchemyError, TusoiError):
        return None


def _lease(seen: Seen | None, now: dt.datetime) -> Lease:
    if seen is None:
        return Lease("", None, believed=False)
    believed = now < seen.until <= now + dt.timedelta(seconds=2 * LASTS)
    return Lease(seen.holder.partition(":")[0], seen.until, believed)


def warnings_of(kept: Kept | None, free: int, now: dt.datetime) -> Sequence[Warned]:
    """The warnings about the database and the disk."""
    if kept is None:
        return [Warned("database")]
    found = []
    if not kept.lease.believed:
        found.append(Warned("nobody_sends"))
    if kept.oldest(now) > OLD_QUEUE.total_seconds():
        found.append(Warned("notices", {"notices": kept.notices, "seconds": int(kept.oldest(now))}))
    if free < LITTLE_SPACE:
        found.append(Warned("disk", {"free": free}))
    return found


def free_at(folder: Path) -> int:
    """The free bytes in this folder, which need not exist yet."""
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
    return shutil.disk_usage(there).free
