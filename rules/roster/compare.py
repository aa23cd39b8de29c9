"""Comparing a new roster with the one that is kept. `rules/roster/matching.py` identifies who is who."""

import datetime as dt
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from typing import TypeVar

from rules.nouns.service import Service
from rules.roster.changes import (
    Absent,
    HeadChange,
    Leaver,
    Misdated,
    PersonChange,
    Reused,
    RosterChanges,
    Stranded,
    Undated,
    UnitChange,
)
from rules.roster.matching import in_new_names, in_other_words, matched_people, new_names
from rules.roster.people import (
    KeptRoster,
    Roster,
    RosterBody,
    RosterEntry,
    RosterPerson,
    RosterPost,
    RosterUnit,
)

One = TypeVar("One")

_unit_name = attrgetter("name")
_post_name = attrgetter("key", "unit")

_SERVICE = tuple(field.name for field in fields(Service))
_PERSON = tuple(field.name for field in fields(RosterPerson) if field.name != "service")
_SINCE = ("unit_since", "position_since", "role_since")
#: The fields that make it another post, each with a first day of its own.
_POST = ("unit", "position", "role")
_UNIT = tuple(field.name for field in fields(RosterUnit))


def changes(old: KeptRoster, new: Roster, today: dt.date) -> RosterChanges:
    """What storing `new` would change. A last day before `today` makes somebody a leaver; a future one is only noted.

    `new` must be consistent: no duplicate key or unit, and no dangling name (bot.roster.read ensures it).
    """
    names = new_names(old, new)
    known = [in_new_names(entry, names) for entry in old.entries]
    matched = matched_people(known, new.people)
    target = {person.key: _as_kept(person, today) for person in new.people}
    target |= {key: dated(entry.person, target[key]) for key, entry in matched.items()}
    keys = {entry.person.key: key for key, entry in matched.items()}
    here = {key for key, person in target.items() if not is_over(person, today)}
    pairs = [(entry, target[key]) for key, entry in matched.items()]
    before = in_other_words(old, names, keys)
    posts = tuple(post for post in new.posts if post.key in here)
    bodies = before.bodies if new.bodies is None else new.bodies
    left = _left(known, {entry.id: person for entry, person in pairs}, here, today)
    units_gone = _missing(old.units, before.units, {unit.name for unit in new.units}, _unit_name)
    return RosterChanges(
        joined=tuple(target[person.key] for person in new.people if person.key not in matched),
        returned=tuple(_person_change(*pair) for pair in pairs if _returns(*pair, here)),
        left=left,
        changed=tuple(change for pair in pairs if (change := _person_change(*pair)).fields),
        heads=_heads(before, Roster(new.units, tuple(target[key] for key in target if key in here), posts)),
        units_new=_fresh(new.units, before.units, _unit_name),
        units_gone=units_gone,
        units_changed=_units_changed(old.units, before.units, new.units),
        posts_new=_fresh(posts, before.posts, _post_name),
        posts_gone=_missing(old.posts, before.posts, set(map(_post_name, posts)), _post_name),
        posts_changed=_posts_changed(before.posts, posts),
        bodies_new=_fresh(bodies, before.bodies, _unit_name),
        bodies_gone=_missing(old.bodies, before.bodies, {body.name for body in bodies}, _unit_name),
        bodies_changed=tuple(_bodies_changed(before.bodies, bodies)),
        undated=_undated(pairs, here, new.corrected),
        corrected=frozenset(entry.id for entry, person in pairs if person.key in new.corrected),
        mistakes=(
            *_stranded(units_gone, left),
            *_reused(pairs, here),
            *_absent(((one.name, (one.in_charge, one.authority)) for one in new.units), target, here),
            *_absent(((one.name, one.leaders) for one in bodies), target, here),
            *_misdated(pairs, today),
        ),
    )


def dated(old: RosterPerson, new: RosterPerson) -> RosterPerson:
    """The row, with days kept from before where the cell is empty and nothing changed."""
    same_unit = old.unit == new.unit
    return replace(
        new,
        unit_since=new.unit_since or (old.unit_since if same_unit else None),
        position_since=new.position_since or (old.position_since if old.position == new.position else None),
        role_since=new.role_since or (old.role_since if same_unit and old.role == new.role else None),
    )


def begins(old: RosterPerson, new: RosterPerson) -> dt.date | None:
    """The first day of the post that `new` has and `old` had not; None: the post is the same, or no day is given.

    The day of a move ("Chuyển đến ngày") is the first day in the unit.
    """
    fresh = {name: getattr(new, name) for name in _SINCE if getattr(new, name) != getattr(old, name)}
    if old.unit != new.unit:
        moved_on = new.service.moved_on if new.service.moved_on != old.service.moved_on else None
        return fresh.get("unit_since") or moved_on
    if (old.position, old.role) == (new.position, new.role):
        return None
    return max((day for day in (fresh.get("position_since"), fresh.get("role_since")) if day), default=None)


def is_over(person: RosterPerson, today: dt.date) -> bool:
    """Whether the person's last day has passed."""
    return person.service.left is not None and person.service.left < today


def _as_kept(person: RosterPerson, today: dt.date) -> RosterPerson:
    """The row of a person as stored: somebody who has left heads nothing and runs no campaign."""
    return replace(person, role="", desk=False) if is_over(person, today) else person


def _person_change(entry: RosterEntry, new: RosterPerson) -> PersonChange:
    return PersonChange(entry.id, entry.person, new, differing(entry.person, new))


def differing(old: RosterPerson, new: RosterPerson) -> tuple[str, ...]:
    """The fields of RosterPerson and its Service in which the two differ."""
    own = [name for name in _PERSON if getattr(old, name) != getattr(new, name)]
    if old.service == new.service:
        return tuple(own)
    return (*own, *(name for name in _SERVICE if getattr(old.service, name) != getattr(new.service, name)))


def _left(
    known: Iterable[RosterEntry], rows: Mapping[int, RosterPerson], here: Collection[str], today: dt.date
) -> tuple[Leaver, ...]:
    """The people stored as present who are so no longer. `rows`: id → row of the new roster."""
    leavers = []
    for entry in known:
        row = rows.get(entry.id)
        if entry.left_on is None and (row is None or row.key not in here):
            on = (row.service.left if row else None) or today
            leavers.append(Leaver(entry.id, row or entry.person, on, listed=row is not None))
    return tuple(leavers)


def _returns(entry: RosterEntry, person: RosterPerson, here: Collection[str]) -> bool:
    return entry.left_on is not None and person.key in here


def _heads(before: KeptRoster, after: Roster) -> tuple[HeadChange, ...]:
    old = _heads_of([entry.person for entry in before.entries], before.posts)
    new = _heads_of(after.people, after.posts)
    return tuple(
        HeadChange(unit.name, old.get(unit.name), new.get(unit.name))
        for unit in after.units
        if _key(old.get(unit.name)) != _key(new.get(unit.name))
    )


def _heads_of(people: Collection[RosterPerson], posts: Iterable[RosterPost]) -> dict[str, RosterPerson]:
    by_key = {person.key: person for person in people}
    by_post = {post.unit: by_key[post.key] for post in posts if post.role == "head" and post.key in by_key}
    return by_post | {person.unit: person for person in people if person.role == "head"}


def _key(person: RosterPerson | None) -> str:
    return person.key if person else ""


def _fresh(new: Iterable[One], before: Iterable[One], name: Callable[[One], Hashable]) -> tuple[One, ...]:
    """Those of `new` with a name that is not known yet."""
    known = set(map(name, before))
    return tuple(one for one in new if name(one) not in known)


def _missing(
    old: Iterable[One], before: Iterable[One], wanted: Collection[Hashable], name: Callable[[One], Hashable]
) -> tuple[One, ...]:
    """Those of `old` whose new name (`before`, in the same order) does not occur any more."""
    return tuple(kept for kept, one in zip(old, before, strict=True) if name(one) not in wanted)


def _units_changed(
    old: Iterable[RosterUnit], before: Iterable[RosterUnit], new: Iterable[RosterUnit]
) -> tuple[UnitChange, ...]:
    wanted = {unit.name: unit for unit in new}
    found = []
    for kept, renamed in zip(old, before, strict=True):
        unit = wanted.get(renamed.name)
        if unit is None:
            continue
        differ = tuple(name for name in _UNIT if getattr(renamed, name) != getattr(unit, name))
        differ = ("name", *differ) if kept.name != unit.name else differ
        if differ:
            found.append(UnitChange(kept, unit, differ))
    return tuple(found)


def _posts_changed(before: Iterable[RosterPost], wanted: Iterable[RosterPost]) -> tuple[RosterPost, ...]:
    known = {_post_name(post): post for post in before}
    return tuple(post for post in wanted if known.get(_post_name(post), post) != post)


def _bodies_changed(before: Iterable[RosterBody], wanted: Iterable[RosterBody]) -> Iterator[RosterBody]:
    known = {body.name: body for body in before}
    return (body for body in wanted if known.get(body.name, body) != body)


def _stranded(gone: Iterable[RosterUnit], left: Iterable[Leaver]) -> tuple[Stranded, ...]:
    """Units that disappear with their people: more likely a forgotten part of the list than that many departures."""
    vanished: dict[str, list[RosterPerson]] = {unit.name: [] for unit in gone}
    for leaver in left:
        if not leaver.listed and leaver.person.unit in vanished:
            vanished[leaver.person.unit].append(leaver.person)
    return tuple(Stranded(unit, tuple(people)) for unit, people in vanished.items() if people)


def _reused(pairs: Iterable[tuple[RosterEntry, RosterPerson]], here: Collection[str]) -> tuple[Reused, ...]:
    return tuple(
        Reused(entry.person, person)
        for entry, person in pairs
        if _returns(entry, person, here) and entry.person.name != person.name
    )


def _undated(
    pairs: Iterable[tuple[RosterEntry, RosterPerson]], here: Collection[str], corrected: Collection[str]
) -> tuple[Undated, ...]:
    found = []
    for entry, person in pairs:
        old = entry.person
        other = tuple(name for name in _POST if getattr(old, name) != getattr(person, name))
        asked = entry.left_on is None and person.key in here and person.key not in corrected
        if other and asked and begins(old, person) is None:
            found.append(Undated(entry.id, old, person, other))
    return tuple(found)


def _misdated(pairs: Iterable[tuple[RosterEntry, RosterPerson]], today: dt.date) -> Iterator[Misdated]:
    for entry, person in pairs:
        changed = [day for name in _SINCE if (day := getattr(person, name)) and day != getattr(entry.person, name)]
        if changed and max(changed) > today:
            yield Misdated(person, max(changed), None)
        elif (day := begins(entry.person, person)) and entry.since and day <= entry.since:
            yield Misdated(person, day, entry.since)


def _absent(
    named: Iterable[tuple[str, Collection[str]]], people: Mapping[str, RosterPerson], here: Collection[str]
) -> tuple[Absent, ...]:
    return tuple(Absent(name, people[key]) for name, keys in named for key in keys if key in people and key not in here)
