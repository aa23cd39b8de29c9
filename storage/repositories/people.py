"""People of the rosters."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from rules.people import Person
from rules.values import Subject
from storage.repositories.base import Repository, Values
from storage.tables import CONVERSATION, OFFICE, PERSON, UNIT


def person_columns(person: sa.FromClause, unit: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """The columns of a Person, in the order of its fields."""
    return (
        person.c.id,
        person.c.name,
        person.c.position,
        person.c.unit_id,
        unit.c.name,
        OFFICE.c.name,
        person.c.subject,
        person.c.leader,
        person.c.head,
        person.c.deputy,
        person.c.party_member,
        person.c.serves_public,
        OFFICE.c.parent,
    )


PERSON_COLUMNS = person_columns(PERSON, UNIT)
PERSON_WIDTH = len(PERSON_COLUMNS)

PERSON_FROM = PERSON.join(UNIT, UNIT.c.id == PERSON.c.unit_id).join(OFFICE, OFFICE.c.id == UNIT.c.office_id)

_SELECT = sa.select(*PERSON_COLUMNS).select_from(PERSON_FROM)
_BY_ID = _SELECT.where(PERSON.c.id == sa.bindparam("id"))
_BY_ROSTER_KEY = _SELECT.where(PERSON.c.office_id == sa.bindparam("office"), PERSON.c.roster_key == sa.bindparam("key"))
_OF_OFFICE = _SELECT.where(PERSON.c.office_id == sa.bindparam("office")).order_by(UNIT.c.id, PERSON.c.id)
_LANGUAGE = sa.select(PERSON.c.language).where(PERSON.c.id == sa.bindparam("id"))
_OFFICE_OF_UNIT = sa.select(UNIT.c.office_id).where(UNIT.c.id == sa.bindparam("of_unit")).scalar_subquery()
_ADD = PERSON.insert().values(office_id=_OFFICE_OF_UNIT).returning(PERSON.c.id)
_PREVIOUS = sa.select(PERSON.c.roster_key, PERSON.c.previous_keys).where(PERSON.c.id == sa.bindparam("id"))


def person_of(row: Values) -> Person:
    """The Person of a row that begins with `person_columns`."""
    id_, name, position, unit_id, unit, office, subject, *traits = row[:PERSON_WIDTH]
    return Person(id_, name, position, unit_id, unit, office, Subject(subject), *traits)


def _own_columns(person: Person) -> dict[str, Any]:
    return {
        "unit_id": person.unit_id,
        "name": person.name,
        "position": person.position,
        "subject": person.subject,
        "leader": person.leader,
        "head": person.head,
        "deputy": person.deputy,
        "party_member": person.party_member,
        "serves_public": person.serves_public,
    }


class People(Repository):
    """The people of all offices."""

    async def get(self, person_id: int) -> Person:
        """The person. Raises LookupError when there is none."""
        held = self._held.people.get(person_id)
        if held is not None:
            return held
        row = await self._row(_BY_ID, {"id": person_id})
        if row is None:
            raise LookupError(f"no person {person_id}")
        return person_of(row)

    async def by_roster_key(self, office_id: int, key: str) -> Person | None:
        """The person whom the office's roster calls `key`."""
        row = await self._row(_BY_ROSTER_KEY, {"office": office_id, "key": key})
        return None if row is None else person_of(row)

    async def of_office(self, office_id: int) -> Sequence[Person]:
        """All people of an office, unit by unit."""
        return [person_of(row) for row in await self._rows(_OF_OFFICE, {"office": office_id})]

    async def add(self, person: Person, roster_key: str, language: str = "vi") -> int:
        """The id of the new person. `person.id`, `unit` and `office` are not looked at: `unit_id` says where."""
        values = {
            **_own_columns(person),
            "of_unit": person.unit_id,
            "roster_key": roster_key,
            "previous_keys": [],
            "language": language,
        }
        person_id = await self._id(_ADD, values)
        await self._run(CONVERSATION.insert(), {"person_id": person_id, "focus": None})
        return person_id

    async def update(self, person: Person) -> None:
        """Change what the roster says of a person (not the office)."""
        self._held.people.pop(person.id, None)
        await self._run(PERSON.update().where(PERSON.c.id == person.id).values(**_own_columns(person)))

    async def rename_roster_key(self, person_id: int, key: str) -> None:
        """The roster calls this person `key` from now on; the earlier key is remembered."""
        row = await self._row(_PREVIOUS, {"id": person_id})
        if row is None:
            raise LookupError(f"no person {person_id}")
        if row[0] != key:
            changed = {"roster_key": key, "previous_keys": [*row[1], row[0]]}
            await self._run(PERSON.update().where(PERSON.c.id == person_id).values(**changed))

    async def language(self, person_id: int) -> str:
        """`vi` or `en`."""
        row = await self._row(_LANGUAGE, {"id": person_id})
        if row is None:
            raise LookupError(f"no person {person_id}")
        return str(row[0])
