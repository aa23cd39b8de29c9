"""Keeps a roster: units, people, second posts, who is in charge of whom."""

import datetime as dt

from bot.roster.values import Roster, RosterPerson
from rules.people import Person
from storage.unit import Unit


async def apply_roster(unit: Unit, office: int, roster: Roster, now: dt.datetime) -> None:
    """Make what is kept of an office match the roster; who is no longer in it has left."""
    units = await _keep_units(unit, office, roster)
    desks = {one.name for one in roster.units if one.desk}
    kept = await unit.people.roster(office)
    for row in roster.people:
        known = kept.pop(row.key, None)
        person = _person(row, known.id if known else 0, units[row.unit], desk=row.desk or (row.role == "head" and row.unit in desks))
        if known:
            await unit.people.update(person)
        else:
            await unit.people.add(person, row.key)
    for person in kept.values():
        await leave(unit, person.id, now)
    people = await unit.people.roster(office)
    for post in roster.posts:
        role = {"head": post.role == "head", "deputy": post.role == "deputy"}
        await unit.people.keep_post(people[post.key].id, units[post.unit], post.position, leader=post.leader, **role)
    for one in roster.units:
        in_charge, authority = (people[key].id if key else None for key in (one.in_charge, one.authority))
        await unit.units.name_leaders(units[one.name], in_charge, authority)


async def leave(unit: Unit, person: int, now: dt.datetime) -> None:
    """Somebody has left: nothing is theirs any more, and their accounts stop at once."""
    await unit.people.leave(person, now.date())
    await unit.accounts.untie_person(person, now)
    await unit.invitations.revoke_open(person, now)


async def _keep_units(unit: Unit, office: int, roster: Roster) -> dict[str, int]:
    """Unit name → id; parents first, whatever the order of the file."""
    ids: dict[str, int] = {}
    waiting = list(roster.units)
    while waiting:
        ready = [one for one in waiting if not one.parent or one.parent in ids]
        assert ready, "the roster was checked for circles"
        for one in ready:
            ids[one.name] = await unit.units.keep_unit(office, one.name, ids.get(one.parent), desk=one.desk)
        waiting = [one for one in waiting if one.name not in ids]
    return ids


def _person(row: RosterPerson, id_: int, unit: int, *, desk: bool) -> Person:
    return Person(
        id=id_,
        name=row.name,
        position=row.position,
        unit_id=unit,
        unit=row.unit,
        office="",
        subject=row.subject,
        leader=row.leader,
        head=row.role == "head",
        deputy=row.role == "deputy",
        party_member=row.party_member,
        serves_public=row.serves_public,
        group=row.group,
        desk=desk,
        service=row.service,
    )
