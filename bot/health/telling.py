"""Tells the desk of a lasting trouble: once when it has lasted for some time, with advice, and once when it is over.

Keys of deliveries ensure that it is told once, even after a restart or by another process.
"""

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog

from bot.delivery.notices import Notice, notify_many
from bot.delivery.seam import Jobs
from bot.delivery.working_hours import is_quiet, is_working_hour
from bot.door.conditions import ChannelState
from bot.health.looking import Health, Looking
from dialogs.core.turn import Reply
from rules.nouns.reviews import Json
from storage.store import Store
from storage.transaction import Transaction

#: How long a channel must be unavailable, and how long a notice must wait, before it is told.
DOWN = dt.timedelta(minutes=15)
WAITS = dt.timedelta(minutes=30)

#: Waiting times up to this are normal, so that the trouble is over.
AS_USUAL = dt.timedelta(minutes=5)

#: Seconds between two checks.
EVERY = 60.0

#: The channels whose trouble is told; about the web chat nobody could read it there.
CHANNEL = "telegram"

#: Trouble → template for its beginning and its end.
_BEGAN = {"channel": "notice/channel_gone", "notices": "notice/not_going_out", "duty": "notice/not_going_out"}
_OVER = {
    "channel": Reply("notice/channel_back"),
    "notices": Reply("notice/going_out_again"),
    "duty": Reply("notice/going_out_again"),
}

#: Trouble → its values, or None when it is over. Troubles not listed are undecided.
Found = dict[str, Mapping[str, Json] | None]

_log = structlog.get_logger()


@dataclass(slots=True)
class Telling:
    """Tells troubles. `calm`: (office, trouble) pairs known not to have been told; this only saves work."""

    store: Store
    looking: Looking
    jobs: Jobs
    clock: Callable[[], dt.datetime]
    calm: set[tuple[int, str]] = field(default_factory=set)

    async def watch(self) -> None:
        """Check every minute, until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.tell()
            except Exception as error:  # noqa: BLE001 - whatever it was: a minute later it is tried anew
                _log.warning("desk not told how the house is", error=type(error).__name__)

    async def tell(self) -> int:
        """Tell each desk what is new; returns the number of messages. Does nothing outside working hours."""
        now = self.clock()
        if not is_working_hour(now):
            return 0
        health = await self.looking.look()
        if health.kept is None:
            return 0
        common = _of_all(health)
        waiting = {one.office: one.oldest for one in health.kept.waiting} if health.mine else {}
        async with self.store.reading() as tx:
            offices = await tx.units.offices()
        told = 0
        for name, office in offices.items():
            found = dict(common)
            if health.mine:
                found |= _of_office(waiting.get(office), now, known=any(common.values()))
            found = {what: values for what, values in found.items() if values or (office, what) not in self.calm}
            if found:
                told += await self._tell(office, name, found)
        return told

    async def _tell(self, office: int, name: str, found: Found) -> int:
        now = self.clock()
        async with self.store.transaction() as tx:
            if is_quiet(now, await tx.units.settings(office)):
                return 0
            desk = await tx.units.desk_of(name)
            notices = [
                notice
                for person in desk
                for what, values in found.items()
                if (notice := await self._notice(tx, person, what, values))
            ]
            new = await notify_many(tx, notices, now, self.jobs)
            await tx.commit()
        for what, values in found.items():
            (self.calm.discard if values else self.calm.add)((office, what))
        return len(new)

    async def _notice(
        self, tx: Transaction, person: int, what: str, values: Mapping[str, Json] | None
    ) -> Notice | None:
        """What to tell this person now: the beginning, if the last message told the end, or the other way round."""
        begin = f"house:{what}:{person}:"
        last = (await tx.deliveries.newest_key(person, begin)).removeprefix(begin)
        number, _, word = last.partition(":")
        began = word == "began"
        if began == bool(values):
            return None
        if values is None:
            return Notice(person, f"{begin}{number}:over", _OVER[what])
        return Notice(person, f"{begin}{int(number or 0) + 1}:began", Reply(_BEGAN[what], values))


def _of_all(health: Health) -> Found:
    """The troubles of all offices: the channel, and an unexpected process that sends."""
    if not health.mine:
        lost = [one for one in health.warnings if one.what == "standing_by"]
        since = health.at - dt.timedelta(seconds=health.standing_by)
        return {"duty": {"since": since.isoformat()}} if lost else {}
    found: Found = {"duty": None}
    standing = health.channels.get(CHANNEL)
    if standing is None:
        return found
    state = standing.condition.state
    if state is ChannelState.OPEN:
        return found | {"channel": None}
    if health.at - standing.since < DOWN:
        return found
    web = health.channels.get("web")
    way = web.condition.way if web and web.condition.state is ChannelState.OPEN else None
    refused = state is ChannelState.REFUSED
    values: dict[str, Json] = {
        "since": standing.since.isoformat(),
        "refused": refused,
        "web": way.where if way else "",
    }
    return found | {"channel": values}


def _of_office(oldest: dt.datetime | None, now: dt.datetime, *, known: bool) -> Found:
    """The troubles of one office's notices. `known`: their cause is told already."""
    waits = now - oldest if oldest else dt.timedelta()
    if waits < AS_USUAL:
        return {"notices": None}
    if oldest is None or waits < WAITS or known:
        return {}
    return {"notices": {"since": oldest.isoformat()}}
