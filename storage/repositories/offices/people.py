"""People of the rosters, with their service."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa

from rules.nouns.alphabet import order_of, sought
from rules.nouns.people import Gender, Person, tongue
from storage.queries import Prepared, Query, among, columns
from storage.repositories.base import Repository
from storage.rows.people import person_columns, service_json, told_apart
from storage.tables import CONVERSATION, OFFICE, PERSON, POST, UNIT


class PersonName(NamedTuple):
    """A person's name."""

    id: int
    name: str
    apart: str


class PersonKey(NamedTuple):
    """A person's roster key."""

    id: int
    roster_key: str


class SpokenTo(NamedTuple):
    """The language of a person, and how they are addressed."""

    language: str
    gender: Gender | None


class KeysRow(NamedTuple):
    """A person's roster key and earlier roster keys."""

    roster_key: str
    previous_keys: list[str]


PERSON_COLUMNS = person_columns(PERSON, UNIT)

PERSON_FROM = PERSON.join(UNIT, UNIT.c.id == PERSON.c.unit_id).join(OFFICE, OFFICE.c.id == UNIT.c.office_id)

_SELECT = sa.select(*PERSON_COLUMNS).select_from(PERSON_FROM)
_BY_ID = Prepared(PERSON_COLUMNS, _SELECT.where(PERSON.c.id == sa.bindparam("id")))
_BY_ROSTER_KEY = Prepared(
    PERSON_COLUMNS,
    _SELECT.where(PERSON.c.office_id == sa.bindparam("office"), PERSON.c.roster_key == sa.bindparam("key")),
)
_HERE = sa.and_(PERSON.c.office_id == sa.bindparam("office"), PERSON.c.left_on.is_(None))
_OF_OFFICE = Prepared(PERSON_COLUMNS, _SELECT.where(_HERE).order_by(UNIT.c.id, PERSON.c.id))


class GonePerson(NamedTuple):
    """A person who has left, as they were, and their last day."""

    person: Person
    day: dt.date | None


_GONE = columns(GonePerson, PERSON, person=PERSON_COLUMNS, day=PERSON.c.left_on)
_GONE_OF_OFFICE = Prepared(
    _GONE,
    sa.select(*_GONE)
    .select_from(PERSON_FROM)
    .where(PERSON.c.office_id == sa.bindparam("office"), PERSON.c.left_on.is_not(None))
    .order_by(PERSON.c.id),
)
_PERSON_AT_POST = person_columns(PERSON, UNIT, POST)
_AT_POSTS = Prepared(
    _PERSON_AT_POST,
    sa.select(*_PERSON_AT_POST)
    .select_from(
        POST.join(PERSON, PERSON.c.id == POST.c.person_id)
        .join(UNIT, UNIT.c.id == POST.c.unit_id)
        .join(OFFICE, OFFICE.c.id == UNIT.c.office_id)
    )
    .where(_HERE, POST.c.ended_on.is_(None))
    .order_by(POST.c.id),
)
_NAMES = Prepared(
    PersonName,
    sa.select(PERSON.c.id, PERSON.c.name, told_apart(PERSON)).where(among(PERSON.c.id, "people")),
)
_KEYS = Prepared(PersonKey, sa.select(PERSON.c.id, PERSON.c.roster_key).where(_HERE))
_SNOOZE = PERSON.update().where(PERSON.c.id == sa.bindparam("id_")).values(snoozed_until=sa.bindparam("until_"))
_SPOKEN_TO = columns(SpokenTo, PERSON)
_TONGUE = Prepared(_SPOKEN_TO, sa.select(*_SPOKEN_TO).where(PERSON.c.id == sa.bindparam("id")))
_OFFICE_OF_UNIT = sa.select(UNIT.c.office_id).where(UNIT.c.id == sa.bindparam("of_unit")).scalar_subquery()
_ADD = Prepared(int, PERSON.insert().values(office_id=_OFFICE_OF_UNIT).returning(PERSON.c.id))
_PREVIOUS = Prepared(
    KeysRow, sa.select(PERSON.c.roster_key, PERSON.c.previous_keys).where(PERSON.c.id == sa.bindparam("id"))
)


def _own_columns(person: Person) -> dict[str, object]:
    return {
        "unit_id": person.unit_id,
        "name": person.name,
        "name_order": order_of(person.name),
        "name_sought": sought(person.name),
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
        "gender": person.gender,
    }


class People(Repository):
    """The people of all offices."""

    async def get(self, person_id: int) -> Person:
        """The person. Raises LookupError when there is none."""
        held = self._held.people.get(person_id)
        if held is not None:
            return held
        person = await self._row(_BY_ID, id=person_id)
        if person is None:
            raise LookupError(f"no person {person_id}")
        return person

    async def by_roster_key(self, office_id: int, key: str) -> Person | None:
        """The person with that roster key in the office."""
        return await self._row(_BY_ROSTER_KEY, office=office_id, key=key)

    async def of_office(self, office_id: int) -> Sequence[Person]:
        """All people of an office who have not left, unit by unit."""
        return await self._rows(_OF_OFFICE, office=office_id)

    async def gone(self, office_id: int) -> Sequence[Person]:
        """The people who have left the office, as they last were. `service.left` is their last day, also for those who
        simply vanished from the roster.
        """
        rows = await self._rows(_GONE_OF_OFFICE, office=office_id)
        return [replace(one, service=replace(one.service, left=one.service.left or day)) for one, day in rows]

    async def names(self, person_ids: Collection[int]) -> dict[int, str]:
        """Person → name; namesakes in one unit are told apart by their roster keys."""
        rows = await self._rows(_NAMES, people=tuple(person_ids)) if person_ids else ()
        return {row.id: f"{row.name} ({row.apart})" if row.apart else row.name for row in rows}

    async def keys(self, office_id: int) -> dict[int, str]:
        """Person → roster key."""
        return {row.id: row.roster_key for row in await self._rows(_KEYS, office=office_id)}

    async def at_posts(self, office_id: int) -> Sequence[Person]:
        """The people of an office in their further posts."""
        return await self._rows(_AT_POSTS, office=office_id)

    async def snooze(self, person_id: int, until: dt.date | None) -> None:
        """Send the person no reminders before that day."""
        await self._run(_SNOOZE, {"id_": person_id, "until_": until})

    async def keep_post(
        self, person_id: int, unit_id: int, position: str, *, leader: bool, head: bool, deputy: bool
    ) -> int:
        """Store a further post of a person in that unit; returns its id."""
        values = {"position": position, "leader": leader, "head": head, "deputy": deputy, "ended_on": None}
        same = {"person_id": person_id, "unit_id": unit_id}
        made = await self._once(POST, tuple(same), {**same, **values})
        if made is not None:
            return made
        this = sa.and_(POST.c.person_id == person_id, POST.c.unit_id == unit_id)
        (post,) = await self._rows(Query(int, POST.update().where(this).values(**values).returning(POST.c.id)))
        return post

    async def end_post(self, person_id: int, unit_id: int, on: dt.date) -> None:
        """End the person's further post."""
        this = sa.and_(POST.c.person_id == person_id, POST.c.unit_id == unit_id)
        await self._run(POST.update().where(this).values(ended_on=on))

    async def add(self, person: Person, roster_key: str, language: str = "vi") -> int:
        """Insert a person; returns the id. `person.id`, `unit` and `office` are ignored: `unit_id` says where they
        belong.
        """
        values = {
            **_own_columns(person),
            "of_unit": person.unit_id,
            "roster_key": roster_key,
            "previous_keys": [],
            "language": language,
            "left_on": None,
            "snoozed_until": None,
        }
        (person_id,) = await self._rows(_ADD, **values)
        await self._run(CONVERSATION.insert(), {"person_id": person_id, "focus": None})
        return person_id

    async def update(self, person: Person) -> None:
        """Update what the roster says of a person, except the office."""
        self._held.people.pop(person.id, None)
        await self._run(PERSON.update().where(PERSON.c.id == person.id).values(**_own_columns(person)))

    async def rename_roster_key(self, person_id: int, key: str) -> None:
        """Give the person this roster key; the earlier one is remembered."""
        keys = await self._row(_PREVIOUS, id=person_id)
        if keys is None:
            raise LookupError(f"no person {person_id}")
        if keys.roster_key != key:
            changed = {"roster_key": key, "previous_keys": [*keys.previous_keys, keys.roster_key]}
            await self._run(PERSON.update().where(PERSON.c.id == person_id).values(**changed))

    async def key_of(self, person_id: int) -> str:
        """The person's roster key."""
        keys = await self._row(_PREVIOUS, id=person_id)
        if keys is None:
            raise LookupError(f"no person {person_id}")
        return keys.roster_key

    async def language(self, person_id: int) -> str:
        """`vi` or `en`. Raises LookupError when there is no such person."""
        return (await self._spoken_to(person_id)).language

    async def tongue(self, person_id: int) -> str:
        """The tongue of a person: their language and how they are addressed in it. Raises LookupError when there is no
        such person.
        """
        return tongue(*await self._spoken_to(person_id))

    async def _spoken_to(self, person_id: int) -> SpokenTo:
        found = await self._row(_TONGUE, id=person_id)
        if found is None:
            raise LookupError(f"no person {person_id}")
        return found
