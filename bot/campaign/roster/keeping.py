"""Storing a roster: units, people, further posts and leaders in charge are updated to match it."""

import asyncio
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.clock import ZONE
from bot.roster.dating import undated
from rules.campaign import tree
from rules.nouns.errors import NamedError, RosterErrors
from rules.roster.changes import PersonChange, RosterChanges
from rules.roster.compare import begins, changes, is_over
from rules.roster.people import OUTSIDE, KeptRoster, Roster, RosterPerson, RosterUnit
from storage.repositories.offices.postings import NewPosting
from storage.transaction import Transaction


class RosterChangedMeanwhile(NamedError):
    """Somebody else changed the roster after it was looked at; nothing was stored."""


async def apply_roster(
    tx: Transaction, office: int, roster: Roster, now: dt.datetime, seen: int | None = None
) -> RosterChanges:
    """Update the stored data of an office to match the roster; people missing in it have left. Returns the changes.

    `seen`: the revision (`units.revision`) that was confirmed. Raises RosterChangedMeanwhile when it is outdated, and
    RosterErrors when the roster contradicts stored data.
    """
    await _begin(tx, office, await tx.units.revision(office) if seen is None else seen)
    change = compared(await tx.rosters.kept(office), roster, now)
    if change.mistakes or change.undated:
        raise RosterErrors((*(slip.mistake for slip in change.mistakes), *undated(change, roster.places)))
    if not change.nothing:
        await _keep(tx, office, roster, change, now)
    return change


async def _begin(tx: Transaction, office: int, seen: int) -> None:
    """Lock first, so that two people changing a roster at once are handled one after the other."""
    if not await tx.units.revise(office, seen):
        raise RosterChangedMeanwhile("roster_changed_meanwhile")


async def _keep(tx: Transaction, office: int, roster: Roster, change: RosterChanges, now: dt.datetime) -> None:
    units = await _keep_units(tx, office, roster, change)
    await _keep_people(tx, office, units, change, now)
    people = await tx.rosters.ids(office)
    await _keep_postings(tx, office, units, people, change, now)
    await _keep_posts(tx, units, people, change, _day(now))
    await _name_leaders(tx, units, people, (*change.units_new, *(one.new for one in change.units_changed)))
    for gone in change.units_gone:
        await tx.rosters.drop_unit(units[gone.name])
    await _keep_bodies(tx, office, people, change)


def compared(kept: KeptRoster, roster: Roster, now: dt.datetime) -> RosterChanges:
    """The changes that storing the roster now would make. Whoever heads the unit that runs campaigns runs them."""
    desks = {one.name for one in roster.units if one.desk}
    heads = {post.key for post in roster.posts if post.role == "head" and post.unit in desks}
    people = (
        replace(one, desk=True) if one.key in heads or (one.role == "head" and one.unit in desks) else one
        for one in roster.people
    )
    return changes(kept, replace(roster, people=tuple(people)), _day(now))


class Leaving(NamedTuple):
    """The people whose last day is past, as of the roster's `revision`."""

    revision: int
    roster: Roster
    change: RosterChanges


async def leaving(tx: Transaction, office: int, now: dt.datetime) -> Leaving | None:
    """The people whose last day is past and who are not marked as left; None when there are none. It only reads, for a
    large office for more than a second, and is therefore called before the transaction that marks them.
    """
    revision = await tx.units.revision(office)
    kept = await tx.rosters.kept(office)
    return await asyncio.to_thread(_leaving, kept, revision, now)


def _leaving(kept: KeptRoster, revision: int, now: dt.datetime) -> Leaving | None:
    due = {one.person.key for one in kept.entries if one.left_on is None and is_over(one.person, _day(now))}
    if not due:
        return None
    here = _but(due)
    units = tuple(replace(one, in_charge=here(one.in_charge), authority=here(one.authority)) for one in kept.units)
    bodies = tuple(
        replace(one, secretary=here(one.secretary), deputy=here(one.deputy), authority=here(one.authority))
        for one in kept.bodies
    )
    roster = replace(kept.present, units=units, bodies=bodies)
    change = compared(kept, roster, now)
    if change.mistakes or change.undated:
        raise RosterErrors((*(slip.mistake for slip in change.mistakes), *undated(change, roster.places)))
    return Leaving(revision, roster, change)


async def see_leavers_off(tx: Transaction, office: int, of: Leaving, now: dt.datetime) -> None:
    """Mark them as left and remove them as leaders of units. Called daily, besides imports. Raises
    RosterChangedMeanwhile.
    """
    await _begin(tx, office, of.revision)
    await _keep(tx, office, of.roster, of.change, now)


def _but(left: Collection[str]) -> Callable[[str], str]:
    """A key in a unit or party body as the clerk would have to write it: an import refuses to name people who have
    left.
    """
    return lambda key: "" if key in left else key


def _day(now: dt.datetime) -> dt.date:
    return now.astimezone(ZONE).date()


async def _keep_units(tx: Transaction, office: int, roster: Roster, change: RosterChanges) -> dict[str, int]:
    """Store the units, parents first whatever the order of the file; returns unit name (including dissolved units) →
    id.
    """
    ids = await tx.units.of_office(office)
    for changed in change.units_changed:
        if not changed.new.parent:
            await tx.rosters.rename_office(office, changed.new.name, changed.new.above)
        if changed.old.name != changed.new.name:
            ids[changed.new.name] = ids.pop(changed.old.name)
            await tx.rosters.rename_unit(office, ids[changed.new.name], changed.new.name)
    differ = {one.name for one in (*change.units_new, *(changed.new for changed in change.units_changed))}
    for one in _parents_first(roster.units):
        if one.name in differ:
            ids[one.name] = await tx.units.keep_unit(office, one.name, ids.get(one.parent), desk=one.desk)
    return ids


def _parents_first(units: Sequence[RosterUnit]) -> Iterable[RosterUnit]:
    """The units, parents first. The roster was checked for cycles before."""
    above = {unit.name: unit.parent for unit in units}

    def depth(unit: RosterUnit) -> int:
        steps, name = 0, unit.parent
        while name:
            steps, name = steps + 1, above[name]
        return steps

    return sorted(units, key=depth)


async def _keep_people(
    tx: Transaction, office: int, units: dict[str, int], change: RosterChanges, now: dt.datetime
) -> None:
    today = _day(now)
    rows: dict[int, PersonChange] = {one.id: one for one in (*change.changed, *change.returned)}
    for one in rows.values():
        if "key" in one.fields:
            await tx.people.rename_roster_key(one.id, one.new.key)
    await tx.rosters.leave([(leaver.id, leaver.on) for leaver in change.left], now)
    await tx.rosters.change([(one.id, one.new, units[one.new.unit], _left_on(one.new, today)) for one in rows.values()])
    await tx.rosters.add(office, [(one, units[one.unit], _left_on(one, today)) for one in change.joined])


async def _keep_postings(
    tx: Transaction, office: int, units: dict[str, int], people: dict[str, int], change: RosterChanges, now: dt.datetime
) -> None:
    """Store since when everybody is where they are now. A day that was unknown before, or was wrong, replaces the
    posting concerned.
    """
    if not (change.joined or change.returned or change.changed):
        return
    kept = await tx.postings.kept(office)
    came = [(people[one.key], one) for one in change.joined] + [(one.id, one.new) for one in change.returned]
    new = [NewPosting(person, row, units[row.unit], _first_day(row)) for person, row in came]
    back, left = {one.id for one in change.returned}, {one.id for one in change.left}
    for one in change.changed:
        if one.id in back | left or not _POSTING & set(one.fields):
            continue
        held, first = kept.get(one.id, ()), begins(one.old, one.new)
        if first and one.id not in change.corrected:
            new.append(NewPosting(one.id, one.new, units[one.new.unit], first))
            continue
        last = held[-1] if held else None
        told = {"unit_since", "position_since", "role_since"} & set(one.fields)
        since = _first_day(one.new) if told or last is None else last.posting.since
        new.append(NewPosting(one.id, one.new, units[one.new.unit], since, last.id if last else None))
    await tx.postings.add(new, now)


#: What a posting contains about a person.
_POSTING = {"unit", "position", "role", "leader", "unit_since", "position_since", "role_since"}


def _first_day(person: RosterPerson) -> dt.date | None:
    """The first day of everything they are now; None when the roster does not say."""
    days = (person.unit_since or person.service.moved_on, person.position_since, person.role_since)
    return max((day for day in days if day), default=None)


def _left_on(person: RosterPerson, today: dt.date) -> dt.date | None:
    return person.service.left if is_over(person, today) else None


async def _keep_posts(
    tx: Transaction, units: dict[str, int], people: dict[str, int], change: RosterChanges, today: dt.date
) -> None:
    keys = {one.old.key: one.new.key for one in change.renamed}
    names = {one.old.name: one.new.name for one in change.units_changed}
    for post in change.posts_gone:
        who, where = keys.get(post.key, post.key), names.get(post.unit, post.unit)
        await tx.people.end_post(people[who], units[where], today)
    for post in (*change.posts_changed, *change.posts_new):
        role = {"head": post.role == "head", "deputy": post.role == "deputy"}
        await tx.people.keep_post(people[post.key], units[post.unit], post.position, leader=post.leader, **role)


async def _name_leaders(
    tx: Transaction, units: dict[str, int], people: dict[str, int], changed: Iterable[RosterUnit]
) -> None:
    for one in changed:
        authority = tree.OUTSIDE if one.authority == OUTSIDE else people.get(one.authority)
        await tx.units.name_leaders(units[one.name], people.get(one.in_charge), authority)


async def _keep_bodies(tx: Transaction, office: int, people: dict[str, int], change: RosterChanges) -> None:
    for gone in change.bodies_gone:
        await tx.rosters.drop_body(office, gone.name)
    for one in (*change.bodies_new, *change.bodies_changed):
        authority = tree.OUTSIDE if one.authority == OUTSIDE else people.get(one.authority)
        body = tree.PartyBody(one.name, one.above, people.get(one.secretary), people.get(one.deputy), authority)
        await tx.rosters.keep_body(office, body)
