"""Leases: of several processes, only the one that holds a lease does the thing it names."""

import datetime as dt
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa

from storage.queries import Prepared, Query, columns
from storage.repositories.base import Repository
from storage.rows.bulk import INSERT
from storage.tables import LEASE


class Seen(NamedTuple):
    """The state of a lease when it was read."""

    holder: str
    until: dt.datetime


_LEASE = columns(Seen, LEASE)
_SEEN = Prepared(_LEASE, sa.select(*_LEASE).where(LEASE.c.name == sa.bindparam("name")))


class Leases(Repository):
    """The leases. A lease expires when its holder does not renew it."""

    async def hold(self, name: str, holder: str, now: dt.datetime, until: dt.datetime) -> bool:
        """Take or renew the lease; False when somebody else's still runs."""
        take = _take(self._connection.dialect.name)
        return await self._row(take, name=name, holder=holder, until=until, now_=now) is not None

    async def seen(self, name: str) -> Seen | None:
        """Who holds the lease and until when; None when nobody does."""
        return await self._row(_SEEN, name=name)

    async def take_from(self, seen: Seen, name: str, holder: str, until: dt.datetime) -> bool:
        """Take the lease from a holder who has not renewed it since it was `seen`; False when it was renewed."""
        of_then = (LEASE.c.name == name, LEASE.c.holder == seen.holder, LEASE.c.until == seen.until)
        return await self._run(LEASE.update().where(*of_then).values(holder=holder, until=until)) == 1

    async def release(self, name: str, holder: str) -> None:
        """Give the lease back; does nothing when somebody else holds it by now."""
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
