"""Leases: of several processes one at a time does a thing."""

import datetime as dt
from functools import cache

import sqlalchemy as sa

from storage.queries import Query
from storage.repositories.base import INSERT, Repository
from storage.tables import LEASE


class Leases(Repository):
    """A lease ends by itself when its holder does not renew it."""

    async def hold(self, name: str, holder: str, now: dt.datetime, until: dt.datetime) -> bool:
        """Take or renew the lease; False when somebody else's still runs."""
        take = _take(self._connection.dialect.name)
        return await self._row(take, name=name, holder=holder, until=until, now_=now) is not None

    async def release(self, name: str, holder: str) -> None:
        """The holder gives it back; nothing happens when it is somebody else's by now."""
        await self._run(LEASE.delete().where(LEASE.c.name == name, LEASE.c.holder == holder))


@cache
def _take(dialect: str) -> Query[str]:
    insert = INSERT[dialect](LEASE).values(
        name=sa.bindparam("name"), holder=sa.bindparam("holder"), until=sa.bindparam("until")
    )
    free = sa.or_(
        LEASE.c.holder == insert.excluded.holder, LEASE.c.until <= sa.bindparam("now_", type_=LEASE.c.until.type)
    )
    renewed = {"holder": insert.excluded.holder, "until": insert.excluded.until}
    taken = insert.on_conflict_do_update(index_elements=["name"], set_=renewed, where=free)
    return Query(str, taken.returning(LEASE.c.name))
