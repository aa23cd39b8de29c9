"""Files handed in for dossiers: what is kept of each; their contents lie in a folder (storage/kept_files.py)."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.enclosures import Enclosure
from storage.queries import Prepared, columns
from storage.repositories.base import Repository
from storage.tables import ENCLOSURE


class Content(NamedTuple):
    """The content that an enclosure names."""

    id: int
    sha256: str
    size: int


_ENCLOSURE = columns(Enclosure, ENCLOSURE)
_LATER = ENCLOSURE.alias("later")
_REPLACED = sa.exists().where(
    _LATER.c.campaign_id == ENCLOSURE.c.campaign_id,
    _LATER.c.rulebook == ENCLOSURE.c.rulebook,
    _LATER.c.place == ENCLOSURE.c.place,
    sa.func.coalesce(_LATER.c.unit_id, 0) == sa.func.coalesce(ENCLOSURE.c.unit_id, 0),
    sa.func.coalesce(_LATER.c.person_id, 0) == sa.func.coalesce(ENCLOSURE.c.person_id, 0),
    _LATER.c.id > ENCLOSURE.c.id,
)
_OF_CAMPAIGN = Prepared(
    _ENCLOSURE,
    sa.select(*_ENCLOSURE)
    .where(ENCLOSURE.c.campaign_id == sa.bindparam("campaign"), ~_REPLACED)
    .order_by(ENCLOSURE.c.id),
)
_ONE = Prepared(_ENCLOSURE, sa.select(*_ENCLOSURE).where(ENCLOSURE.c.id == sa.bindparam("enclosure")))
_CONTENT = columns(Content, ENCLOSURE)
_CONTENTS = Prepared(_CONTENT, sa.select(*_CONTENT).order_by(ENCLOSURE.c.id))


class Enclosures(Repository):
    """The files. Nothing that was handed in is ever changed or removed: the last at its place counts."""

    async def add(self, enclosure: Enclosure) -> int:
        """Keep one; its id. That of `enclosure` says nothing."""
        values = {name: value for name, value in asdict(enclosure).items() if name != "id"}
        return await self._add(ENCLOSURE, **values)

    async def of_campaign(self, campaign_id: int) -> Sequence[Enclosure]:
        """Those that count, of all parts of a campaign."""
        return await self._rows(_OF_CAMPAIGN, campaign=campaign_id)

    async def one(self, enclosure_id: int) -> Enclosure | None:
        """One of them, also one that was replaced."""
        return await self._row(_ONE, enclosure=enclosure_id)

    async def contents(self) -> Sequence[Content]:
        """What lies in the folder for all of them, also for those that were replaced."""
        return await self._rows(_CONTENTS)
