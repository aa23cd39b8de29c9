"""Checks across rows: names and keys that refer to nothing, two heads of one unit, dates in the wrong order."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from bot.roster.column import ROLES, YES_NO
from bot.roster.columns import (
    PEOPLE_SHEET,
    TITLES,
    UNITS_SHEET,
    BodyOnSheet,
    PersonOnSheet,
    PostOnSheet,
    UnitOnSheet,
)
from bot.roster.worksheet import Worksheet
from rules.nouns.errors import Mistake
from rules.nouns.text import folded
from rules.nouns.values import BODIES, Subject
from rules.roster.people import OUTSIDE

_DASHES = re.compile("[\u2010-\u2015\u2212]")


def misfits(
    units: Worksheet[UnitOnSheet],
    people: Worksheet[PersonOnSheet],
    posts: Worksheet[PostOnSheet],
    bodies: Worksheet[BodyOnSheet],
) -> Iterator[Mistake]:
    """All such mistakes. A wrong row still counts by its name or key, so that nothing is reported twice. References to
    a sheet are checked only if that sheet could be read.
    """
    told = {mistake.cell for sheet in (units, people, posts, bodies) for mistake in sheet.mistakes}
    found = chain(
        _units(units),
        _in_charge(units, people),
        _people(units, people),
        chain.from_iterable(_service(people, row) for row in people.rows),
        _posts(units, people, posts),
        _heads(people, posts),
        _bodies(people, bodies),
    )
    return (mistake for mistake in found if mistake.cell not in told or not (mistake.cell and mistake.cell.name))


def unit_names(units: Worksheet[UnitOnSheet]) -> Mapping[str, str]:
    """Spelling of a unit → its name in the sheet of units; capitals, blanks and dashes are ignored."""
    names: dict[str, str] = {}
    for _, name in _texts(units, "name"):
        names.setdefault(folded(name), name)
    return names


def person_keys(people: Worksheet[PersonOnSheet]) -> Mapping[str, str]:
    """Spelling of a key → the key in the sheet of people."""
    keys: dict[str, str] = {}
    for _, key in _texts(people, "key"):
        keys.setdefault(same_key(key), key)
    return keys


def same_key(key: str) -> str:
    """A key in the form used for comparison: capitals and the length of dashes are ignored."""
    return _DASHES.sub("-", key).casefold()


def _texts(sheet: Worksheet[Any], column: str) -> Iterator[tuple[int, str]]:
    """Row number and text of a column, for every row that has one."""
    return ((number, text) for number, row in sheet.written if isinstance(text := row.get(column), str))


def _units(units: Worksheet[UnitOnSheet]) -> Iterator[Mistake]:
    """Checks that there is one office, parents exist, names are unique, and there are no cycles."""
    names = unit_names(units)
    first: dict[str, int] = {}
    parents = {folded(str(row.get("name", ""))): folded(str(row.get("parent", ""))) for _, row in units.written}
    roots = [number for number, row in units.written if "parent" not in row]
    if units.whole and len(roots) != 1:
        yield units.of_all("one_office", "parent", rows=str(len(roots)), lines=", ".join(map(str, roots)))
    for number, name in _texts(units, "name"):
        if first.setdefault(folded(name), number) != number:
            yield units.mistake(number, "name", "unit_once", unit=name, row=first[folded(name)])
    for number, parent in _texts(units, "parent"):
        if folded(parent) not in names and units.tells("name"):
            yield units.mistake(number, "parent", "known_unit", unit=parent, sheet=UNITS_SHEET)
    for number, name in _texts(units, "name"):
        if parents[folded(name)] in names and _in_a_circle(folded(name), parents):
            yield units.mistake(number, "parent", "unit_circle", unit=name)


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
    """Checks that people named for a unit are on the roster, and that its head is not its leader in charge."""
    keys, known = person_keys(people), {same_key(row.key): row for row in people.rows}
    for number, row in units.written if people.tells("key") else ():
        for column in ("in_charge", "authority"):
            named = str(row.get(column, ""))
            if named and not is_outside(named) and same_key(named) not in keys:
                yield units.mistake(number, column, "known_person", key=named, sheet=PEOPLE_SHEET)
        leader = known.get(same_key(str(row.get("in_charge", ""))))
        if leader and leader.role == "head" and folded(leader.unit) == folded(str(row.get("name", ""))):
            yield units.mistake(number, "in_charge", "leader_from_above", key=leader.key)


def _people(units: Worksheet[UnitOnSheet], people: Worksheet[PersonOnSheet]) -> Iterator[Mistake]:
    """Checks that units exist, keys are unique, and there is at least one person."""
    if people.whole and not people.written:
        yield people.of_all("some_people")
    first: dict[str, int] = {}
    for number, key in _texts(people, "key"):
        if first.setdefault(same_key(key), number) != number:
            yield people.mistake(number, "key", "person_once", key=key, row=first[same_key(key)])
    yield from _in_known_units(units, people)


def _in_known_units(units: Worksheet[UnitOnSheet], sheet: Worksheet[Any]) -> Iterator[Mistake]:
    known = unit_names(units)
    for number, unit in _texts(sheet, "unit") if units.tells("name") else ():
        if folded(unit) not in known:
            yield sheet.mistake(number, "unit", "known_unit", unit=unit, sheet=UNITS_SHEET)


#: Pairs of dates in a row, of which the first must not be later.
_IN_ORDER = (
    ("left", "joined"),
    ("left", "moved_on"),
    ("moved_on", "joined"),
    ("unit_since", "joined"),
    ("role_since", "unit_since"),
    ("left", "unit_since"),
    ("left", "position_since"),
    ("left", "role_since"),
)


def _service(people: Worksheet[PersonOnSheet], row: PersonOnSheet) -> Iterator[Mistake]:
    """Contradictions within a row, and values that require another cell; each mistake names both cells."""
    for later, earlier in _IN_ORDER:
        first, last = getattr(row, earlier), getattr(row, later)
        if first and last and last < first:
            yield people.against(row, later, "day_before", earlier)
    if row.left_as and not row.left:
        yield people.mistake(row.number, "left_as", "last_day_too", column=TITLES["left"])
    if row.left and any(leave.since > row.left for leave in row.leaves):
        yield people.against(row, "leaves", "away_after", "left")
    yield from _move(people, row)
    yield from _membership(people, row)


def _move(people: Worksheet[PersonOnSheet], row: PersonOnSheet) -> Iterator[Mistake]:
    """Checks what a row says about the place before the present one."""
    if row.there_since and row.moved_on and row.moved_on <= row.there_since:
        yield people.against(row, "moved_on", "day_after", "there_since")
    for key, known in (("moved_from", row.moved_from), ("there_since", row.there_since)):
        if known and not row.moved_on:
            yield people.mistake(row.number, key, "day_of_move", column=TITLES["moved_on"])
    if row.unit_since and row.moved_on and row.unit_since != row.moved_on:
        yield people.against(row, "unit_since", "same_day", "moved_on")
    if row.moved_from and folded(row.moved_from) == folded(row.unit):
        yield people.against(row, "moved_from", "same_place", "unit")


def _membership(people: Worksheet[PersonOnSheet], row: PersonOnSheet) -> Iterator[Mistake]:
    """Only party members have party dates; members must have a member's subject or a cell."""
    yes, no = (next(word for word, value in YES_NO.items() if value is wanted) for wanted in (True, False))
    if row.party_since and not (row.party_member or row.subject in BODIES | {Subject.PARTY_MEMBER}):
        yield people.mistake(row.number, "party_since", "only_when", column=TITLES["party_member"], word=yes)
    if row.party_member or "party_member" not in row.model_fields_set or row.subject in BODIES:
        return
    if row.subject is Subject.PARTY_MEMBER:
        yield people.against(row, "party_member", "said_otherwise", "subject", word=no)
    for key in ("party_cell", "temporary_cell"):
        if getattr(row, key):
            yield people.against(row, key, "against_no", "party_member", word=no)


def _posts(
    units: Worksheet[UnitOnSheet], people: Worksheet[PersonOnSheet], posts: Worksheet[PostOnSheet]
) -> Iterator[Mistake]:
    """Checks further posts: of people on the roster, in existing units, once for each unit, and not in their own."""
    own = {same_key(str(row.get("key", ""))): folded(str(row.get("unit", ""))) for _, row in people.written}
    first: dict[tuple[str, str], int] = {}
    yield from _in_known_units(units, posts)
    for number, row in posts.written:
        key, unit = str(row.get("key", "")), str(row.get("unit", ""))
        who, where = same_key(key), folded(unit)
        if key and people.tells("key") and who not in own:
            yield posts.mistake(number, "key", "known_person", key=key, sheet=PEOPLE_SHEET)
        if unit and own.get(who) == where:
            yield posts.mistake(number, "unit", "post_elsewhere", unit=unit, sheet=PEOPLE_SHEET)
        elif key and unit and first.setdefault((who, where), number) != number:
            yield posts.mistake(number, "unit", "post_once", key=key, unit=unit, row=first[who, where])


def _heads(people: Worksheet[PersonOnSheet], posts: Worksheet[PostOnSheet]) -> Iterator[Mistake]:
    """Checks that a unit has at most one head, by main or further post."""
    first: dict[str, tuple[str, int]] = {}
    for sheet in (people, posts):
        for number, row in sheet.written:
            unit = str(row.get("unit", ""))
            if not unit or ROLES.get(str(row.get("role", "")).casefold()) != "head":
                continue
            where, line = first.setdefault(folded(unit), (sheet.name, number))
            if (where, line) == (sheet.name, number):
                continue
            if where == sheet.name:
                yield sheet.mistake(number, "role", "one_head", unit=unit, row=line)
            else:
                yield sheet.mistake(number, "role", "one_head_of_sheet", unit=unit, row=line, sheet=where)


#: People named for a party body, who must be party members.
_LEADERS = ("secretary", "deputy", "authority")


def _bodies(people: Worksheet[PersonOnSheet], bodies: Worksheet[BodyOnSheet]) -> Iterator[Mistake]:
    """Checks party bodies: unique names, none above itself, different leaders."""
    first: dict[str, int] = {}
    above = {folded(str(row.get("name", ""))): folded(str(row.get("above", ""))) for _, row in bodies.written}
    for number, name in _texts(bodies, "name"):
        if first.setdefault(folded(name), number) != number:
            yield bodies.mistake(number, "name", "unit_once", unit=name, row=first[folded(name)])
        if _in_a_circle(folded(name), above):
            yield bodies.mistake(number, "above", "unit_circle", unit=name)
    for number, row in bodies.written:
        secretary, deputy = (str(row.get(column, "")) for column in ("secretary", "deputy"))
        if secretary and same_key(secretary) == same_key(deputy):
            yield bodies.mistake(number, "deputy", "other_than_secretary", key=deputy)
    yield from _leaders(people, bodies) if people.tells("key") else ()


def _leaders(people: Worksheet[PersonOnSheet], bodies: Worksheet[BodyOnSheet]) -> Iterator[Mistake]:
    """Leaders who are not on the roster or not party members."""
    keys, known = person_keys(people), {same_key(row.key): row for row in people.rows}
    named = ((number, column, key) for column in _LEADERS for number, key in _texts(bodies, column))
    for number, column, key in named:
        if column == "authority" and is_outside(key):
            continue
        person = known.get(same_key(key))
        if same_key(key) not in keys:
            yield bodies.mistake(number, column, "known_person", key=key, sheet=PEOPLE_SHEET)
        elif person and not (person.party_member or person.subject is Subject.PARTY_MEMBER):
            yield bodies.mistake(number, column, "party_member_there", key=key, sheet=PEOPLE_SHEET)
