"""Identifying who is who between the kept roster and a new one.

A person is identified by their key. A new key counts as somebody's changed key only if the old key is gone and exactly
one person on either side has this name, unit and position. A unit is identified by its name. A new name counts as a
renamed unit only if exactly the same people (by key) belong to it as to one that is gone, and none of them has a new
day of moving. The root is always the root.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rules.roster.people import KeptRoster, Roster, RosterEntry, RosterPerson


def new_names(old: KeptRoster, new: Roster) -> Mapping[str, str]:
    """Old name of every unit → its name in the new roster, which is the same unless the unit was renamed."""
    here = {unit.name for unit in new.units}
    names = {unit.name: unit.name for unit in old.units}
    names |= {unit.name: new.office.name for unit in old.units if not unit.parent}
    gone = {unit.name for unit in old.units if names[unit.name] not in here}
    before = _members(entry.person for entry in old.entries if entry.left_on is None)
    since = {entry.person.key: entry.person.service.moved_on for entry in old.entries}
    fresh = here - set(names.values())
    after = {people: unit for unit, people in _members(new.people).items() if unit in fresh}
    moved = {person.key for person in new.people if person.service.moved_on != since.get(person.key)}
    for unit in gone:
        people = before.get(unit, frozenset())
        if people in after and not people & moved:
            names[unit] = after[people]
    return names


def _members(people: Iterable[RosterPerson]) -> dict[str, frozenset[str]]:
    members: dict[str, set[str]] = {}
    for person in people:
        members.setdefault(person.unit, set()).add(person.key)
    return {unit: frozenset(keys) for unit, keys in members.items()}


def in_new_names(entry: RosterEntry, names: Mapping[str, str]) -> RosterEntry:
    """The person with their unit's name in the new roster."""
    unit = names.get(entry.person.unit, entry.person.unit)
    return entry if unit == entry.person.unit else replace(entry, person=replace(entry.person, unit=unit))


def matched_people(known: Iterable[RosterEntry], people: Iterable[RosterPerson]) -> dict[str, RosterEntry]:
    """New key → the known person."""
    by_key = {entry.person.key: entry for entry in known}
    rows = {person.key: person for person in people}
    matched = {key: by_key[key] for key in rows if key in by_key}
    here = [entry for entry in by_key.values() if entry.left_on is None]
    once_here = _once([entry.person for entry in here])
    once_there = _once(rows.values())
    lost = {_looks(entry.person): entry for entry in here if entry.person.key not in rows}
    for key, person in rows.items():
        looks = _looks(person)
        if key not in by_key and looks in lost and looks in once_here and looks in once_there:
            matched[key] = lost[looks]
    return matched


def _looks(person: RosterPerson) -> tuple[str, str, str]:
    return person.name, person.unit, person.position


def _once(people: Iterable[RosterPerson]) -> set[tuple[str, str, str]]:
    return {looks for looks, count in Counter(map(_looks, people)).items() if count == 1}


def in_other_words(old: KeptRoster, names: Mapping[str, str], keys: Mapping[str, str]) -> KeptRoster:
    """The present people, units and posts that are kept, with their new names and keys."""
    people = (in_new_names(entry, names) for entry in old.entries if entry.left_on is None)
    return KeptRoster(
        tuple(replace(one, person=replace(one.person, key=keys.get(one.person.key, one.person.key))) for one in people),
        tuple(
            replace(
                unit,
                name=names[unit.name],
                parent=names.get(unit.parent, unit.parent),
                in_charge=keys.get(unit.in_charge, unit.in_charge),
                authority=keys.get(unit.authority, unit.authority),
            )
            for unit in old.units
        ),
        tuple(
            replace(post, key=keys.get(post.key, post.key), unit=names.get(post.unit, post.unit)) for post in old.posts
        ),
        tuple(
            replace(
                body,
                secretary=keys.get(body.secretary, body.secretary),
                deputy=keys.get(body.deputy, body.deputy),
                authority=keys.get(body.authority, body.authority),
            )
            for body in old.bodies
        ),
    )
