"""How the house is at a moment: channels, lease, notices that wait, disk, database; and what is worth a warning."""

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

#: A database that has not answered within so many seconds is not reachable.
PATIENCE = 3.0

#: A trouble that is over within this time is none, and so long a process may stand by without a word (seconds).
SETTLES = 60.0

#: Less free than this (bytes) is worth a warning.
LITTLE_SPACE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Lease:
    """Who sends the notices. `holder`: the name of a process (TUSOI_WORKER), "" when nobody does. `believed`: it runs now,
    and not longer than any lease lasts.
    """

    holder: str
    until: dt.datetime | None
    believed: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database says."""

    lease: Lease
    waiting: Sequence[Waiting]

    @property
    def notices(self) -> int:
        """How many are due and did not go out."""
        return sum(one.notices for one in self.waiting)

    def oldest(self, now: dt.datetime) -> float:
        """Seconds since the oldest of them was due; 0 when there is none."""
        return max(((now - one.oldest).total_seconds() for one in self.waiting), default=0.0)


@dataclass(frozen=True, slots=True)
class Warned:
    """What somebody should look at. `what` is a fixed word; `words.told` says it as a sentence."""

    what: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """How the house is. `kept` None: the database does not answer. `mine`: this process sends the notices; if not, it has stood
    by for `standing_by` seconds. `free`: bytes where the data stands. `mark`: tells one database from another.
    """

    at: dt.datetime
    version: str
    worker: str
    channels: Mapping[str, ChannelStanding]
    kept: Kept | None
    mine: bool
    standing_by: float
    free: int
    mark: str = ""
    warnings: Sequence[Warned] = ()

    @property
    def ready(self) -> bool:
        """Whether people are answered: the database is there and a channel is open."""
        return self.kept is not None and any(one.condition.state is ChannelState.OPEN for one in self.channels.values())


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks. `on_duty` and `standing_by` are of bot.delivery.duty; `alone`: no other process can share the database."""

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
        """How the house is now; whatever is the matter, this answers."""
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
        """What is worth a word, the gravest first."""
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
        """Whether another process of the installation has the duty, as it should be where several share a database."""
        return not self.alone and lease.believed and lease.holder != self.worker


async def read(store: Store, now: dt.datetime) -> Kept | None:
    """What the database says; None when it does not answer in time."""
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
    """What is worth a word of what the database and the disk say."""
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
    """Free bytes where this folder is, or will be."""
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists())
    return shutil.disk_usage(there).free
