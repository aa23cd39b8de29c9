"""People of the rosters."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from rules.nouns.people import Person
from rules.nouns.values import Subject
from storage.repositories.base import Repository, Values
from storage.repositories.service_rows import service_json, service_of
from storage.tables import CONVERSATION, OFFICE, PERSON, POST, UNIT


def person_columns(
    person: sa.FromClause, unit: sa.FromClause, post: sa.FromClause | None = None
) -> tuple[sa.ColumnElement[Any], ...]:
    """The columns of a Person, in the order of its fields. With `post` (joined, perhaps empty): as of that post."""

    def of(column: str) -> sa.ColumnElement[Any]:
        own: sa.ColumnElement[Any] = person.c[column]
        return own if post is None else sa.func.coalesce(post.c[column], own, type_=own.type)

    return (
        person.c.id,
        person.c.name,
        of("position"),
        of("unit_id"),
        unit.c.name,
        OFFICE.c.name,
        person.c.subject,
        of("leader"),
        of("head"),
        of("deputy"),
        person.c.party_member,
        person.c.serves_public,
        OFFICE.c.parent,
        person.c.duty_group,
        person.c.desk,
        sa.literal(0, sa.Integer) if post is None else sa.func.coalesce(post.c.id, 0),
        person.c.service,
    )


PERSON_COLUMNS = person_columns(PERSON, UNIT)
PERSON_WIDTH = len(PERSON_COLUMNS)

PERSON_FROM = PERSON.join(UNIT, UNIT.c.id == PERSON.c.unit_id).join(OFFICE, OFFICE.c.id == UNIT.c.office_id)

_SELECT = sa.select(*PERSON_COLUMNS).select_from(PERSON_FROM)
_BY_ID = _SELECT.where(PERSON.c.id == sa.bindparam("id"))
_BY_ROSTER_KEY = _SELECT.where(PERSON.c.office_id == sa.bindparam("office"), PERSON.c.roster_key == sa.bindparam("key"))
_HERE = sa.and_(PERSON.c.office_id == sa.bindparam("office"), PERSON.c.left_on.is_(None))
_OF_OFFICE = _SELECT.where(_HERE).order_by(UNIT.c.id, PERSON.c.id)
_AT_POSTS = (
    sa.select(*person_columns(PERSON, UNIT, POST))
    .select_from(
        POST.join(PERSON, PERSON.c.id == POST.c.person_id)
        .join(UNIT, UNIT.c.id == POST.c.unit_id)
        .join(OFFICE, OFFICE.c.id == UNIT.c.office_id)
    )
    .where(_HERE, POST.c.ended_on.is_(None))
    .order_by(POST.c.id)
)
_NAMES = sa.select(PERSON.c.id, PERSON.c.name).where(PERSON.c.id.in_(sa.bindparam("people", expanding=True)))
_KEYS = sa.select(PERSON.c.id, PERSON.c.roster_key).where(_HERE)
_ROSTER = (
    sa.select(*PERSON_COLUMNS, PERSON.c.roster_key)
    .select_from(PERSON_FROM)
    .where(_HERE)
    .order_by(UNIT.c.id, PERSON.c.id)
)
_SNOOZE = PERSON.update().where(PERSON.c.id == sa.bindparam("id_")).values(snoozed_until=sa.bindparam("until_"))
_LANGUAGE = sa.select(PERSON.c.language).where(PERSON.c.id == sa.bindparam("id"))
_OFFICE_OF_UNIT = sa.select(UNIT.c.office_id).where(UNIT.c.id == sa.bindparam("of_unit")).scalar_subquery()
_ADD = PERSON.insert().values(office_id=_OFFICE_OF_UNIT).returning(PERSON.c.id)
_PREVIOUS = sa.select(PERSON.c.roster_key, PERSON.c.previous_keys).where(PERSON.c.id == sa.bindparam("id"))


def person_of(row: Values) -> Person:
    """The Person of a row that begins with `person_columns`."""
    id_, name, position, unit_id, unit, office, subject, *traits = row[: PERSON_WIDTH - 1]
    person = Person(id_, name, position, unit_id, unit, office, Subject(subject), *traits)
    service = row[PERSON_WIDTH - 1]
    return replace(person, service=service_of(service)) if service else person


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
        "duty_group": person.group,
        "desk": person.desk,
        "service": service_json(person.service),
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
        """All people of an office who have not left, unit by unit."""
        return [person_of(row) for row in await self._rows(_OF_OFFICE, {"office": office_id})]

    async def names(self, person_ids: Collection[int]) -> dict[int, str]:
        """The names of these people."""
        rows = await self._rows(_NAMES, {"people": tuple(person_ids)}) if person_ids else ()
        return {row[0]: row[1] for row in rows}

    async def keys(self, office_id: int) -> dict[int, str]:
        """Person → their key in the roster."""
        return {row[0]: row[1] for row in await self._rows(_KEYS, {"office": office_id})}

    async def at_posts(self, office_id: int) -> Sequence[Person]:
        """The people of an office as they are at their further posts."""
        return [person_of(row) for row in await self._rows(_AT_POSTS, {"office": office_id})]

    async def roster(self, office_id: int) -> dict[str, Person]:
        """Roster key → person, of all who have not left."""
        rows = await self._rows(_ROSTER, {"office": office_id})
        return {row[PERSON_WIDTH]: person_of(row) for row in rows}

    async def snooze(self, person_id: int, until: dt.date | None) -> None:
        """No reminders before that day."""
        await self._run(_SNOOZE, {"id_": person_id, "until_": until})

    async def keep_post(
        self, person_id: int, unit_id: int, position: str, *, leader: bool, head: bool, deputy: bool
    ) -> int:
        """The further post of a person in that unit."""
        values = {"position": position, "leader": leader, "head": head, "deputy": deputy, "ended_on": None}
        same = {"person_id": person_id, "unit_id": unit_id}
        made = await self._once(POST, tuple(same), {**same, **values})
        if made is not None:
            return made
        this = sa.and_(POST.c.person_id == person_id, POST.c.unit_id == unit_id)
        return int((await self._run(POST.update().where(this).values(**values).returning(POST.c.id))).scalar_one())

    async def end_post(self, person_id: int, unit_id: int, on: dt.date) -> None:
        """They no longer hold it."""
        this = sa.and_(POST.c.person_id == person_id, POST.c.unit_id == unit_id)
        await self._run(POST.update().where(this).values(ended_on=on))

    async def add(self, person: Person, roster_key: str, language: str = "vi") -> int:
        """The id of the new person. `person.id`, `unit` and `office` are not looked at: `unit_id` says where."""
        values = {
            **_own_columns(person),
            "of_unit": person.unit_id,
            "roster_key": roster_key,
            "previous_keys": [],
            "language": language,
            "left_on": None,
            "snoozed_until": None,
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
