"""Browsers that are called while their page is closed, and the key pair by which push services know the installation."""

import datetime as dt
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa

from storage.queries import Nothing, Prepared, columns
from storage.repositories.base import Repository
from storage.rows.bulk import INSERT
from storage.tables import ACCOUNT, PUSH_ADDRESS, PUSH_KEY, TURN

#: The one row of its table.
_ONE = 1


class PushAddress(NamedTuple):
    """Where a browser is called: as its `PushSubscription` tells it, keys in base64url."""

    endpoint: str
    p256dh: str
    auth: str


class PushKey(NamedTuple):
    """A key pair in base64url: `public` as browsers are given it, `secret` the number it was made from."""

    public: str
    secret: str


class KeptPushKey(NamedTuple):
    """A key pair as it is kept."""

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
    """An address belongs to a session, and ends with it (`Accounts.untie`)."""

    async def keep(self, channel: str, account: str, address: PushAddress, at: dt.datetime) -> bool:
        """From now on this session's browser is called there; False when it is nobody's."""
        id_ = await self._row(_ID, channel_=channel, account_=account)
        if id_ is None:
            return False
        kept = {**address._asdict(), "at": at}
        await self._rows(_keep(self._connection.dialect.name), account_id=id_, **kept)
        return True

    async def forget(self, channel: str, account: str) -> None:
        """From now on this session's browser is not called."""
        await self._rows(_FORGET, channel_=channel, account_=account)

    async def of(self, channel: str, account: str, person: int) -> PushAddress | None:
        """Where this session's browser is called; None: nowhere, or it is not that person's."""
        return await self._row(_OF, channel_=channel, account_=account, person=person)

    async def newest(self, person: int, channel: str) -> int:
        """The id of the newest turn of that channel in the person's conversation; 0: there is none."""
        return await self._row(_NEWEST, person=person, channel_=channel) or 0

    async def public_key(self) -> str:
        """The half of the key pair that browsers are given; "" when none is kept that this installation can use."""
        kept = await self._row(_KEY)
        return kept.public if kept and kept.locked_by == self._held.key.name else ""

    async def key(self) -> PushKey | None:
        """The key pair; None when none is kept that this installation can use."""
        kept = await self._row(_KEY)
        secret = self._held.key.unlock(kept.locked) if kept and kept.locked_by == self._held.key.name else None
        return PushKey(kept.public, secret) if kept and secret else None

    async def keep_key(self, key: PushKey, at: dt.datetime) -> str:
        """Keep this pair unless one is kept that can be used; the public half of the one that is. What browsers were told by one
        that can be used no more calls nobody, and goes.
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
