"""Delivers one notice or reminder, on every channel the person uses. The row says what became of it."""

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

#: After so many attempts a delivery has failed; the desk sees it in the report.
ATTEMPTS = 8

#: Whom a nudge alone tells is nudged so often at most: what it is about stands on their page in any case.
NUDGES = 3

#: For how long a notice waits for a channel that cannot be reached at all, and seconds between attempts at most.
KEPT_WAITING = dt.timedelta(days=3)
LONGEST_WAIT = 900.0

#: What is `sending` or due for longer than this was left by a process that died.
STUCK_AFTER = dt.timedelta(minutes=2)

#: Seconds after which it is tried again to mark what was sent.
MARKED_AGAIN = 1.0

#: So many are read at a time, and sent at once: there is always somebody at the sender's gate.
TOGETHER, AT_ONCE = 500, 8

#: A queue older than this is worth an alarm.
OLD_QUEUE = dt.timedelta(minutes=15)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of sending to one account of a channel: message ids, or why not."""

    channel: str
    account: str
    ids: Sequence[Json] = ()
    error: SendError | None = None


@dataclass(frozen=True, slots=True)
class Deliverer:
    """`channels`: those that call people, by name; in the others people come and look at what is kept.

    `nudges`: of channels where people come and look, how they are told that there is something.
    `on_duty`: whether this process is the one that sends (bot/delivery/duty.py).
    """

    store: Store
    channels: Mapping[str, SendNotice]
    clock: Callable[[], dt.datetime]
    on_duty: Callable[[], bool] = lambda: True
    nudges: Mapping[str, Nudge] = field(default_factory=dict)
    _under_way: set[int] = field(default_factory=set)  # here: nobody is to take them for left by a dead process

    async def deliver(self, delivery_id: int, jobs: Jobs) -> None:
        """Send it, unless it was sent, taken or is not yet due; then mark what became of it.

        A process that is not on duty (any more) gives it back.
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
        """Each as `deliver` does, one after the other; what is sent already is not looked at.

        One that fails unexpectedly does not hold up the others: the sweep takes it up again. What is left when
        this process goes off duty is handed over anew.
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
        """Everything that is to be sent now, some at once, as long as this process is on duty."""
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
        """What the process that was on duty before was sending waits to be sent: at most the messages that were on their way
        come twice. Called when this one has the duty.
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
        """Give back what this process will not come to; a moment makes the number under which it was never run."""
        async with self.store.transaction() as tx:
            await jobs.enqueue_many(tx.connection, deliveries, int(self.clock().timestamp()))
            await tx.commit()

    async def _held_back(self, tx: Transaction, row: Delivery, jobs: Jobs) -> bool:
        """Whether it is not to be sent now: given up after too many attempts, or a reminder at rest time.

        A reminder waits for the next hour of its day in which its office may be reminded. Tomorrow it would be wrong, and another comes.
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
        """Have their browsers say that there is something. Where somebody is called besides it happens once and counts nothing;
        `alone`: where nobody is, it is what reaches them, and is tried again a few times.
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
        """Keep what became of it, also where the database cannot be used just now: otherwise it would be sent once more."""
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
        """What became of it. One account reached is enough: nobody is told twice for the sake of another."""
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
        """Nobody can be reached there now: it waits, the longer the older it is, and no attempt is counted."""
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
    """The number under which a stuck delivery is handed over.

    Its own as long as its job may still wait in a long queue. A job that came to nothing is never run again
    under the same number, so that it gets another from time to time.
    """
    return row.attempts + 100 * int((now - row.next_at) / OLD_QUEUE)
