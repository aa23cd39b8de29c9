"""Own tables: an office's own files that replace summary tables. Their contents lie in a folder
(storage/kept_files.py), the rest here.
"""

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
    """The own tables. Nothing that was handed in is changed or removed; the last file for a table is valid."""

    async def add(self, own: OwnTable) -> int:
        """Store an own table; returns its id. `own.id` is ignored."""
        values = {name: value for name, value in asdict(own).items() if name != "id"}
        return await self._add(OWN_TABLE, **(values | {"by": own.by or None}))

    async def of_campaign(self, campaign_id: int) -> Sequence[OwnTable]:
        """The latest entry for every table of all parts of a campaign, including those that restore the generic table."""
        return await self._rows(_OF_CAMPAIGN, campaign=campaign_id)

    async def one(self, own_table_id: int) -> OwnTable | None:
        """An own table by its id, even if it was replaced."""
        return await self._row(_ONE, own_table=own_table_id)

    async def contents(self) -> Sequence[Content]:
        """The contents that must be in the folder, including those of replaced files."""
        return await self._rows(_CONTENTS)
