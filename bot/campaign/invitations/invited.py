"""The invitations of an office as the desk sees them: who has come in, who has a code, and who needs one."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import segno

from bot.clock import ZONE
from bot.door.links import Links
from rules.nouns.errors import NamedCaseError
from rules.nouns.people import Person
from rules.nouns.text import without_diacritics
from rules.nouns.values import BODIES
from storage.store import Store
from storage.transaction import Transaction
from storage.values import IssuedInvitation


class InvitationStatus(StrEnum):
    """The status of a person's invitation."""

    JOINED = "joined"  # an account is tied to them
    WAITING = "waiting"  # has a valid unused code
    EXPIRED = "expired"  # the last code expired unused
    REVOKED = "revoked"  # the last code was revoked
    UNREADABLE = "unreadable"  # the last code is locked by a key that was lost
    UNTIED = "untied"  # came in once, but has no account any more
    NEVER = "never"  # never had a code
    BODY = "body"  # a body cannot sign in; its drafter uses their own phone


@dataclass(frozen=True, slots=True)
class InvitedPerson:
    """A person and their valid unused code ("" and `until` None when there is none). `opens`: from when it is valid, if
    it was given anew and waits.

    Somebody who has joined has a code again while they set up another phone.
    """

    id: int
    key: str
    name: str
    position: str
    unit: str
    standing: InvitationStatus
    code: str = ""
    until: dt.datetime | None = None
    opens: dt.datetime | None = None
    called: str = ""  # the name; with the key for namesakes in a unit
    body: bool = False  # a collective or a cell, even with an old account

    @property
    def joined(self) -> bool:
        """Whether an account is tied to them."""
        return self.standing is InvitationStatus.JOINED


@dataclass(frozen=True, slots=True)
class Office:
    """An office: its contact, and its people in the order of its units."""

    id: int
    name: str
    desk: str
    people: tuple[InvitedPerson, ...]


async def office_meant(tx: Transaction, called: str) -> tuple[str, int]:
    """The office of that name; "" means the only one. Raises CaseError when it does not exist or is not the only one."""
    offices = await tx.units.offices()
    if not offices:
        raise NamedCaseError("no_office_yet")
    if called and called not in offices:
        raise NamedCaseError("office_named", office=called, known=_listed(offices))
    if not called and len(offices) > 1:
        raise NamedCaseError("several_offices", known=_listed(offices))
    name = called or next(iter(offices))
    return name, offices[name]


def _listed(offices: Mapping[str, int]) -> str:
    return ", ".join(f"“{name}”" for name in offices)


async def invited(store: Store, now: dt.datetime, *, office: str = "", unit_name: str = "") -> Office:
    """The people of an office, or of one of its units, with their invitations. Raises CaseError."""
    async with store.reading() as tx:
        return await look(tx, now, office=office, unit_name=unit_name)


async def look(tx: Transaction, now: dt.datetime, *, office: str = "", unit_name: str = "") -> Office:
    """`invited` within an open transaction."""
    name, id_ = await office_meant(tx, office)
    seats = await tx.units.seats(id_)
    if unit_name and unit_name not in {seat.name for seat in seats}:
        raise NamedCaseError("unit_of_office", office=name, unit=unit_name)
    people = await tx.people.of_office(id_)
    keys = await tx.people.keys(id_)
    accounts = await tx.accounts.of_office(id_)
    newest = {one.person.id: one for one in await tx.invitations.list(id_)}
    units = [seat.name for seat in seats if seat.desk] + [person.unit for person in people if person.desk]
    shown = (person for person in people if not unit_name or person.unit == unit_name)
    rows = (_row(person, keys[person.id], newest.get(person.id), now) for person in shown)
    standing = tuple(replace(row, standing=InvitationStatus.JOINED) if row.id in accounts else row for row in rows)
    return Office(id_, name, units[0] if units else name, standing)


def _row(person: Person, key: str, last: IssuedInvitation | None, now: dt.datetime) -> InvitedPerson:
    body = person.subject in BODIES
    standing = InvitationStatus.BODY if body else _standing(last, now)
    row = InvitedPerson(
        person.id, key, person.name, person.position, person.unit, standing, called=person.called, body=body
    )
    if last is None or row.standing is not InvitationStatus.WAITING:
        return row
    waits = last.opens_at is not None and now < last.opens_at
    opens = last.opens_at.astimezone(ZONE) if last.opens_at and waits else None
    return replace(row, code=last.code, until=last.expires_at.astimezone(ZONE), opens=opens)


def _standing(last: IssuedInvitation | None, now: dt.datetime) -> InvitationStatus:
    if last is None:
        return InvitationStatus.NEVER
    if last.used_at is not None:
        return InvitationStatus.UNTIED
    if last.revoked_at is not None:
        return InvitationStatus.REVOKED
    if last.expires_at <= now:
        return InvitationStatus.EXPIRED
    return InvitationStatus.UNREADABLE if last.unreadable else InvitationStatus.WAITING


def chosen(office: Office, keys: Sequence[str]) -> tuple[InvitedPerson, ...]:
    """The people with these roster keys, each once. Raises CaseError naming all unknown keys."""
    known = {one.key: one for one in office.people}
    unknown = [key for key in dict.fromkeys(keys) if key not in known]
    if unknown:
        raise NamedCaseError("keys_named", office=office.name, keys=", ".join(unknown))
    return tuple(known[key] for key in dict.fromkeys(keys))


def write_qr(folder: Path, rows: Sequence[InvitedPerson], links: Links) -> None:
    """Write a PNG with a QR code for each code and channel, named after the person."""
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        for channel, link in links.of(row.code).items():
            name = f"{_file_name(row.unit)}-{_file_name(row.called)}-{row.code[-4:]}-{channel}.png"
            segno.make(link, error="m").save(str(folder / name), scale=8, border=4)


def _file_name(text: str) -> str:
    """The text without diacritics and blanks, usable in any file system."""
    return re.sub(r"[^A-Za-z0-9]+", "-", without_diacritics(text)).strip("-").lower()[:60]
