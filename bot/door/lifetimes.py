"""How long a session of a page lasts: whoever holds its cookie is let in, so it ends by itself, here and not in the browser."""

import datetime as dt
from dataclasses import dataclass

from storage.store import Store
from storage.values import Tie

#: Channels whose accounts are sessions. Those of others belong to people, and their own house watches over them.
SESSIONS = ("web",)

#: A use is kept so often at most: nobody's step is to cost a row more.
KEPT_EVERY = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """`idle`: since it was last used; `whole`: since it began, however much it is used; `channels`: whose sessions."""

    idle: dt.timedelta = dt.timedelta(days=45)
    whole: dt.timedelta = dt.timedelta(days=365)
    channels: tuple[str, ...] = SESSIONS

    def over(self, channel: str, tie: Tie, now: dt.datetime) -> bool:
        """Whether the session ended by itself. Of one that was begun before uses were kept only the whole counts."""
        if channel not in self.channels:
            return False
        return now - tie.tied_at > self.whole or (tie.seen_at is not None and now - tie.seen_at > self.idle)

    async def end_all(self, store: Store, now: dt.datetime) -> None:
        """Who can come in no more by any session is shown so to the desk."""
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
    """Whether this use is to be kept."""
    return tie.seen_at is None or now - tie.seen_at > KEPT_EVERY
