"""The blank form of a round on paper, for whoever leads it."""

import asyncio
import datetime as dt
from collections.abc import Sequence

from bot.documents.file_names import safe
from bot.door.channel import Document
from rules.campaign.permissions import Action, may, relations_to_round
from rules.nouns.rounds import Round
from storage.kept_files import KeptFiles
from storage.transaction import Transaction
from templates.documents.inquiries.files import files_of
from templates.documents.inquiries.opinion_slip import slip_page


async def blank_slip(
    tx: Transaction, person: int, about: str, _: KeptFiles, __: dt.datetime, *, kind: str
) -> Sequence[Document]:
    """The blank form of the round with that number, or of the newest round about that thing."""
    sent = await _named(tx, person, about)
    talk = await tx.rounds.talk(sent.id) if sent and sent.on_paper else None
    if talk is None or not may(relations_to_round(await tx.people.get(person), talk), Action.SETTLE_ROUND):
        return ()
    made = await asyncio.to_thread(files_of, slip_page(talk.round), (kind,))
    return (Document(kind, f"{safe(f'Phiếu - {talk.round.title}')}.{kind}", made[kind]),)


async def _named(tx: Transaction, person: int, about: str) -> Round | None:
    if about.isdecimal():
        return await tx.rounds.one(int(about)) if len(about) < 10 else None
    rounds = await tx.rounds.about(await tx.units.office_of(person), about)
    return rounds[-1] if rounds else None
