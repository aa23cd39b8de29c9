"""Handing out papers of inquiries: typed answers, scans, and the slips that ask for opinions."""

import asyncio
import datetime as dt
from collections.abc import Sequence

from bot.campaign.dossiers.handing_out import held_about
from bot.campaign.inquiries.papers import blank_of, paper_of, slip_of
from bot.clock import ZONE
from bot.documents.file_names import safe
from bot.door.channel import Document
from rules.campaign.permissions import Action, may, relations_to_office, relations_to_person
from rules.nouns.inquiries import Came, Inquiry, InquiryAnswer
from storage.kept_files import KeptFiles, Lost
from storage.transaction import Transaction
from templates.documents.inquiries.files import files_of
from templates.documents.inquiries.slip import slips_pdf
from templates.documents.words import section


def named(inquiry: Inquiry, number: int, kind: str) -> str:
    """The file name of a version."""
    parts = (section("inquiry")["file"], inquiry.content["about"]["name"], str(number))
    return f"{safe(' - '.join(parts))}.{kind}"


async def _answer(tx: Transaction, person: int, about: str, at: dt.datetime) -> tuple[Inquiry, InquiryAnswer] | None:
    """The answer of that number, if the person may read papers about its subject."""
    answer = await tx.inquiries.answer(int(about)) if about.isdecimal() and len(about) < 10 else None
    inquiry = await tx.inquiries.one(answer.inquiry_id) if answer else None
    if answer is None or inquiry is None:
        return None
    who, of = await tx.people.get(person), (inquiry.campaign_id, inquiry.rulebook, inquiry.person_id)
    held = await held_about(tx, who, of, at.astimezone(ZONE).date())
    return (inquiry, answer) if may(held, Action.READ_PART) else None


async def answer_file(
    tx: Transaction, person: int, about: str, _: KeptFiles, at: dt.datetime, *, kind: str
) -> Sequence[Document]:
    """A typed answer as Word or PDF."""
    found = await _answer(tx, person, about, at)
    if found is None or found[1].came is not Came.TYPED:
        return ()
    inquiry, answer = found
    made = await asyncio.to_thread(lambda: files_of(paper_of(answer), (kind,)))
    return (Document(kind, named(inquiry, answer.number, kind), made[kind]),)


async def scan_file(tx: Transaction, person: int, about: str, handed: KeptFiles, at: dt.datetime) -> Sequence[Document]:
    """A scan as it was sent."""
    found = await _answer(tx, person, about, at)
    if found is None or found[1].came is not Came.SCAN:
        return ()
    inquiry, answer = found
    try:
        content = await asyncio.to_thread(handed.content, answer.sha256)
    except Lost:
        return ()
    return (Document(answer.kind, named(inquiry, answer.number, answer.kind), content),)


async def slip_file(tx: Transaction, person: int, about: str, _: KeptFiles, at: dt.datetime) -> Sequence[Document]:
    """The slip of an inquiry, for whoever may ask."""
    inquiry = await tx.inquiries.one(int(about)) if about.isdecimal() and len(about) < 10 else None
    return await _slip(tx, person, inquiry, at)


async def last_slip(tx: Transaction, person: int, about: str, _: KeptFiles, at: dt.datetime) -> Sequence[Document]:
    """The newest slip about somebody."""
    every = await tx.inquiries.of_person(int(about)) if about.isdecimal() and len(about) < 10 else ()
    return await _slip(tx, person, every[-1] if every else None, at)


async def _slip(tx: Transaction, person: int, inquiry: Inquiry | None, at: dt.datetime) -> Sequence[Document]:
    if inquiry is None:
        return ()
    who, whose = await tx.people.get(person), await tx.people.get(inquiry.person_id)
    if not may(relations_to_person(who, whose), Action.ASK_OUTSIDE):
        return ()
    name = f"{section('inquiry_slip')['file']} - {whose.name}"
    return await _slips(tx, [inquiry], name, at)


async def slips_file(tx: Transaction, person: int, about: str, _: KeptFiles, at: dt.datetime) -> Sequence[Document]:
    """The slips for everybody in a campaign whose answer is awaited, for the desk."""
    who, today = await tx.people.get(person), at.astimezone(ZONE).date()
    parts = await tx.campaigns.parts(int(about)) if about.isdecimal() and len(about) < 10 else []
    if not any(may(relations_to_office(who, one.office), Action.ASK_OUTSIDE) for one in parts):
        return ()
    every = await tx.inquiries.of_campaign(parts[0].id)
    answered = {one.inquiry_id for one in await tx.inquiries.answers([one.id for one in every])}
    waiting = [one for one in every if one.open(today) and one.id not in answered]
    return await _slips(tx, waiting, section("inquiry_slip")["file"], at) if waiting else ()


async def _slips(tx: Transaction, inquiries: Sequence[Inquiry], name: str, at: dt.datetime) -> Sequence[Document]:
    today = at.astimezone(ZONE).date()
    slips = [(slip_of(one, await tx.inquiries.code_of(one.id), today), blank_of(one.content)) for one in inquiries]
    return (Document("pdf", f"{safe(name)}.pdf", await asyncio.to_thread(slips_pdf, slips)),)
