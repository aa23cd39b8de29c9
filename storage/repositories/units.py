"""Offices, their units, and who approves whose review."""

import sqlalchemy as sa

from rules.people import Person
from storage.repositories.base import Repository
from storage.tables import OFFICE, PERSON, UNIT

_OFFICE = sa.select(OFFICE.c.id).where(OFFICE.c.name == sa.bindparam("name"))
_UNIT = sa.select(UNIT.c.id).where(UNIT.c.office_id == sa.bindparam("office"), UNIT.c.name == sa.bindparam("name"))
_UNITS = sa.select(UNIT.c.name, UNIT.c.id).where(UNIT.c.office_id == sa.bindparam("office")).order_by(UNIT.c.id)
_HEAD = sa.select(PERSON.c.id).where(PERSON.c.unit_id == sa.bindparam("unit"), PERSON.c.head)

_DESK = (
    sa.select(PERSON.c.id)
    .join(UNIT, UNIT.c.id == PERSON.c.unit_id)
    .join(OFFICE, OFFICE.c.id == UNIT.c.office_id)
    .where(OFFICE.c.name == sa.bindparam("office"), UNIT.c.desk, PERSON.c.head)
    .order_by(PERSON.c.id)
)

# The unit and its ancestors with their heads, nearest first.
_CHAIN = (
    sa.select(UNIT.c.id, UNIT.c.parent_id, sa.literal(0).label("steps"))
    .where(UNIT.c.id == sa.bindparam("unit"))
    .cte("chain", recursive=True)
)
_ABOVE = UNIT.alias("above")
_CHAIN = _CHAIN.union_all(
    sa.select(_ABOVE.c.id, _ABOVE.c.parent_id, _CHAIN.c.steps + 1).where(_ABOVE.c.id == _CHAIN.c.parent_id)
)
_NEAREST_HEAD = (
    sa.select(PERSON.c.id, _CHAIN.c.steps)
    .where(PERSON.c.unit_id == _CHAIN.c.id, PERSON.c.head, PERSON.c.id != sa.bindparam("person"))
    .order_by(_CHAIN.c.steps)
    .limit(1)
)


class Units(Repository):
    """The tree of units of every office."""

    async def keep_office(self, name: str, parent: str = "") -> int:
        """The office of that name, made when it is new. `parent`: the body printed above its name."""
        row = await self._row(_OFFICE, {"name": name})
        if row is None:
            return await self._id(OFFICE.insert().returning(OFFICE.c.id), {"name": name, "parent": parent})
        await self._run(OFFICE.update().where(OFFICE.c.id == row[0]).values(parent=parent))
        return int(row[0])

    async def office(self, name: str) -> int | None:
        """The id of the office of that name."""
        row = await self._row(_OFFICE, {"name": name})
        return None if row is None else int(row[0])

    async def keep_unit(self, office_id: int, name: str, parent_id: int | None = None, *, desk: bool = False) -> int:
        """The unit of that name, made when it is new, now below `parent_id` (None: at the top)."""
        row = await self._row(_UNIT, {"office": office_id, "name": name})
        if row is None:
            values = {"office_id": office_id, "parent_id": parent_id, "name": name, "desk": desk}
            return await self._id(UNIT.insert().returning(UNIT.c.id), values)
        await self._run(UNIT.update().where(UNIT.c.id == row[0]).values(parent_id=parent_id, desk=desk))
        return int(row[0])

    async def desk_of(self, office: str) -> list[int]:
        """The heads of the units that run the campaigns of the office of that name."""
        return [int(row[0]) for row in await self._rows(_DESK, {"office": office})]

    async def of_office(self, office_id: int) -> dict[str, int]:
        """Unit name → id, in the order they were made."""
        return {row[0]: row[1] for row in await self._rows(_UNITS, {"office": office_id})}

    async def head_of(self, unit_id: int) -> int | None:
        """The person who heads the unit."""
        row = await self._row(_HEAD, {"unit": unit_id})
        return None if row is None else int(row[0])

    async def approver_of(self, person: Person) -> tuple[int | None, str]:
        """Who approves this person's review, and as what.

        The head of the own unit (`unit_head`); for a head, or where the unit has none, the next head
        above (`authority`); None when nobody is above.
        """
        row = await self._row(_NEAREST_HEAD, {"unit": person.unit_id, "person": person.id})
        if row is None:
            return None, "authority"
        return int(row[0]), "unit_head" if row[1] == 0 else "authority"
