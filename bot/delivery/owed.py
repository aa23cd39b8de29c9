"""Owed replies: replies that are stored but not sent yet. None is lost if the process that was to send them dies.

A row is stored with the turn and deleted once the replies are sent, together with others sent meanwhile. It names the
sending process, which renews its claim regularly. When it stops doing so, the process on duty sends the replies; an
update that a channel delivers again is answered by whichever process receives it.
"""

import asyncio
import datetime as dt
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, cast

import structlog

from bot.door.channel import Blocked, Incoming, Later, SendError
from bot.door.kept import reply_from_json
from bot.door.shape import SendNotice
from bot.door.words import word
from storage.errors import StorageError
from storage.repositories.talk.owed import OwedReplies
from storage.store import Store
from storage.transaction import Transaction

#: Seconds between attempts to reach an unavailable database.
ASKED_AGAIN = 1.0

#: Seconds between renewals of a claim, and after which an unrenewed one is taken over.
RENEWED = 5.0
LEFT_AFTER = 20.0

#: Seconds for which a renewed claim is certain; later it must be checked before sending.
SURE_FOR = LEFT_AFTER - RENEWED

#: Maximum number of rows deleted together with a turn.
ALONG = 50

_log = structlog.get_logger()

#: An update: channel, account, update id.
Update = tuple[str, str, str]


@dataclass(slots=True)
class RepliesAtHand:
    """The owed replies of this process: those about to be sent (`mine`), and those sent but not deleted yet."""

    by: str = field(default_factory=lambda: uuid.uuid4().hex)
    passing: Callable[[], float] = time.monotonic
    mine: dict[Update, float] = field(default_factory=dict)  # → when that was so for sure, as time passes here
    _out: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))  # channel → update ids
    _striking: asyncio.Task[None] | None = None

    async def owe(self, tx: Transaction, incoming: Incoming, now: dt.datetime) -> None:
        """Store that the replies to this update are owed, in the transaction of its turn; nothing is owed for the
        further updates in it.
        """
        if incoming.pieces:
            await tx.owed.strike(incoming.channel, incoming.pieces)
        await tx.owed.owe(incoming.channel, incoming.account, incoming.update_id, self.by, now)

    async def claim(self, tx: Transaction, incoming: Incoming, now: dt.datetime) -> bool:
        """Whether this process is to send the replies to a repeated update."""
        return await tx.owed.claim(incoming.channel, incoming.account, incoming.update_id, self.by, now)

    async def strike_along(self, tx: Transaction) -> Mapping[str, Sequence[str]]:
        """Delete rows of sent replies along with this transaction; pass them to `struck` after the commit."""
        along = {channel: list(updates)[:ALONG] for channel, updates in self._out.items() if updates}
        for channel, updates in along.items():
            await tx.owed.strike(channel, updates)
        return along

    def struck(self, along: Mapping[str, Sequence[str]]) -> None:
        """These rows are deleted."""
        for channel, updates in along.items():
            for update in updates:
                self._out[channel].pop(update, None)

    def is_mine(self, update: Update) -> None:
        """Its replies are about to be sent by this process."""
        self.mine[update] = self.passing()

    async def still_mine(self, store: Store, update: Update, now: Callable[[], dt.datetime]) -> bool:
        """Whether this process may still send the replies. If it stalled or was cut off, another may have taken over
        and sent them. Waits for an unavailable database.
        """
        channel, _, update_id = update
        while self.passing() - self.mine.get(update, self.passing()) > SURE_FOR:
            asked = self.passing()
            try:
                async with store.transaction() as tx:
                    held = await tx.owed.renew(channel, [update_id], self.by, now())
                    await tx.commit()
            except StorageError:
                await asyncio.sleep(ASKED_AGAIN)
            else:
                if not held:
                    self.mine.pop(update, None)
                    return False
                self.mine[update] = asked
        return True

    def holds(self, update: Update) -> bool:
        """Whether this process is about to send the replies, or has sent them without deleting the row yet."""
        return update in self.mine or update[2] in self._out[update[0]]

    def out(self, store: Store, channel: str, account: str, updates: Sequence[str]) -> None:
        """The replies to these updates of an account are sent."""
        for update in updates:
            self.mine.pop((channel, account, update), None)
            self._out[channel][update] = None
        if self._striking is None or self._striking.done():
            self._striking = asyncio.create_task(self._strike(store))

    async def close(self, store: Store) -> None:
        """Delete the rows of everything sent."""
        if self._striking:
            self._striking.cancel()
            await asyncio.gather(self._striking, return_exceptions=True)
        await self._strike_now(store)

    async def _strike(self, store: Store) -> None:
        """Delete rows at once: replies still recorded as owed when the process is killed would be sent twice."""
        while any(self._out.values()):
            try:
                await self._strike_now(store)
            except StorageError as error:
                _log.info("what was sent is not struck out yet", error=type(error).__name__)
                await asyncio.sleep(ASKED_AGAIN)

    async def _strike_now(self, store: Store) -> None:
        while any(self._out.values()):
            async with store.transaction() as tx:
                along = await self.strike_along(tx)
                await tx.commit()
            self.struck(along)


class Arrears:
    """Sends replies that other processes left, and renews the claims of this one."""

    def __init__(
        self,
        store: Store,
        owed: RepliesAtHand,
        channels: Mapping[str, SendNotice],
        clock: Callable[[], dt.datetime],
        passing: Callable[[], float] = time.monotonic,
        *,
        alone: bool = False,
    ) -> None:
        """`passing`: a monotonic clock in seconds. `alone`: no other process uses this database."""
        self._patience = 0.0 if alone else LEFT_AFTER
        self._store = store
        self._owed = owed
        self._channels = channels
        self._clock = clock
        self._passing = passing
        self._seen: dict[Update, tuple[str, dt.datetime, float]] = {}  # by whom, when they said so, since when we know

    async def renew(self) -> None:
        """Renew the claims; called by every process."""
        mine = defaultdict(list)
        for channel, _, update in self._owed.mine:
            mine[channel].append(update)
        if not mine:
            return
        asked = self._owed.passing()
        async with self._store.transaction() as tx:
            held = {
                (channel, update)
                for channel, updates in mine.items()
                for update in await tx.owed.renew(channel, updates, self._owed.by, self._clock())
            }
            await tx.commit()
        self._owed.mine |= {one: asked for one in self._owed.mine if (one[0], one[2]) in held}

    async def pay(self) -> int:
        """Send abandoned replies, in order for each person; returns how many. Called by the process on duty."""
        async with self._store.reading() as tx:
            owed = await tx.owed.left()
        now, seen = self._passing(), self._seen
        self._seen = {}
        late: list[OwedReplies] = []
        for one in owed:
            update = (one.channel, one.account, one.update_id)
            by, at, since = seen.get(update, ("", one.at, now))
            if (by, at) != (one.by, one.at):
                since = now
            self._seen[update] = (one.by, one.at, since)
            patience = LEFT_AFTER if one.by == self._owed.by else self._patience  # ours may be on its way to `mine`
            if now - since >= patience and not self._owed.holds(update) and one.channel in self._channels:
                late.append(one)
        behind: set[tuple[str, str]] = set()  # whose earlier one did not go out
        paid = 0
        for one in late:
            if (one.channel, one.account) in behind:
                continue
            if await self._pay(one):
                paid += 1
            else:
                behind.add((one.channel, one.account))
        if paid:
            _log.warning("replies that another process left were sent", replies=paid)
        return paid

    async def _pay(self, one: OwedReplies) -> bool:
        """Send one person's replies; returns whether all are done."""
        async with self._store.transaction() as tx:
            tongue = await tx.people.tongue(one.person_id) if one.person_id is not None else "vi"
            if one.by != self._owed.by and not await tx.owed.claim(
                one.channel, one.account, one.update_id, self._owed.by, self._clock()
            ):
                return True
            await tx.commit()
        update = (one.channel, one.account, one.update_id)
        self._owed.is_mine(update)
        try:
            for kept in one.replies:
                worded = word(reply_from_json(cast("Mapping[str, Any]", kept)), tongue, kept=True)
                await self._channels[one.channel](one.account, worded, one.person_id or 0)
        except Later:
            self._owed.mine.pop(update, None)
            return False
        except Blocked:
            pass
        except SendError as error:
            _log.error("a reply that was left is refused", error=type(error).__name__)
        except BaseException:
            self._owed.mine.pop(update, None)
            raise
        self._owed.out(self._store, one.channel, one.account, [one.update_id])
        return True


async def keep_renewing(arrears: Arrears, on_duty: Callable[[], bool]) -> None:
    """Until cancelled."""
    while True:
        await asyncio.sleep(RENEWED)
        with suppress(StorageError):
            await arrears.renew()
            if on_duty():
                await arrears.pay()
