"""From the file to the roster, or all that is wrong with it at once."""

from pathlib import Path

from bot.roster.columns import PEOPLE_SHEET, POSTS_SHEET, SERVICE_FIELDS, UNITS_SHEET
from bot.roster.fitting import is_outside, misfits
from bot.roster.values import Roster, RosterErrors, RosterPerson, RosterPost, RosterUnit
from bot.roster.worksheet import WorksheetRow, read_sheet, workbook_of
from rules.nouns.service import NO_SERVICE, Service
from rules.nouns.values import Subject
from rules.roster.people import OUTSIDE


def read_roster(file: Path | bytes) -> Roster:
    """The roster of the file. Raises RosterErrors naming every mistake with its cell."""
    with workbook_of(file) as workbook:
        units, people, posts = (read_sheet(workbook, name) for name in (UNITS_SHEET, PEOPLE_SHEET, POSTS_SHEET))
    mistakes = [*units.mistakes, *people.mistakes, *posts.mistakes] or list(misfits(units, people, posts))
    if mistakes:
        raise RosterErrors(tuple(mistakes))
    return Roster(
        tuple(map(_unit, units.rows)),
        tuple(map(_person, people.rows)),
        tuple(map(_post, posts.rows)),
    )


def _unit(row: WorksheetRow) -> RosterUnit:
    authority = row.text("authority")
    return RosterUnit(
        row.text("name"),
        row.text("parent"),
        row.text("above"),
        row.values["desk"],
        row.text("in_charge"),
        OUTSIDE if is_outside(authority) else authority,
    )


def _person(row: WorksheetRow) -> RosterPerson:
    subject: Subject = row.values["subject"]
    service = Service(**{name: row.values[name] for name in SERVICE_FIELDS})
    return RosterPerson(
        key=row.text("key"),
        name=row.text("name"),
        position=row.text("position"),
        unit=row.text("unit"),
        subject=subject,
        leader=row.values["leader"] or bool(row.values["role"]),
        role=row.text("role"),
        party_member=row.values["party_member"] or subject is Subject.PARTY_MEMBER,
        serves_public=row.values["serves_public"],
        group=row.text("group"),
        desk=row.values["desk"],
        service=NO_SERVICE if service == NO_SERVICE else service,
    )


def _post(row: WorksheetRow) -> RosterPost:
    role = row.text("role")
    return RosterPost(row.text("key"), row.text("unit"), row.text("position"), row.values["leader"] or bool(role), role)
