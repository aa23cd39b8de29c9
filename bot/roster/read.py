"""Reads the file into a roster, or reports everything that is wrong with it at once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter

from bot.roster.columns import (
    BODIES_SHEET,
    PEOPLE_SHEET,
    POSTS_SHEET,
    SERVICE_FIELDS,
    UNITS_SHEET,
    BodyOnSheet,
    PersonOnSheet,
    PostOnSheet,
    SheetLine,
    UnitOnSheet,
)
from bot.roster.fitting import is_outside, misfits, person_keys, same_key, unit_names
from bot.roster.package import workbook_of
from bot.roster.worksheet import read_sheet
from rules.nouns.errors import Mistake, RosterErrors
from rules.nouns.service import NO_SERVICE, Leave, LeaveKind, Leaving, Service
from rules.nouns.text import folded
from rules.nouns.values import Subject
from rules.roster.people import OUTSIDE, Roster, RosterBody, RosterPerson, RosterPlaces, RosterPost, RosterUnit

_SHEETS = (UNITS_SHEET, PEOPLE_SHEET, POSTS_SHEET, BODIES_SHEET)
#: The fields of rows that name a unit, and those that name a person.
_UNITS = frozenset({"unit", "parent", "moved_from"})
_KEYS = frozenset({"key", "in_charge", "authority", "secretary", "deputy"})

RowT = TypeVar("RowT", bound=SheetLine)


def read_roster(file: Path | bytes) -> Roster:
    """The roster of the file. Raises RosterErrors naming every mistake with its cell."""
    with workbook_of(file) as workbook:
        units = read_sheet(workbook, UNITS_SHEET, UnitOnSheet)
        people = read_sheet(workbook, PEOPLE_SHEET, PersonOnSheet)
        posts = read_sheet(workbook, POSTS_SHEET, PostOnSheet)
        bodies = read_sheet(workbook, BODIES_SHEET, BodyOnSheet)
    sheets = (units, people, posts, bodies)
    mistakes = [*(slip for sheet in sheets for slip in sheet.mistakes), *misfits(*sheets)]
    if mistakes:
        raise RosterErrors(tuple(sorted(mistakes, key=_place)))
    names, keys = unit_names(units), person_keys(people)
    return Roster(
        tuple(_unit(_as_named(row, names, keys)) for row in units.rows),
        tuple(_person(_as_named(row, names, keys)) for row in people.rows),
        tuple(_post(_as_named(row, names, keys)) for row in posts.rows),
        tuple(_body(_as_named(row, names, keys)) for row in bodies.rows) or None,
        places=RosterPlaces(
            PEOPLE_SHEET,
            {keys.get(same_key(row.key), row.key): row.number for row in people.rows},
            {name: get_column_letter(place + 1) for name, place in people.places.items()},
        ),
    )


def _place(mistake: Mistake) -> tuple[int, int, int]:
    """The position for sorting: by sheet; the mistakes of a sheet as a whole come before those of its rows."""
    if mistake.cell is None:
        return (-1, 0, 0)
    sheet = _SHEETS.index(mistake.cell.sheet)
    if not mistake.cell.name:
        return (sheet, 0, 0)
    row, column = coordinate_to_tuple(mistake.cell.name)
    return (sheet, row, column)


def _as_named(row: RowT, names: Mapping[str, str], keys: Mapping[str, str]) -> RowT:
    """The row with units as spelled in the sheet of units, and keys as in that of people."""
    other: dict[str, str] = {}
    for field in _UNITS & row.columns.keys():
        other[field] = names.get(folded(getattr(row, field)), getattr(row, field))
    for field in _KEYS & row.columns.keys():
        other[field] = keys.get(same_key(getattr(row, field)), getattr(row, field))
    other = {field: text for field, text in other.items() if text != getattr(row, field)}
    return row.model_copy(update=other) if other else row


def _unit(row: UnitOnSheet) -> RosterUnit:
    authority = OUTSIDE if is_outside(row.authority) else row.authority
    return RosterUnit(row.name, row.parent, row.above, row.desk, row.in_charge, authority)


def _person(row: PersonOnSheet) -> RosterPerson:
    service = Service(**{name: getattr(row, name) for name in SERVICE_FIELDS if name != "left_as"})
    if isinstance(row.left_as, LeaveKind) and row.left:
        away = Leave(row.left_as, row.left + dt.timedelta(days=1))
        service = replace(service, left=None, leaves=(*service.leaves, away))
    elif isinstance(row.left_as, Leaving):
        service = replace(service, left_as=row.left_as)
    return RosterPerson(
        key=row.key,
        name=row.name,
        position=row.position,
        unit=row.unit,
        subject=row.subject,
        leader=_leads(row),
        role=row.role,
        party_member=row.party_member or row.subject is Subject.PARTY_MEMBER,
        serves_public=row.serves_public,
        group=row.group,
        desk=row.desk,
        service=NO_SERVICE if service == NO_SERVICE else service,
        unit_since=row.unit_since,
        position_since=row.position_since,
        role_since=row.role_since,
        gender=row.gender,
    )


def _post(row: PostOnSheet) -> RosterPost:
    return RosterPost(row.key, row.unit, row.position, _leads(row), row.role)


def _body(row: BodyOnSheet) -> RosterBody:
    authority = OUTSIDE if is_outside(row.authority) else row.authority
    return RosterBody(row.name, row.above, row.secretary, row.deputy, authority)


def _leads(row: PersonOnSheet | PostOnSheet) -> bool:
    """Whether the person holds a leading post. With an empty cell, heads of units do; an explicit "không" is kept,
    since the head of a group of teachers, for instance, leads it in the chat without holding a leading post.
    """
    return row.leader if "leader" in row.model_fields_set else bool(row.role)
