"""Rosters: the whole roster of an office is read at once and changed with one statement for each kind of change."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from rules.campaign import tree
from rules.nouns.alphabet import order_of, sought
from rules.nouns.people import Gender
from rules.nouns.service import Service
from rules.nouns.values import Subject
from rules.roster.people import OUTSIDE, KeptRoster, RosterBody, RosterEntry, RosterPerson, RosterPost, RosterUnit
from storage.columns import read
from storage.pieces import each
from storage.queries import Prepared, Query, Values, columns
from storage.repositories.base import Repository
from storage.repositories.offices.postings import KeptPosting, Postings
from storage.repositories.offices.units import BODIES, SEATS
from storage.rows.people import service_json, service_of
from storage.tables import ACCOUNT, CONVERSATION, INVITATION, OFFICE, PARTY_BODY, PERSON, POST, STAND_IN, UNIT
from storage.wake import of_person

_OFFICE: sa.BindParameter[int] = sa.bindparam("office")


class NamedOffice(NamedTuple):
    """An office and its superior body."""

    name: str
    parent: str


class EntryRow(NamedTuple):
    """A person as the roster has them, including people who have left."""

    id: int
    left_on: dt.date | None
    head: bool
    deputy: bool
    service: Service
    roster_key: str
    name: str
    position: str
    unit: str
    subject: Subject
    leader: bool
    party_member: bool
    serves_public: bool
    duty_group: str
    desk: bool
    gender: Gender | None


class FurtherPost(NamedTuple):
    """A further post."""

    roster_key: str
    unit: str
    position: str
    leader: bool
    head: bool
    deputy: bool


class KeyRow(NamedTuple):
    """A person and their roster key."""

    roster_key: str
    id: int


_NAME = Prepared(NamedOffice, sa.select(OFFICE.c.name, OFFICE.c.parent).where(OFFICE.c.id == _OFFICE))
_ENTRY = columns(EntryRow, PERSON, unit=UNIT.c.name, service=read(PERSON.c.service, service_of))
_PEOPLE = Prepared(
    _ENTRY,
    sa.select(*_ENTRY)
    .join(UNIT, UNIT.c.id == PERSON.c.unit_id)
    .where(PERSON.c.office_id == _OFFICE)
    .order_by(PERSON.c.id),
)
_POST = columns(FurtherPost, POST, roster_key=PERSON.c.roster_key, unit=UNIT.c.name)
_POSTS = Prepared(
    _POST,
    sa.select(*_POST)
    .select_from(POST.join(PERSON, PERSON.c.id == POST.c.person_id).join(UNIT, UNIT.c.id == POST.c.unit_id))
    .where(PERSON.c.office_id == _OFFICE, PERSON.c.left_on.is_(None), POST.c.ended_on.is_(None))
    .order_by(POST.c.id),
)
# The service is stored as JSON; its day is text in ISO order.
_OVER = Prepared(
    int,
    sa.select(PERSON.c.id)
    .where(
        PERSON.c.office_id == _OFFICE,
        PERSON.c.left_on.is_(None),
        PERSON.c.service["left"].as_string() < sa.bindparam("today", type_=sa.Text()),
    )
    .limit(1),
)
_KEYS = Prepared(KeyRow, sa.select(PERSON.c.roster_key, PERSON.c.id).where(PERSON.c.office_id == _OFFICE))
_THIS = PERSON.c.id == sa.bindparam("id_")
_BEGIN_TALKS = CONVERSATION.insert().from_select(
    ["person_id"],
    sa.select(PERSON.c.id).where(
        PERSON.c.office_id == _OFFICE, ~sa.exists().where(CONVERSATION.c.person_id == PERSON.c.id)
    ),
)
_ACT_NO_MORE = (
    STAND_IN.update()
    .where(STAND_IN.c.stand_in_id == sa.bindparam("id_"), STAND_IN.c.ended_at.is_(None))
    .values(ended_at=sa.bindparam("at_"))
)
_UNTIE = (
    ACCOUNT.update()
    .where(ACCOUNT.c.person_id == sa.bindparam("id_"), ACCOUNT.c.untied_at.is_(None))
    .values(untied_at=sa.bindparam("at_"))
)
_REVOKE = (
    INVITATION.update()
    .where(
        INVITATION.c.person_id == sa.bindparam("id_"), INVITATION.c.used_at.is_(None), INVITATION.c.revoked_at.is_(None)
    )
    .values(revoked_at=sa.bindparam("at_"))
)
_NEW: Values = {"previous_keys": [], "language": "vi", "snoozed_until": None}


class Rosters(Repository):
    """The rosters of all offices."""

    async def kept(self, office_id: int) -> KeptRoster:
        """Everything stored of the office's roster. A dissolved unit has no parent and is not the office."""
        kept = await self._row(_NAME, office=office_id)
        if kept is None:
            return KeptRoster()
        people = await self._rows(_PEOPLE, office=office_id)
        postings = await Postings(self._connection, self._held).kept(office_id)
        keys = {row.id: row.roster_key for row in people} | {tree.OUTSIDE: OUTSIDE}
        units = await self._rows(SEATS, office=office_id)
        names = {unit.id: unit.name for unit in units}
        bodies = await self._rows(BODIES, office=office_id)
        return KeptRoster(
            tuple(await each(lambda row: _entry(row, postings.get(row.id, ())), people)),
            tuple(
                RosterUnit(
                    unit.name,
                    names.get(unit.parent or 0, ""),
                    kept.parent if unit.name == kept.name else "",
                    unit.desk,
                    "" if unit.in_charge is None else keys.get(unit.in_charge, ""),
                    "" if unit.authority is None else keys.get(unit.authority, ""),
                )
                for unit in units
                if unit.parent is not None or unit.name == kept.name
            ),
            tuple(
                RosterPost(post.roster_key, post.unit, post.position, post.leader, _role(post.head, post.deputy))
                for post in await self._rows(_POSTS, office=office_id)
            ),
            tuple(
                RosterBody(
                    body.name,
                    body.above,
                    *(
                        "" if one is None else keys.get(one, "")
                        for one in (body.secretary, body.deputy, body.authority)
                    ),
                )
                for body in bodies
            ),
        )

    async def somebody_is_over(self, office_id: int, today: dt.date) -> bool:
        """Whether somebody's last day is past though they are not yet marked as left; the query does not delay other
        work.
        """
        given = {"office": office_id, "today": today.isoformat()}
        return bool(await self._connection.fetch_apart(_OVER, given))

    async def ids(self, office_id: int) -> dict[str, int]:
        """Roster key → person, including people who have left."""
        return {row.roster_key: row.id for row in await self._rows(_KEYS, office=office_id)}

    async def add(self, office_id: int, people: Iterable[tuple[RosterPerson, int, dt.date | None]]) -> None:
        """Insert people: (row, id of the unit, last day if they have left already)."""
        rows = [
            {**_columns(row, unit, left_on), **_NEW, "office_id": office_id, "roster_key": row.key}
            for row, unit, left_on in people
        ]
        await self._many(PERSON.insert(), rows)
        await self._run(_BEGIN_TALKS, {"office": office_id})

    async def change(self, people: Sequence[tuple[int, RosterPerson, int, dt.date | None]]) -> None:
        """Update what the roster says of these people: (id, row, id of the unit, last day). Keys are not changed."""
        self._held.people.clear()
        # A unit has at most one head at any moment, so all heads are cleared before the new ones are set.
        await self._many(PERSON.update().where(_THIS).values(head=False), [{"id_": one[0]} for one in people])
        rows = [{"id_": id_, **_columns(row, unit, left_on)} for id_, row, unit, left_on in people]
        await self._many(PERSON.update().where(_THIS), rows)

    async def leave(self, people: Iterable[tuple[int, dt.date]], at: dt.datetime) -> None:
        """Mark these people as left: (id, last day). Their accounts end at once, their unused codes become invalid, and
        they no longer stand in for anybody.
        """
        self._held.people.clear()
        leavers = list(people)
        self._held.told.update(of_person(id_) for id_, _ in leavers)  # their open pages notice it
        nothing_more = PERSON.update().where(_THIS).values(head=False, deputy=False, desk=False)
        await self._many(nothing_more, [{"id_": id_, "left_on": day} for id_, day in leavers])
        for statement in (_UNTIE, _REVOKE, _ACT_NO_MORE):
            await self._many(statement, [{"id_": id_, "at_": at} for id_, _ in leavers])

    async def rename_office(self, office_id: int, name: str, above: str) -> None:
        """Rename the office and its superior body."""
        await self._run(OFFICE.update().where(OFFICE.c.id == office_id).values(name=name, parent=above))

    async def rename_unit(self, office_id: int, unit_id: int, name: str) -> None:
        """Rename the unit. A dissolved unit of that name is merged into it."""
        same = sa.and_(UNIT.c.office_id == office_id, UNIT.c.name == name)
        for gone in await self._rows(Query(int, sa.select(UNIT.c.id).where(same, UNIT.c.id != unit_id))):
            for table in (PERSON, POST):
                await self._run(table.update().where(table.c.unit_id == gone).values(unit_id=unit_id))
            await self._run(UNIT.delete().where(UNIT.c.id == gone))
        await self._run(UNIT.update().where(UNIT.c.id == unit_id).values(name=name))

    async def keep_body(self, office_id: int, body: tree.PartyBody) -> None:
        """Store the party body of that name; it is created if it is new."""
        row: Values = {
            "above": body.above,
            "secretary_id": body.secretary,
            "deputy_id": body.deputy,
            "authority_id": body.authority,
        }
        this = sa.and_(PARTY_BODY.c.office_id == office_id, PARTY_BODY.c.name == body.name)
        if not await self._run(PARTY_BODY.update().where(this).values(**row)):
            await self._add(PARTY_BODY, office_id=office_id, name=body.name, **row)

    async def drop_body(self, office_id: int, name: str) -> None:
        """Remove the party body."""
        await self._run(PARTY_BODY.delete().where(PARTY_BODY.c.office_id == office_id, PARTY_BODY.c.name == name))

    async def drop_unit(self, unit_id: int) -> None:
        """Remove the unit. As long as people who left belong to it, it is kept without a parent."""
        alone = {"parent_id": None, "desk": False, "in_charge_id": None, "authority_id": None}
        await self._run(UNIT.update().where(UNIT.c.id == unit_id).values(**alone))
        used = sa.union_all(*(sa.select(table.c.id).where(table.c.unit_id == unit_id) for table in (PERSON, POST)))
        if await self._row(Query(int, used.limit(1))) is None:
            await self._run(UNIT.delete().where(UNIT.c.id == unit_id))


def _entry(row: EntryRow, postings: Sequence[KeptPosting]) -> RosterEntry:
    here, last = row.left_on is None, postings[-1] if postings else None
    person = RosterPerson(
        row.roster_key,
        row.name,
        row.position,
        row.unit,
        row.subject,
        row.leader,
        _role(row.head, row.deputy) if here else "",
        row.party_member,
        row.serves_public,
        row.duty_group,
        row.desk and here,
        row.service,
        last.unit_since if last else None,
        last.position_since if last else None,
        last.role_since if last else None,
        row.gender,
    )
    return RosterEntry(row.id, person, row.left_on, last.posting.since if last else None)


def _role(head: bool, deputy: bool) -> str:  # noqa: FBT001 - two columns
    return "head" if head else "deputy" if deputy else ""


def _columns(row: RosterPerson, unit: int, left_on: dt.date | None) -> Values:
    return {
        "unit_id": unit,
        "name": row.name,
        "name_order": order_of(row.name),
        "name_sought": sought(row.name),
        "position": row.position,
        "subject": row.subject,
        "leader": row.leader,
        "head": row.role == "head",
        "deputy": row.role == "deputy",
        "party_member": row.party_member,
        "serves_public": row.serves_public,
        "duty_group": row.group,
        "desk": row.desk,
        "service": service_json(row.service),
        "left_on": left_on,
        "gender": row.gender,
    }
