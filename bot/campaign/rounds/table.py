"""The table of a round, for whoever may read the answers."""

import asyncio
import datetime as dt
from collections.abc import Sequence

from bot.campaign.made import made_of
from bot.clock import ZONE
from bot.documents.file_names import safe
from bot.door.channel import Document
from rules.book.rulebook import Rulebook
from rules.campaign.permissions import Action, may, relations_to_round
from rules.nouns.reviews import Campaign
from rules.nouns.rounds import Talk
from storage.kept_files import KeptFiles
from storage.transaction import Transaction
from templates.documents.summaries.page import SummaryPage
from templates.documents.summaries.round import round_page
from templates.documents.summaries.word import summary_docx
from templates.documents.summaries.workbook import workbook


async def round_sheet(tx: Transaction, person: int, about: str, _: KeptFiles, at: dt.datetime) -> Sequence[Document]:
    """The round with this number as a workbook."""
    found = await _page(tx, person, about, at)
    if found is None:
        return ()
    content = await asyncio.to_thread(workbook, [(found[1].title.capitalize(), found[1])])
    return (Document("xlsx", f"{found[0]}.xlsx", content),)


async def round_word(tx: Transaction, person: int, about: str, _: KeptFiles, at: dt.datetime) -> Sequence[Document]:
    """The round with this number as a Word file."""
    found = await _page(tx, person, about, at)
    if found is None:
        return ()
    return (Document("docx", f"{found[0]}.docx", await asyncio.to_thread(summary_docx, found[1])),)


async def _page(tx: Transaction, person: int, about: str, at: dt.datetime) -> tuple[str, SummaryPage] | None:
    """The file name and the table; None when there is none or the person may not read it."""
    talk = await tx.rounds.talk(int(about)) if about.isdecimal() and len(about) < 10 else None
    if talk is None or not may(relations_to_round(await tx.people.get(person), talk), Action.READ_ANSWERS):
        return None
    return safe(f"Góp ý {talk.round.title}"), await page_of(tx, talk, at)


async def shown_in(tx: Transaction, book: Rulebook, part: Campaign) -> list[tuple[str, int | None, int]]:
    """The ended rounds of a campaign part with something to show: (rule, person, round). A sheet with a joint proposal
    counts once that is made.
    """
    office = await tx.units.office(part.office) or 0
    of_part = (
        one for one in await tx.rounds.of_office(office) if (one.campaign, one.rulebook) == (part.id, part.rulebook)
    )
    talks = await tx.rounds.talks([one for one in of_part if one.ended])
    concludes = {rule.key for rule in book.rounds if rule.then}
    said = {one.round for one in await tx.sheets.papers([one.round.id for one in talks]) if one.person is None}
    shown = [one.round for one in talks if one.answers or one.voices]
    return [(one.key, one.person, one.id) for one in shown if one.key not in concludes or one.id in said]


async def page_of(tx: Transaction, talk: Talk, at: dt.datetime) -> SummaryPage:
    """The table as it is now."""
    made = await made_of(tx, Campaign(0, "", talk.round.last_day.year, talk.round.office), at)
    return round_page(talk, made, at.astimezone(ZONE).date())
