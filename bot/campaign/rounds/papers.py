"""Papers of a sheet about somebody, to be signed, for whoever may read the answers."""

import datetime as dt
from collections.abc import Sequence

from bot.documents.printing import printed
from bot.documents.sheets import printable
from bot.door.channel import Document
from rules.campaign.permissions import Action, may, relations_to_round
from rules.nouns.sheets import SheetPaper
from storage.kept_files import KeptFiles
from storage.transaction import Transaction


async def paper_of_all(tx: Transaction, person: int, about: str, _: KeptFiles, __: dt.datetime) -> Sequence[Document]:
    """The joint proposal, as Word and PDF."""
    found = [one for one in await _papers(tx, person, about) if one.person is None]
    return [file for one in found for file in await printed(printable(one), ("docx", "pdf"))]


async def papers_of_each(tx: Transaction, person: int, about: str, _: KeptFiles, __: dt.datetime) -> Sequence[Document]:
    """The papers of everybody who filled it, then the joint one, as Word."""
    found = sorted(await _papers(tx, person, about), key=lambda one: (one.person is None, one.id))
    return [file for one in found for file in await printed(printable(one), ("docx",))]


async def _papers(tx: Transaction, person: int, about: str) -> list[SheetPaper]:
    talk = await tx.rounds.talk(int(about)) if about.isdecimal() and len(about) < 10 else None
    if talk is None or not may(relations_to_round(await tx.people.get(person), talk), Action.READ_ANSWERS):
        return []
    return await tx.sheets.papers([talk.round.id])
