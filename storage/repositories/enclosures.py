"""Enclosures: files handed in for dossiers. Their contents lie in a folder (storage/kept_files.py), the rest here."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.enclosures import Enclosure
from storage.queries import Prepared, among, columns
from storage.repositories.base import Repository
from storage.tables import ENCLOSURE


class Content(NamedTuple):
    """The file content that an enclosure refers to."""

    id: int
    sha256: str
    size: int


_ENCLOSURE = columns(Enclosure, ENCLOSURE)
_PLACE = (
    ENCLOSURE.c.rulebook,
    ENCLOSURE.c.place,
    sa.func.coalesce(ENCLOSURE.c.unit_id, 0),
    sa.func.coalesce(ENCLOSURE.c.person_id, 0),
)
_NEWEST = (
    sa.select(sa.func.max(ENCLOSURE.c.id)).where(ENCLOSURE.c.campaign_id == sa.bindparam("campaign")).group_by(*_PLACE)
)
_THEIRS = sa.or_(ENCLOSURE.c.person_id == sa.bindparam("person"), among(ENCLOSURE.c.unit_id, "units"))


def _those(newest: sa.Select[tuple[int]]) -> Prepared[Enclosure]:
    these = sa.select(*_ENCLOSURE).where(ENCLOSURE.c.id.in_(newest.scalar_subquery()))
    return Prepared(_ENCLOSURE, these.order_by(ENCLOSURE.c.id))


_OF_CAMPAIGN, _OF_THOSE = _those(_NEWEST), _those(_NEWEST.where(_THEIRS))
_ONE = Prepared(_ENCLOSURE, sa.select(*_ENCLOSURE).where(ENCLOSURE.c.id == sa.bindparam("enclosure")))
_CONTENT = columns(Content, ENCLOSURE)
_CONTENTS = Prepared(_CONTENT, sa.select(*_CONTENT).order_by(ENCLOSURE.c.id))


class Enclosures(Repository):
    """The enclosures. Nothing that was handed in is changed or removed; of several at one place the last is valid."""

    async def add(self, enclosure: Enclosure) -> int:
        """Store an enclosure; returns its id. `enclosure.id` is ignored."""
        values = {name: value for name, value in asdict(enclosure).items() if name != "id"}
        return await self._add(ENCLOSURE, **values)

    async def of_campaign(self, campaign_id: int) -> Sequence[Enclosure]:
        """The valid enclosures of all parts of a campaign."""
        return await self._rows(_OF_CAMPAIGN, campaign=campaign_id)

    async def of_those(self, campaign_id: int, person: int, units: Sequence[int] = ()) -> Sequence[Enclosure]:
        """The valid enclosures of a person and of these units."""
        return await self._rows(_OF_THOSE, campaign=campaign_id, person=person, units=tuple(units))

    async def one(self, enclosure_id: int) -> Enclosure | None:
        """An enclosure by its id, even if it was replaced."""
        return await self._row(_ONE, enclosure=enclosure_id)

    async def contents(self) -> Sequence[Content]:
        """The contents that must be in the folder, including those of replaced enclosures."""
        return await self._rows(_CONTENTS)
