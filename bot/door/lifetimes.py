"""Lifetimes of page sessions. Whoever holds the cookie is let in, so sessions end on the server and not only in the
browser.
"""

import datetime as dt
from dataclasses import dataclass

from storage.store import Store
from storage.values import Tie

#: The channels whose accounts are sessions. Accounts of other channels belong to people and are protected by those
#: services.
SESSIONS = ("web",)

#: Minimum interval between recorded uses, so that a step usually costs no further row.
KEPT_EVERY = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """`idle`: time since the last use; `whole`: time since the beginning, however much it is used; `channels`: whose
    sessions.
    """

    idle: dt.timedelta = dt.timedelta(days=45)
    whole: dt.timedelta = dt.timedelta(days=365)
    channels: tuple[str, ...] = SESSIONS

    def over(self, channel: str, tie: Tie, now: dt.datetime) -> bool:
        """Whether the session has expired. For one begun before uses were recorded only the whole age counts."""
        if channel not in self.channels:
            return False
        return now - tie.tied_at > self.whole or (tie.seen_at is not None and now - tie.seen_at > self.idle)

    async def end_all(self, store: Store, now: dt.datetime) -> None:
        """End expired sessions, so that the desk sees who can no longer come in."""
        async with store.reading() as tx:
            over = await tx.accounts.over(self.channels, now - self.idle, now - self.whole)
        if not over:
            return
        async with store.transaction() as tx:
            for channel, account, person in over:
                await tx.accounts.untie(channel, account, now)
                await tx.audit.record("system", "session ended", now, person_id=person, detail={"channel": channel})
            await tx.commit()


def to_keep(tie: Tie, now: dt.datetime) -> bool:
    """Whether this use is to be recorded."""
    return tie.seen_at is None or now - tie.seen_at > KEPT_EVERY
