"""Offices and their units."""

from typing import Any, NamedTuple

import sqlalchemy as sa

from rules.campaign.tree import PartyBody, Seat
from rules.nouns.office import OfficeSettings
from rules.nouns.reviews import Json
from rules.nouns.text import folded
from rules.nouns.values import Subject
from storage.queries import Prepared, any_word, columns
from storage.repositories.base import Repository
from storage.tables import OFFICE, PARTY_BODY, PERSON, POST, UNIT


class Named(NamedTuple):
    """The name of an office or unit, and its id."""

    name: str
    id: int


class CellRow(NamedTuple):
    """A party cell or group: the unit its row stands in, its name, and which of the two it is."""

    unit: int
    name: str
    subject: str


class Head(NamedTuple):
    """The head of a unit."""

    unit: int
    person: int


_OFFICES = Prepared(Named, sa.select(OFFICE.c.name, OFFICE.c.id).order_by(OFFICE.c.id))
_OFFICE = Prepared(int, sa.select(OFFICE.c.id).where(OFFICE.c.name == sa.bindparam("name")))
_UNIT = Prepared(
    int, sa.select(UNIT.c.id).where(UNIT.c.office_id == sa.bindparam("office"), UNIT.c.name == sa.bindparam("name"))
)
_UNITS = Prepared(
    Named, sa.select(UNIT.c.name, UNIT.c.id).where(UNIT.c.office_id == sa.bindparam("office")).order_by(UNIT.c.id)
)
_SETTINGS = Prepared[dict[str, Json]](dict, sa.select(OFFICE.c.settings).where(OFFICE.c.id == sa.bindparam("office")))
_ABOVE = Prepared(str, sa.select(OFFICE.c.parent).where(OFFICE.c.id == sa.bindparam("office")))
_REVISION = Prepared(int, sa.select(OFFICE.c.revision).where(OFFICE.c.id == sa.bindparam("office")))
_OFFICE_OF = Prepared(int, sa.select(PERSON.c.office_id).where(PERSON.c.id == sa.bindparam("person")))
SEAT_COLUMNS = columns(
    Seat, UNIT, parent=UNIT.c.parent_id, in_charge=UNIT.c.in_charge_id, authority=UNIT.c.authority_id
)
#: The units of an office in the order of their creation, with the leaders named for them.
SEATS = Prepared(
    SEAT_COLUMNS, sa.select(*SEAT_COLUMNS).where(UNIT.c.office_id == sa.bindparam("office")).order_by(UNIT.c.id)
)
BODY_COLUMNS = columns(
    PartyBody,
    PARTY_BODY,
    secretary=PARTY_BODY.c.secretary_id,
    deputy=PARTY_BODY.c.deputy_id,
    authority=PARTY_BODY.c.authority_id,
)
#: The party bodies of an office, in the order of their creation.
BODIES = Prepared(
    BODY_COLUMNS,
    sa.select(*BODY_COLUMNS).where(PARTY_BODY.c.office_id == sa.bindparam("office")).order_by(PARTY_BODY.c.id),
)
_HERE = sa.and_(PERSON.c.office_id == sa.bindparam("office"), PERSON.c.left_on.is_(None))
_HEADS = Prepared(Head, sa.select(PERSON.c.unit_id, PERSON.c.id).where(_HERE, PERSON.c.head))
_HEADS_BY_POST = Prepared(
    Head,
    sa.select(POST.c.unit_id, POST.c.person_id)
    .join(PERSON, PERSON.c.id == POST.c.person_id)
    .where(_HERE, POST.c.head, POST.c.ended_on.is_(None)),
)
#: The party cells and groups that stand as rows beside people: unit, name, and which of the two each is.
_CELL_ROWS = Prepared(
    CellRow,
    sa.select(PERSON.c.unit_id, PERSON.c.name, PERSON.c.subject)
    .where(_HERE, any_word(PERSON.c.subject, (Subject.PARTY_CELL.value, Subject.PARTY_GROUP.value)))
    .order_by(PERSON.c.id),
)
_DESK = Prepared(
    int,
    sa.select(PERSON.c.id)
    .join(UNIT, UNIT.c.id == PERSON.c.unit_id)
    .join(OFFICE, OFFICE.c.id == UNIT.c.office_id)
    .where(
        OFFICE.c.name == sa.bindparam("office"),
        PERSON.c.left_on.is_(None),
        sa.or_(PERSON.c.desk, sa.and_(UNIT.c.desk, PERSON.c.head)),
    )
    .order_by(PERSON.c.id),
)


class Units(Repository):
    """The tree of units of every office."""

    async def keep_office(self, name: str, parent: str = "") -> int:
        """The id of the office of that name, which is created if it is new. `parent` is the body printed above its
        name.
        """
        office = await self._row(_OFFICE, name=name)
        if office is None:
            return await self._add(OFFICE, name=name, parent=parent, settings={}, revision=0)
        await self._run(OFFICE.update().where(OFFICE.c.id == office).values(parent=parent))
        return office

    async def office(self, name: str) -> int | None:
        """The id of the office of that name."""
        return await self._row(_OFFICE, name=name)

    async def offices(self) -> dict[str, int]:
        """Office name → id, in the order of their creation."""
        return {row.name: row.id for row in await self._rows(_OFFICES)}

    async def settings(self, office_id: int) -> OfficeSettings:
        """The settings of the office."""
        kept = await self._row(_SETTINGS, office=office_id) or {}
        # Not validated here: each setting is checked when it is set.
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
        }
        return OfficeSettings(**plain)

    async def set(self, office_id: int, name: str, value: object) -> None:
        """Change one setting of the office."""
        kept = await self._row(_SETTINGS, office=office_id) or {}
        await self._run(OFFICE.update().where(OFFICE.c.id == office_id).values(settings={**kept, name: value}))

    async def above(self, office_id: int) -> str:
        """The superior body printed above the office's name; "" when there is none."""
        return await self._row(_ABOVE, office=office_id) or ""

    async def revision(self, office_id: int) -> int:
        """The revision of the office's roster; it grows with every change."""
        return await self._row(_REVISION, office=office_id) or 0

    async def revise(self, office_id: int, seen: int) -> bool:
        """Increment the roster's revision before changing it. False when it is no longer `seen`, because somebody else
        changed the roster first.
        """
        this = sa.and_(OFFICE.c.id == office_id, OFFICE.c.revision == seen)
        return await self._run(OFFICE.update().where(this).values(revision=OFFICE.c.revision + 1)) > 0

    async def office_of(self, person_id: int) -> int:
        """The id of the office a person belongs to."""
        office = await self._row(_OFFICE_OF, person=person_id)
        if office is None:
            raise LookupError(f"no person {person_id}")
        return office

    async def seats(self, office_id: int) -> list[Seat]:
        """The units of an office in the order of their creation, with the leaders named for them."""
        return await self._rows(SEATS, office=office_id)

    async def bodies(self, office_id: int) -> list[PartyBody]:
        """The party bodies of the office's members, as its roster names them."""
        return await self._rows(BODIES, office=office_id)

    async def name_leaders(self, unit_id: int, in_charge: int | None, authority: int | None) -> None:
        """Set the leader in charge of a unit, and the authority that decides there."""
        await self._run(
            UNIT.update().where(UNIT.c.id == unit_id).values(in_charge_id=in_charge, authority_id=authority)
        )

    async def keep_unit(self, office_id: int, name: str, parent_id: int | None = None, *, desk: bool = False) -> int:
        """The id of the unit of that name, which is created if it is new and placed below `parent_id` (None: at the
        top).
        """
        unit = await self._row(_UNIT, office=office_id, name=name)
        if unit is None:
            return await self._add(UNIT, office_id=office_id, parent_id=parent_id, name=name, desk=desk)
        await self._run(UNIT.update().where(UNIT.c.id == unit).values(parent_id=parent_id, desk=desk))
        return unit

    async def desk_of(self, office: str) -> list[int]:
        """The people of the desk of the office of that name."""
        return await self._rows(_DESK, office=office)

    async def of_office(self, office_id: int) -> dict[str, int]:
        """Unit name → id, in the order of their creation."""
        return {row.name: row.id for row in await self._rows(_UNITS, office=office_id)}

    async def heads(self, office_id: int) -> dict[int, int]:
        """Unit → its head, by their main or a further post."""
        by_post = await self._rows(_HEADS_BY_POST, office=office_id)
        return {row.unit: row.person for row in [*by_post, *await self._rows(_HEADS, office=office_id)]}

    async def led_by_cells(self, office_id: int) -> dict[int, int]:
        """Unit without a head → the secretary of its party cell, where the roster names one."""
        rows = sorted(
            await self._rows(_CELL_ROWS, office=office_id), key=lambda one: one.subject == Subject.PARTY_GROUP.value
        )
        if not rows:
            return {}
        heads = await self.heads(office_id)
        named = {folded(one.name): one.secretary for one in await self.bodies(office_id)}
        found: dict[int, int] = {}
        for row in rows:
            secretary = named.get(folded(row.name))
            if secretary and row.unit not in heads:
                found.setdefault(row.unit, secretary)
        return found
