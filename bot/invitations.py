"""The invitations that are still open, as the desk hands them out."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import segno

from bot.clock import ZONE
from bot.links import Links
from storage.store import Store
from storage.values import IssuedInvitation


@dataclass(frozen=True, slots=True)
class InvitedPerson:
    """One open invitation."""

    person: str
    unit: str
    code: str
    telegram: str
    web: str
    expires: str


async def invited(store: Store, links: Links) -> Sequence[InvitedPerson]:
    """All open invitations of every office with an open campaign, by unit and name."""
    async with store.reading() as unit:
        offices = {campaign.office for campaign in await unit.campaigns.open_ones()}
        ids = [await unit.units.office(name) for name in sorted(offices)]
        issued = [one for office in ids if office is not None for one in await unit.invitations.list(office)]
    waiting = [one for one in issued if one.used_at is None and one.revoked_at is None]
    return [_row(one, links) for one in sorted(waiting, key=lambda one: (one.person.unit_id, one.person.name))]


def _row(issued: IssuedInvitation, links: Links) -> InvitedPerson:
    where = links.of(issued.code)
    return InvitedPerson(
        person=issued.person.name,
        unit=issued.person.unit,
        code=issued.code,
        telegram=where.get("telegram", ""),
        web=where.get("web", ""),
        expires=issued.expires_at.astimezone(ZONE).date().isoformat(),
    )


def write_qr(folder: Path, rows: Sequence[InvitedPerson]) -> None:
    """One PNG picture a person and channel, named after the person."""
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        for channel, link in (("telegram", row.telegram), ("web", row.web)):
            if link:
                name = f"{_file_name(row.unit)}-{_file_name(row.person)}-{row.code[-4:]}-{channel}.png"
                segno.make(link, error="m").save(str(folder / name), scale=8, border=4)


def _file_name(text: str) -> str:
    """A name without diacritics and blanks, for any file system."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"[^A-Za-z0-9]+", "-", letters).strip("-").lower()[:60]
