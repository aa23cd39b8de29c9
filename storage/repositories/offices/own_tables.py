"""Offices' own files in the place of summary tables: what is kept of each; their contents lie in a folder (storage/kept_files.py)."""

from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa

from rules.nouns.enclosures import OwnTable
from storage.queries import Prepared, columns
from storage.repositories.base import Repository
from storage.repositories.enclosures import Content
from storage.tables import OWN_TABLE

_OWN = columns(OwnTable, OWN_TABLE, by=sa.func.coalesce(OWN_TABLE.c.by, 0))
_NEWEST = (
    sa.select(sa.func.max(OWN_TABLE.c.id))
    .where(OWN_TABLE.c.campaign_id == sa.bindparam("campaign"))
    .group_by(OWN_TABLE.c.rulebook, OWN_TABLE.c.key)
)
_OF_CAMPAIGN = Prepared(
    _OWN, sa.select(*_OWN).where(OWN_TABLE.c.id.in_(_NEWEST.scalar_subquery())).order_by(OWN_TABLE.c.id)
)
_ONE = Prepared(_OWN, sa.select(*_OWN).where(OWN_TABLE.c.id == sa.bindparam("own_table")))
_CONTENT = columns(Content, OWN_TABLE)
_CONTENTS = Prepared(_CONTENT, sa.select(*_CONTENT).where(OWN_TABLE.c.sha256 != "").order_by(OWN_TABLE.c.id))


class OwnTables(Repository):
    """The files. Nothing that was handed in is ever changed or removed: the last for its table counts."""

    async def add(self, own: OwnTable) -> int:
        """Keep one; its id. That of `own` says nothing."""
        values = {name: value for name, value in asdict(own).items() if name != "id"}
        return await self._add(OWN_TABLE, **(values | {"by": own.by or None}))

    async def of_campaign(self, campaign_id: int) -> Sequence[OwnTable]:
        """The last word about each table of all parts of a campaign; also where it was that ours stands again."""
        return await self._rows(_OF_CAMPAIGN, campaign=campaign_id)

    async def one(self, own_table_id: int) -> OwnTable | None:
        """One of them, also one that was replaced."""
        return await self._row(_ONE, own_table=own_table_id)

    async def contents(self) -> Sequence[Content]:
        """What lies in the folder for all of them, also for those that were replaced."""
        return await self._rows(_CONTENTS)
