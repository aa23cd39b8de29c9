"""The cover sheet of what a unit sent up, for those who may read it."""

import asyncio
import datetime as dt
from collections.abc import Sequence

from bot.campaign.upward.standing import seating_of
from bot.clock import ZONE
from bot.documents.file_names import safe
from bot.door.channel import Document
from rules.campaign.permissions import Action, may
from rules.upward.package import differences
from rules.upward.places import relations_to_sent
from storage.kept_files import KeptFiles
from storage.transaction import Transaction
from templates.documents.summaries.pdf import summary_pdf
from templates.documents.summaries.word import summary_docx
from templates.documents.upward import cover_page


async def cover_file(
    tx: Transaction, person: int, about: str, _: KeptFiles, at: dt.datetime, *, kind: str
) -> Sequence[Document]:
    """That of the version of this number, if the person may read it."""
    one = await tx.sent_ups.one(int(about)) if about.isdecimal() and len(about) < 10 else None
    if one is None:
        return ()
    who, office = await tx.people.get(person), await tx.units.office_of(person)
    seating = await seating_of(tx, office, who.office)
    if one.unit not in {seat.id for seat in await tx.units.seats(office)}:
        return ()
    if not may(
        relations_to_sent(who, seating, one.unit, await tx.covers.acts_for(person, at.date())), Action.READ_SENT
    ):
        return ()
    every = [each for each in await tx.sent_ups.of_campaign(one.campaign) if each.unit == one.unit and each.fingerprint]
    place = every.index(one)
    kept = await tx.sent_ups.content(one.id)
    before = await tx.sent_ups.content(every[place - 1].id) if place else None
    assert kept is not None, "only what was sent has a fingerprint"
    page = cover_page(
        kept,
        version=place + 1,
        mark=one.fingerprint,
        by=(one.by_name, one.by_position),
        at=one.at.astimezone(ZONE),
        differ=differences(before, kept) if before else (),
    )
    content = await asyncio.to_thread(summary_docx if kind == "docx" else lambda each: summary_pdf([each]), page)
    stem = safe(f"Phiếu gửi hồ sơ - {kept['unit']} - bản {place + 1}")
    return (Document(kind, f"{stem}.{kind}", content),)
