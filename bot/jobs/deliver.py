"""Delivers one notice or reminder, on every channel the person uses. The row says what became of it."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.channel import Blocked, Later, SendError, Worded
from bot.jobs.seam import Jobs
from bot.kept import reply_from_json
from bot.words import word
from rules.reviews import Json
from storage.store import Store
from storage.values import Delivery

#: After so many attempts a delivery has failed; the desk sees it in the report.
ATTEMPTS = 8

#: What is `sending` or due for longer than this was left by a process that died.
STUCK_AFTER = dt.timedelta(minutes=2)

#: A queue older than this is worth an alarm.
OLD_QUEUE = dt.timedelta(minutes=15)

_log = structlog.get_logger()

#: Sends one notice to an account of its channel: (account, worded, person) → message ids.
SendNotice = Callable[[str, Worded, int], Awaitable[Sequence[int]]]


@dataclass(frozen=True, slots=True)
class Deliverer:
    """`channels`: the channels that push, by name. The web shows what is kept; nothing is pushed there."""

    store: Store
    channels: Mapping[str, SendNotice]
    clock: Callable[[], dt.datetime]

    async def deliver(self, delivery_id: int, jobs: Jobs) -> None:
        """Send it, unless it was sent, taken or is not yet due; then mark what became of it."""
        async with self.store.unit() as unit:
            row = await unit.deliveries.take(delivery_id, self.clock())
            if row is None:
                return
            accounts = await unit.accounts.of_person(row.person_id)
            language = await unit.people.language(row.person_id)
            await unit.commit()
        worded = word(reply_from_json(row.reply), language)
        to = [(channel, account) for channel, account, blocked in accounts if channel in self.channels and not blocked]
        try:
            ids = await self._send(to, worded, row.person_id)
        except Later as later:
            await self._again(row, jobs, later.seconds, "later")
        except Blocked:
            await self._blocked(row, to)
        except SendError as error:
            _log.warning("notice refused", delivery=row.id, error=type(error).__name__)
            await self._failed(row, "rejected")
        else:
            await self._done(row, ids)

    async def sweep(self, jobs: Jobs) -> None:
        """Hand over again what a dead process left behind."""
        now = self.clock()
        async with self.store.unit() as unit:
            for delivery_id in await unit.deliveries.stuck(now - STUCK_AFTER):
                row = await unit.deliveries.get(delivery_id)
                assert row is not None
                await jobs.enqueue(unit.session, row.id, row.attempts)
                if now - row.created_at > OLD_QUEUE:
                    _log.warning("the queue of notices is old", delivery=row.id, since=row.created_at.isoformat())
            await unit.commit()

    async def _send(self, to: Sequence[tuple[str, str]], worded: Worded, person: int) -> list[Json]:
        """On each channel. Blocked only when every channel is."""
        ids: list[Json] = []
        blocked = 0
        for channel, account in to:
            try:
                ids += [f"{channel}:{number}" for number in await self.channels[channel](account, worded, person)]
            except Blocked:
                blocked += 1
                await self._mark_blocked(channel, account)
        if to and blocked == len(to):
            raise Blocked
        return ids

    async def _mark_blocked(self, channel: str, account: str) -> None:
        async with self.store.unit() as unit:
            await unit.accounts.mark_blocked(channel, account, self.clock())
            await unit.commit()

    async def _again(self, row: Delivery, jobs: Jobs, seconds: float, error: str) -> None:
        if row.attempts >= ATTEMPTS:
            await self._failed(row, error)
            return
        async with self.store.unit() as unit:
            await unit.deliveries.later(row.id, self.clock() + dt.timedelta(seconds=seconds), error)
            await jobs.enqueue(unit.session, row.id, row.attempts, delay=seconds + 1)
            await unit.commit()

    async def _blocked(self, row: Delivery, to: Sequence[tuple[str, str]]) -> None:
        _log.info("notice not delivered, the bot is blocked", delivery=row.id, channels=len(to))
        async with self.store.unit() as unit:
            await unit.deliveries.blocked(row.id)
            await unit.commit()

    async def _failed(self, row: Delivery, error: str) -> None:
        async with self.store.unit() as unit:
            await unit.deliveries.failed(row.id, error)
            await unit.commit()

    async def _done(self, row: Delivery, ids: list[Json]) -> None:
        async with self.store.unit() as unit:
            await unit.deliveries.done(row.id, ids, self.clock())
            await unit.commit()
