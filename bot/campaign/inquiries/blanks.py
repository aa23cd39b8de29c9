"""Blank papers for outside bodies, to be filled in by hand: for everybody whose opinion is missing in the dossier, or
for one person. No links are made for them.
"""

from collections.abc import Callable
from functools import partial

from bot.campaign.inquiries.cases import asked_in, content_of
from bot.campaign.inquiries.papers import blank_of
from bot.campaign.usable import usable
from bot.clock import now
from dialogs.core.handlers import Books
from dialogs.inquiries.card import state_of
from storage.transaction import Transaction
from templates.documents.inquiries.page import InquiryPage
from templates.documents.inquiries.pdf import inquiry_pdf


async def blanks(tx: Transaction, books: Books, office: int, about: str) -> Callable[[], bytes]:
    """The blanks of a campaign of this office, given by its number, optionally followed by a person's. Raises
    LookupError when there are none.
    """
    campaign, _, person = about.partition("_")
    only = int(person) if person.isdecimal() and len(person) < 10 else 0
    today, found = now().date(), list[InquiryPage]()
    for part in await tx.campaigns.of_office(office, is_open=True):
        if str(part.id) == campaign and usable(part, books):
            lines = await tx.standings.of_campaign(part.id, today, part.rulebook)
            found += [
                blank_of(content_of(part, books[part.edition], one.rule, one.person, ""))
                for one in await asked_in(tx, books, part, lines, only)
                if only or state_of(one, today) not in {"handed", "received"}
            ]
    if not found:
        raise LookupError(about)
    return partial(inquiry_pdf, found)
