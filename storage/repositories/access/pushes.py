"""Push messages: the addresses of browsers to be called while their page is closed, and the key pair that identifies
this installation to push services.
"""

import datetime as dt
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa

from storage.queries import Nothing, Prepared, columns
from storage.repositories.base import Repository
from storage.rows.bulk import INSERT
from storage.tables import ACCOUNT, PUSH_ADDRESS, PUSH_KEY, TURN

#: The id of the only row of the key table.
_ONE = 1


class PushAddress(NamedTuple):
    """The push address of a browser, as in its `PushSubscription`; keys in base64url."""

    endpoint: str
    p256dh: str
    auth: str


class PushKey(NamedTuple):
    """A key pair in base64url: `public` as browsers are given it, `secret` the number it was made from."""

    public: str
    secret: str


class KeptPushKey(NamedTuple):
    """A key pair as stored."""

    public: str
    locked: str
    locked_by: str


_THIS = sa.and_(
    ACCOUNT.c.channel == sa.bindparam("channel_"),
    ACCOUNT.c.external_id == sa.bindparam("account_"),
    ACCOUNT.c.untied_at.is_(None),
)
_ADDRESS = columns(PushAddress, PUSH_ADDRESS)
_OF = Prepared(
    _ADDRESS,
    sa.select(*_ADDRESS)
    .join(ACCOUNT, ACCOUNT.c.id == PUSH_ADDRESS.c.account_id)
    .where(_THIS, ACCOUNT.c.person_id == sa.bindparam("person")),
)
_ID = Prepared(int, sa.select(ACCOUNT.c.id).where(_THIS))
_FORGET = Prepared(
    Nothing, PUSH_ADDRESS.delete().where(PUSH_ADDRESS.c.account_id.in_(sa.select(ACCOUNT.c.id).where(_THIS)))
)
_NEWEST = Prepared(
    int,
    sa.select(sa.func.coalesce(sa.func.max(TURN.c.id), 0)).where(
        TURN.c.person_id == sa.bindparam("person"), TURN.c.channel == sa.bindparam("channel_")
    ),
)
_KEPT = columns(KeptPushKey, PUSH_KEY)
_KEY = Prepared(_KEPT, sa.select(*_KEPT).where(PUSH_KEY.c.id == _ONE))


class Pushes(Repository):
    """The push addresses. An address belongs to a session and is removed with it (`Accounts.untie`)."""

    async def keep(self, channel: str, account: str, address: PushAddress, at: dt.datetime) -> bool:
        """Store the push address of this session's browser; False when the session belongs to nobody."""
        id_ = await self._row(_ID, channel_=channel, account_=account)
        if id_ is None:
            return False
        kept = {**address._asdict(), "at": at}
        await self._rows(_keep(self._connection.dialect.name), account_id=id_, **kept)
        return True

    async def forget(self, channel: str, account: str) -> None:
        """Remove the push address of this session's browser."""
        await self._rows(_FORGET, channel_=channel, account_=account)

    async def of(self, channel: str, account: str, person: int) -> PushAddress | None:
        """The push address of this session's browser; None when there is none or the session is not that person's."""
        return await self._row(_OF, channel_=channel, account_=account, person=person)

    async def newest(self, person: int, channel: str) -> int:
        """The id of the person's newest turn on that channel; 0 when there is none."""
        return await self._row(_NEWEST, person=person, channel_=channel) or 0

    async def public_key(self) -> str:
        """The public half of the key pair, in base64url; "" when no usable pair is stored."""
        kept = await self._row(_KEY)
        return kept.public if kept and kept.locked_by == self._held.key.name else ""

    async def key(self) -> PushKey | None:
        """The key pair; None when no usable pair is stored."""
        kept = await self._row(_KEY)
        secret = self._held.key.unlock(kept.locked) if kept and kept.locked_by == self._held.key.name else None
        return PushKey(kept.public, secret) if kept and secret else None

    async def keep_key(self, key: PushKey, at: dt.datetime) -> str:
        """Store this pair unless a usable one exists; returns the public half of the pair in use. Addresses made for an
        unusable pair are useless and are removed.
        """
        kept = await self._row(_KEY)
        if kept and kept.locked_by != self._held.key.name:
            await self._run(PUSH_ADDRESS.delete())
            await self._run(PUSH_KEY.delete())
        row = {"id": _ONE, "public": key.public, "locked": self._held.key.lock(key.secret), "made_at": at}
        await self._once(PUSH_KEY, ("id",), {**row, "locked_by": self._held.key.name})
        return await self.public_key()


@cache
def _keep(dialect: str) -> Prepared[Nothing]:
    insert = INSERT[dialect](PUSH_ADDRESS).inline()
    again = {name: insert.excluded[name] for name in ("endpoint", "p256dh", "auth", "at")}
    return Prepared(Nothing, insert.on_conflict_do_update(index_elements=["account_id"], set_=again))
