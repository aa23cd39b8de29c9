"""What only shows when rows are held side by side: names and keys that lead nowhere, two heads, dates the wrong way."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from bot.roster.column import YES_NO
from bot.roster.columns import PEOPLE_SHEET, TITLES, UNITS_SHEET, PersonOnSheet, PostOnSheet, UnitOnSheet
from bot.roster.worksheet import Worksheet
from rules.nouns.errors import Mistake
from rules.nouns.values import Subject
from rules.roster.people import OUTSIDE

#: Rows that are no human being: their head speaks for them, and their day in the party is that of their founding.
_BODIES = frozenset({Subject.COLLECTIVE, Subject.PARTY_CELL, Subject.PARTY_GROUP, Subject.ORGANISATION})


def misfits(
    units: Worksheet[UnitOnSheet], people: Worksheet[PersonOnSheet], posts: Worksheet[PostOnSheet]
) -> Iterator[Mistake]:
    """All of them; every row by itself is right already."""
    yield from _units(units)
    yield from _in_charge(units, people)
    yield from _people(units, people)
    yield from chain.from_iterable(_service(people, row) for row in people.rows)
    yield from _posts(units, people, posts)
    yield from _heads(people, posts)


def _units(units: Worksheet[UnitOnSheet]) -> Iterator[Mistake]:
    """One office, known parents, no name twice, no circle."""
    names = Counter(row.name for row in units.rows)
    parents = {row.name: row.parent for row in units.rows}
    roots = [row for row in units.rows if not row.parent]
    if len(roots) != 1:
        yield units.of_all("one_office", "parent", rows=str(len(roots)))
    for row in units.rows:
        if names[row.name] > 1:
            yield units.mistake(row.number, "name", "unit_once", unit=row.name)
        if row.parent and row.parent not in parents:
            yield units.mistake(row.number, "parent", "known_unit", unit=row.parent, sheet=UNITS_SHEET)
        elif _in_a_circle(row.name, parents):
            yield units.mistake(row.number, "parent", "unit_circle", unit=row.name)


def _in_a_circle(name: str, parents: Mapping[str, str]) -> bool:
    seen = {name}
    while name := parents.get(name, ""):
        if name in seen:
            return True
        seen.add(name)
    return False


def is_outside(authority: str) -> bool:
    """Whether the clerk says that an authority outside the office decides."""
    return authority.casefold() == OUTSIDE


def _in_charge(units: Worksheet[UnitOnSheet], people: Worksheet[PersonOnSheet]) -> Iterator[Mistake]:
    """Who is named beside a unit is on the roster; its own head is not the leader in charge of it from above."""
    known = {row.key: row for row in people.rows}
    for row in units.rows:
        authority = "" if is_outside(row.authority) else row.authority
        for column, named in (("in_charge", row.in_charge), ("authority", authority)):
            if named and named not in known:
                yield units.mistake(row.number, column, "known_person", key=named, sheet=PEOPLE_SHEET)
        leader = known.get(row.in_charge)
        if leader and leader.role == "head" and leader.unit == row.name:
            yield units.mistake(row.number, "in_charge", "leader_from_above", key=leader.key)


def _people(units: Worksheet[UnitOnSheet], people: Worksheet[PersonOnSheet]) -> Iterator[Mistake]:
    """Known units, no number twice, at least one person."""
    if not people.rows:
        yield people.of_all("some_people")
    known = {row.name for row in units.rows}
    first: dict[str, int] = {}
    for row in people.rows:
        if first.setdefault(row.key, row.number) != row.number:
            yield people.mistake(row.number, "key", "person_once", key=row.key, row=first[row.key])
        if row.unit not in known:
            yield people.mistake(row.number, "unit", "known_unit", unit=row.unit, sheet=UNITS_SHEET)


def _service(people: Worksheet[PersonOnSheet], row: PersonOnSheet) -> Iterator[Mistake]:
    """Days in their order, and days that need another."""
    if row.joined and row.left and row.left < row.joined:
        yield people.mistake(row.number, "left", "day_before", column=TITLES["joined"])
    if row.there_since and row.moved_on and row.moved_on <= row.there_since:
        yield people.mistake(row.number, "moved_on", "day_after", column=TITLES["there_since"])
    for key, known in (("moved_from", row.moved_from), ("there_since", row.there_since)):
        if known and not row.moved_on:
            yield people.mistake(row.number, key, "day_of_move", column=TITLES["moved_on"])
    if row.party_since and not (row.party_member or row.subject in _BODIES | {Subject.PARTY_MEMBER}):
        yes = next(word for word, value in YES_NO.items() if value)
        yield people.mistake(row.number, "party_since", "only_when", column=TITLES["party_member"], word=yes)


def _posts(
    units: Worksheet[UnitOnSheet], people: Worksheet[PersonOnSheet], posts: Worksheet[PostOnSheet]
) -> Iterator[Mistake]:
    """Of people on the roster, in known units, in each unit once, and not in their own."""
    known = {row.name for row in units.rows}
    own = {row.key: row.unit for row in people.rows}
    first: dict[tuple[str, str], int] = {}
    for row in posts.rows:
        key, unit = row.key, row.unit
        if key not in own:
            yield posts.mistake(row.number, "key", "known_person", key=key, sheet=PEOPLE_SHEET)
        if unit not in known:
            yield posts.mistake(row.number, "unit", "known_unit", unit=unit, sheet=UNITS_SHEET)
        elif own.get(key) == unit:
            yield posts.mistake(row.number, "unit", "post_elsewhere", unit=unit, sheet=PEOPLE_SHEET)
        elif first.setdefault((key, unit), row.number) != row.number:
            yield posts.mistake(row.number, "unit", "post_once", key=key, unit=unit, row=first[key, unit])


def _heads(people: Worksheet[PersonOnSheet], posts: Worksheet[PostOnSheet]) -> Iterator[Mistake]:
    """At most one head a unit, by first or second post."""
    first: dict[str, tuple[str, int]] = {}
    for sheet in (people, posts):
        for row in sheet.rows:
            if row.role != "head":
                continue
            where, number = first.setdefault(row.unit, (sheet.name, row.number))
            if (where, number) == (sheet.name, row.number):
                continue
            if where == people.name:
                yield sheet.mistake(row.number, "role", "one_head", unit=row.unit, row=number)
            else:
                yield sheet.mistake(row.number, "role", "one_head_of_sheet", unit=row.unit, row=number, sheet=where)
