"""Packages that units sent up: their versions, with withdrawals and returns in between. Rows are only ever added."""

import datetime as dt
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

import sqlalchemy as sa

from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.upward.package import fingerprint
from rules.upward.standing import Deed, SentUp
from storage.columns import dumps, read
from storage.queries import Prepared, columns
from storage.repositories.base import Repository
from storage.tables import SENT_UP


class _Content(NamedTuple):
    content: dict[str, Any]


def _read(content: bytes) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(zlib.decompress(content)))


_SENT_UP = columns(SentUp, SENT_UP, campaign=SENT_UP.c.campaign_id, unit=SENT_UP.c.unit_id)
_OF_CAMPAIGN = Prepared(
    _SENT_UP, sa.select(*_SENT_UP).where(SENT_UP.c.campaign_id == sa.bindparam("campaign")).order_by(SENT_UP.c.id)
)
_ONE = Prepared(
    _SENT_UP, sa.select(*_SENT_UP).where(SENT_UP.c.id == sa.bindparam("sent_up"), SENT_UP.c.content.is_not(None))
)
_CONTENT = columns(_Content, SENT_UP, content=read(SENT_UP.c.content, _read))
_SENT = Prepared(
    _CONTENT, sa.select(*_CONTENT).where(SENT_UP.c.id == sa.bindparam("sent_up"), SENT_UP.c.content.is_not(None))
)
_LAST = Prepared(
    int,
    sa.select(sa.func.coalesce(sa.func.max(SENT_UP.c.number), 0)).where(
        SENT_UP.c.campaign_id == sa.bindparam("campaign"), SENT_UP.c.unit_id == sa.bindparam("unit")
    ),
)


class SentUps(Repository):
    """The packages sent up. Nothing is ever changed or removed."""

    async def of_campaign(self, campaign: int) -> Sequence[SentUp]:
        """Everything done with packages in a campaign, oldest first."""
        return await self._rows(_OF_CAMPAIGN, campaign=campaign)

    async def one(self, sent_up: int) -> SentUp | None:
        """A version that was sent."""
        return await self._row(_ONE, sent_up=sent_up)

    async def content(self, sent_up: int) -> dict[str, Any] | None:
        """The package as built by rules.upward.package."""
        found = await self._row(_SENT, sent_up=sent_up)
        return found.content if found else None

    async def add(
        self,
        campaign: int,
        unit: int,
        deed: Deed,
        by: Person,
        at: dt.datetime,
        *,
        content: Mapping[str, Json] | None = None,
        reason: str = "",
        after: int = 0,
    ) -> bool:
        """Store what was done with a package. False, with nothing stored, when something happened since the number
        `after`.
        """
        last = await self._row(_LAST, campaign=campaign, unit=unit) or 0
        if last != after:
            return False
        packed = zlib.compress(dumps(dict(content)).encode(), 9) if content is not None else None
        mark = fingerprint(content) if content is not None else ""
        values: dict[str, object] = {"campaign_id": campaign, "unit_id": unit, "number": last + 1, "deed": deed.value}
        values |= {"content": packed, "fingerprint": mark, "reason": reason}
        who = {"by": by.id, "by_name": by.name, "by_position": by.position, "at": at}
        return await self._once(SENT_UP, ("campaign_id", "unit_id", "number"), {**values, **who}) is not None
