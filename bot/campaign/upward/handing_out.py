"""The cover sheet of a package, for those who may read it."""

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.campaign.upward.standing import seating_of
from bot.clock import ZONE
from bot.documents.file_names import safe
from bot.door.channel import Document
from rules.campaign.permissions import Action, may
from rules.upward.package import differences
from rules.upward.places import relations_to_sent
from rules.upward.standing import SentUp
from storage.kept_files import KeptFiles
from storage.transaction import Transaction
from templates.documents.summaries.pdf import summary_pdf
from templates.documents.summaries.word import summary_docx
from templates.documents.upward import cover_page


@dataclass(frozen=True, slots=True)
class Readable:
    """A version that somebody may read. `version`: its number within its unit."""

    one: SentUp
    kept: Mapping[str, Any]
    version: int


async def read_by(tx: Transaction, person: int, sent_up: int, today: dt.date) -> Readable | None:
    """The version with this number, if the person may read it."""
    one = await tx.sent_ups.one(sent_up)
    if one is None:
        return None
    who, office = await tx.people.get(person), await tx.units.office_of(person)
    seating = await seating_of(tx, office, who.office)
    if one.unit not in {seat.id for seat in await tx.units.seats(office)}:
        return None
    held = relations_to_sent(who, seating, one.unit, await tx.covers.acts_for(person, today))
    kept = await tx.sent_ups.content(one.id)
    if kept is None or not may(held, Action.READ_SENT):
        return None
    return Readable(one, kept, (await _versions(tx, one)).index(one) + 1)


async def _versions(tx: Transaction, one: SentUp) -> list[SentUp]:
    """All versions of the same unit, oldest first."""
    return [each for each in await tx.sent_ups.of_campaign(one.campaign) if each.unit == one.unit and each.fingerprint]


async def cover_of(tx: Transaction, one: SentUp, kept: Mapping[str, Any], kind: str) -> bytes:
    """The cover sheet of a version, as `docx` or `pdf`."""
    every = await _versions(tx, one)
    place = every.index(one)
    before = await tx.sent_ups.content(every[place - 1].id) if place else None
    page = cover_page(
        kept,
        version=place + 1,
        mark=one.fingerprint,
        by=(one.by_name, one.by_position),
        at=one.at.astimezone(ZONE),
        differ=differences(before, kept) if before else (),
    )
    return await asyncio.to_thread(summary_docx if kind == "docx" else lambda each: summary_pdf([each]), page)


async def cover_file(
    tx: Transaction, person: int, about: str, _: KeptFiles, at: dt.datetime, *, kind: str
) -> Sequence[Document]:
    """The cover sheet of the version with this number, if the person may read it."""
    found = await read_by(tx, person, int(about), at.date()) if about.isdecimal() and len(about) < 10 else None
    if found is None:
        return ()
    content = await cover_of(tx, found.one, found.kept, kind)
    stem = safe(f"Phiếu gửi hồ sơ - {found.kept['unit']} - bản {found.version}")
    return (Document(kind, f"{stem}.{kind}", content),)
