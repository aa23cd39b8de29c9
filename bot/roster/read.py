"""From the file to the roster, or all that is wrong with it at once."""

from pathlib import Path

from bot.roster.columns import (
    PEOPLE_SHEET,
    POSTS_SHEET,
    SERVICE_FIELDS,
    UNITS_SHEET,
    PersonOnSheet,
    PostOnSheet,
    UnitOnSheet,
)
from bot.roster.fitting import is_outside, misfits
from bot.roster.worksheet import read_sheet, workbook_of
from rules.nouns.errors import RosterErrors
from rules.nouns.service import NO_SERVICE, Service
from rules.nouns.values import Subject
from rules.roster.people import OUTSIDE, Roster, RosterPerson, RosterPost, RosterUnit


def read_roster(file: Path | bytes) -> Roster:
    """The roster of the file. Raises RosterErrors naming every mistake with its cell."""
    with workbook_of(file) as workbook:
        units = read_sheet(workbook, UNITS_SHEET, UnitOnSheet)
        people = read_sheet(workbook, PEOPLE_SHEET, PersonOnSheet)
        posts = read_sheet(workbook, POSTS_SHEET, PostOnSheet)
    mistakes = [*units.mistakes, *people.mistakes, *posts.mistakes] or list(misfits(units, people, posts))
    if mistakes:
        raise RosterErrors(tuple(mistakes))
    return Roster(
        tuple(map(_unit, units.rows)),
        tuple(map(_person, people.rows)),
        tuple(map(_post, posts.rows)),
    )


def _unit(row: UnitOnSheet) -> RosterUnit:
    authority = OUTSIDE if is_outside(row.authority) else row.authority
    return RosterUnit(row.name, row.parent, row.above, row.desk, row.in_charge, authority)


def _person(row: PersonOnSheet) -> RosterPerson:
    service = Service(**{name: getattr(row, name) for name in SERVICE_FIELDS})
    return RosterPerson(
        key=row.key,
        name=row.name,
        position=row.position,
        unit=row.unit,
        subject=row.subject,
        leader=row.leader or bool(row.role),
        role=row.role,
        party_member=row.party_member or row.subject is Subject.PARTY_MEMBER,
        serves_public=row.serves_public,
        group=row.group,
        desk=row.desk,
        service=NO_SERVICE if service == NO_SERVICE else service,
    )


def _post(row: PostOnSheet) -> RosterPost:
    return RosterPost(row.key, row.unit, row.position, row.leader or bool(row.role), row.role)
