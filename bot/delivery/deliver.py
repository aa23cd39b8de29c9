"""Delivers a notice or reminder on every channel the person uses, and records the outcome in its row."""

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

import structlog

from bot.clock import ZONE
from bot.delivery.seam import Jobs
from bot.delivery.working_hours import next_working_hour
from bot.door.channel import Blocked, Later, SendError, Unreachable, Worded
from bot.door.kept import reply_from_json
from bot.door.shape import Nudge, SendNotice
from bot.door.words import word
from rules.nouns.office import OfficeSettings
from rules.nouns.reviews import Json
from storage.errors import Busy, LostRace
from storage.errors import Unreachable as NoDatabase
from storage.store import Store
from storage.transaction import Transaction
from storage.values import Delivery, Overdue

#: Number of attempts after which a delivery has failed; the desk sees it in the report.
ATTEMPTS = 8

#: Maximum number of attempts for people reached by a nudge alone: the message is on their page in any case.
NUDGES = 3

#: How long a notice waits for a channel that is unreachable as a whole, and the maximum number of seconds between
#: attempts.
KEPT_WAITING = dt.timedelta(days=3)
LONGEST_WAIT = 900.0

#: A delivery that is `sending` or due for longer than this was left behind by a dead process.
STUCK_AFTER = dt.timedelta(minutes=2)

#: Seconds between attempts to record what was sent.
MARKED_AGAIN = 1.0

#: Number of deliveries read at once, and sent at once, so that the sender never idles.
TOGETHER, AT_ONCE = 500, 8

#: A queue older than this is reported as a problem.
OLD_QUEUE = dt.timedelta(minutes=15)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Attempt:
    """The outcome of sending to one account: message ids, or the reason of failure."""

    channel: str
    account: str
    ids: Sequence[Json] = ()
    error: SendError | None = None


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Sends deliveries.

    - `channels`: the channels that write to people, by name; on the others people come and look.
    - `nudges`: for the latter, how people are told that there is something.
    - `on_duty`: whether this process is the one that sends (bot/delivery/duty.py).
    """

    store: Store
    channels: Mapping[str, SendNotice]
    clock: Callable[[], dt.datetime]
    on_duty: Callable[[], bool] = lambda: True
    nudges: Mapping[str, Nudge] = field(default_factory=dict)
    _under_way: set[int] = field(default_factory=set)  # here: nobody is to take them for left by a dead process

    async def deliver(self, delivery_id: int, jobs: Jobs) -> None:
        """Send the delivery, unless it was sent, is taken or is not due yet, and record the outcome.

        A process that is not on duty returns it to the queue.
        """
        if not self.on_duty():
            return await self._leave([delivery_id], jobs)
        async with self.store.transaction() as tx:
            row = await tx.deliveries.take(delivery_id, self.clock())
            if row is None or await self._held_back(tx, row, jobs):
                await tx.commit()
                return None
            accounts = await tx.accounts.of_person(row.person_id)
            tongue = await tx.people.tongue(row.person_id)
            await tx.commit()
            self._under_way.add(row.id)
        try:
            worded = word(reply_from_json(row.reply), tongue, kept=True)
            tried = [
                await self._try(channel, account, worded, row.person_id, blocked=blocked)
                for channel, account, blocked in accounts
                if channel in self.channels
            ]
            nudged = await self._nudge(row, accounts, alone=all(isinstance(one.error, Blocked) for one in tried))
            await self._mark(row, [*tried, *nudged], jobs)
        finally:
            self._under_way.discard(row.id)
        return None

    async def deliver_many(self, deliveries: Sequence[int], jobs: Jobs) -> None:
        """Deliver several, one after the other; those already sent are skipped.

        An unexpected failure does not hold up the others: the sweep takes it up again. When this process goes off duty,
        the rest is handed over anew.
        """
        async with self.store.reading() as tx:
            due = await tx.deliveries.due(deliveries, self.clock())
        for place, delivery_id in enumerate(due):
            if not self.on_duty():
                return await self._leave(due[place:], jobs)
            try:
                await self.deliver(delivery_id, jobs)
            except Exception:  # noqa: BLE001 - whatever it was, the others are not to wait for it
                _log.exception("delivery failed", delivery=delivery_id)
        return None

    async def deliver_due(self, jobs: Jobs) -> None:
        """Send everything that is due, several at once, as long as this process is on duty."""
        room = asyncio.Semaphore(AT_ONCE)

        async def one(delivery: int) -> None:
            async with room:
                try:
                    if self.on_duty():
                        await self.deliver(delivery, jobs)
                except Exception:  # noqa: BLE001 - as above
                    _log.exception("delivery failed", delivery=delivery)

        last = 0  # what is due still though it was tried waits for the next time
        while self.on_duty():
            async with self.store.reading() as tx:
                due = await tx.deliveries.due_now(self.clock(), last, TOGETHER)
            if not due:
                return
            await asyncio.gather(*(one(id_) for id_ in due))
            last = due[-1]

    async def take_over(self) -> None:
        """Return to the queue what the previous process on duty was sending; at most the messages under way are sent
        twice. Called when this process takes the duty.
        """
        async with self.store.transaction() as tx:
            left = await tx.deliveries.take_back(self._under_way)
            await tx.commit()
        if left:
            _log.warning("notices that another process was sending are sent", notices=left)

    async def sweep(self, jobs: Jobs) -> None:
        """Hand over again what a dead process left behind."""
        now = self.clock()
        async with self.store.transaction() as tx:
            stuck = await tx.deliveries.stuck(now - STUCK_AFTER, self._under_way)
            for attempt, some in groupby(stuck, partial(_attempt, now=now)):
                await jobs.enqueue_many(tx.connection, [row.id for row in some], attempt)
            await tx.commit()
        if stuck and now - stuck[0].created_at > OLD_QUEUE:
            first = stuck[0]
            _log.warning("the queue of notices is old", delivery=first.id, since=first.created_at.isoformat())

    async def _leave(self, deliveries: Sequence[int], jobs: Jobs) -> None:
        """Return a delivery that this process will not send. The time becomes part of its attempt number, which must be
        new.
        """
        async with self.store.transaction() as tx:
            await jobs.enqueue_many(tx.connection, deliveries, int(self.clock().timestamp()))
            await tx.commit()

    async def _held_back(self, tx: Transaction, row: Delivery, jobs: Jobs) -> bool:
        """Whether it must not be sent now: too many attempts, or a reminder during rest hours.

        A reminder waits for the next hour of the same day in which its office may be reminded. Tomorrow it would be
        wrong, and a new one is written.
        """
        if row.attempts > ATTEMPTS:
            await tx.deliveries.failed(row.id, "given_up")
            return True
        now = self.clock()
        if row.kind != "reminder":
            return False
        today = row.created_at.astimezone(ZONE).date() == now.date()
        when = next_working_hour(now, await self._settings(tx, row)) if today else None
        if when is None:
            await tx.deliveries.failed(row.id, "too_late")
        elif when > now:
            await self._again(tx, row, jobs, (when - now).total_seconds(), "rest_time")
        return when != now

    async def _settings(self, tx: Transaction, row: Delivery) -> OfficeSettings:
        return await tx.units.settings(await tx.units.office_of(row.person_id))

    async def _try(self, channel: str, account: str, worded: Worded, person: int, *, blocked: bool) -> Attempt:
        if blocked:
            return Attempt(channel, account, error=Blocked())
        try:
            numbers = await self.channels[channel](account, worded, person)
        except SendError as error:
            return Attempt(channel, account, error=error)
        return Attempt(channel, account, [f"{channel}:{number}" for number in numbers])

    async def _nudge(
        self, row: Delivery, accounts: Sequence[tuple[str, str, bool]], *, alone: bool
    ) -> Sequence[Attempt]:
        """Nudge the person's browsers. If another channel writes to them, this is done once and does not count.
        `alone`: no other channel does, so it is what reaches them and is retried a few times.
        """
        if row.attempts > (NUDGES if alone else 1):
            return ()
        reached, waits = False, list[Attempt]()
        for channel, account, _ in accounts:
            if channel not in self.nudges:
                continue
            try:
                reached = await self.nudges[channel](account, row.person_id) or reached
            except Later as error:
                waits.append(Attempt(channel, account, error=error))
            except Exception as error:  # noqa: BLE001 - whatever it was: nothing else is to suffer from it
                _log.warning("a browser was not called", delivery=row.id, error=type(error).__name__)
        if not alone:
            return ()
        if reached:
            return (Attempt("", ""),)
        return waits if row.attempts < NUDGES else ()

    async def _mark(self, row: Delivery, tried: Sequence[Attempt], jobs: Jobs) -> None:
        """Record the outcome, waiting for an unavailable database if necessary, because otherwise the message would be
        sent again.
        """
        while True:
            try:
                async with self.store.transaction() as tx:
                    await self._settle(tx, row, tried, jobs)
                    await tx.commit()
            except (NoDatabase, Busy, LostRace) as error:
                _log.info("what was sent is not marked yet", delivery=row.id, error=type(error).__name__)
                await asyncio.sleep(MARKED_AGAIN)
            else:
                return

    async def _settle(self, tx: Transaction, row: Delivery, tried: Sequence[Attempt], jobs: Jobs) -> None:
        """The outcome for the person. One account reached is enough: nobody is told twice because another account
        failed.
        """
        errors = [one.error for one in tried if one.error]
        for one in tried:
            if isinstance(one.error, Blocked):
                await tx.accounts.mark_blocked(one.channel, one.account, self.clock())
        if len(errors) < len(tried) or not tried:
            await tx.deliveries.done(row.id, [number for one in tried for number in one.ids], self.clock())
        elif not await tx.deliveries.is_taken(row.id, row.attempts):
            _log.info("a notice that did not go out is another process's by now", delivery=row.id)
        elif away := [error for error in errors if isinstance(error, Unreachable)]:
            await self._once_reachable(tx, row, jobs, min(error.seconds for error in away))
        elif waits := [error.seconds for error in errors if isinstance(error, Later)]:
            await self._again(tx, row, jobs, min(waits), "later")
        elif all(isinstance(error, Blocked) for error in errors):
            _log.info("notice not delivered, the bot is blocked", delivery=row.id, accounts=len(tried))
            await tx.deliveries.blocked(row.id)
        else:
            _log.warning("notice refused", delivery=row.id)
            await tx.deliveries.failed(row.id, "rejected")

    async def _once_reachable(self, tx: Transaction, row: Delivery, jobs: Jobs, seconds: float) -> None:
        """The channel is unreachable: wait, the longer the older the notice is, without counting an attempt."""
        now = self.clock()
        age = now - row.created_at
        if age > KEPT_WAITING:
            await tx.deliveries.failed(row.id, "unreachable")
            return
        wait = max(seconds, min(age.total_seconds() / 4, LONGEST_WAIT))
        await tx.deliveries.later(row.id, now + dt.timedelta(seconds=wait), "unreachable", counted=False)
        await jobs.enqueue(tx.connection, row.id, int(now.timestamp()), delay=wait + 1)

    async def _again(self, tx: Transaction, row: Delivery, jobs: Jobs, seconds: float, error: str) -> None:
        if row.attempts >= ATTEMPTS:
            await tx.deliveries.failed(row.id, error)
            return
        await tx.deliveries.later(row.id, self.clock() + dt.timedelta(seconds=seconds), error)
        await jobs.enqueue(tx.connection, row.id, row.attempts, delay=seconds + 1)


def _attempt(row: Overdue, now: dt.datetime) -> int:
    """The attempt number under which a stuck delivery is handed over.

    It stays the same as long as its job may still be waiting in a long queue. A finished job never runs again under the
    same number, so the number changes from time to time.
    """
    return row.attempts + 100 * int((now - row.next_at) / OLD_QUEUE)
