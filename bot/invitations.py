"""The invitations that are still open, as the desk hands them out."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import segno
from storage.store import Store

from bot.links import Links


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
    """All open invitations of the roster, by unit and name."""
    async with store.unit() as unit:
        rows = await unit.invitations.list_open()
    shown = [
        InvitedPerson(
            person=row.name,
            unit=row.unit,
            code=row.code,
            telegram=links.of(row.code).get("telegram", ""),
            web=links.of(row.code).get("web", ""),
            expires=row.expires_at.date().isoformat(),
        )
        for row in rows
    ]
    return sorted(shown, key=lambda one: (one.unit, one.person))


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
