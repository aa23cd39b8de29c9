"""The documents of a review, and who may see them."""

import datetime as dt
from collections.abc import Iterable

from bot.campaign.months.tracked import with_scores
from bot.documents.bundling import Bundle, Readable, bundled, in_force
from bot.documents.file_names import safe
from bot.documents.keeping import Keeper, filing_of
from bot.documents.printing import Printable, kept_paper, unsent
from bot.documents.taking_out import version_in_force
from dialogs.core.handlers import Books
from dialogs.core.knowledge.office import PaperInForce
from dialogs.core.turn import AllPapers, Papers
from rules.campaign.looking.oversight import AGREED, may_read_papers
from rules.campaign.permissions import Action, Relation, may, relations, relations_to_office
from rules.meeting.places import sits
from rules.nouns.people import Person
from rules.nouns.reviews import Review
from storage.transaction import Transaction
from templates.documents.words import period_words

#: Maximum length of a unit's or office's name in a file name.
_NAME = 80


async def to_print(tx: Transaction, books: Books, person: int, wanted: Papers, now: dt.datetime) -> Printable | None:
    """What is to be printed, or None when there is no such review, version or decision, or this person may not see it.

    Version 0 means the present answers, for their owner only; all other versions are printed as stored. A draft may be
    seen by its owner and the chain; by the authority and the desk once the chain has agreed. The decision is printed
    for those who may read the rating; others get the draft without it. `now`: the day for which stand-ins count.
    """
    review = await tx.reviews.get(wanted.review)
    if review is None:
        return None
    who, acts_for = await tx.people.get(person), await tx.covers.acts_for(person, now.date())
    held = relations(who, review, acts_for)
    if not may_read(held, review, wanted.version):  # the papers of a meeting are read by those who sit in it
        held = relations(who, review, acts_for, sits=await _sits(tx, who, review.id))
    if not may_read(held, review, wanted.version):
        return None
    if wanted.version == 0:
        where = await Keeper(tx, books, now).where(review)
        (review,) = await with_scores(tx, books, [review])
        return unsent(filing_of(books[review.campaign.edition], review, review.answers, where))
    reads_ruling = may(held, Action.READ_RATING)
    if wanted.ruling and not reads_ruling:
        return None
    return await kept_paper(tx, review.id, wanted.version, wanted.ruling if reads_ruling else None)


async def _sits(tx: Transaction, who: Person, review: int) -> bool:
    """Whether they were called to a meeting that goes on and has this review on its agenda."""
    meetings = await tx.meetings.on_agenda(review, await tx.units.office_of(who.id))
    return any(sits(one, who.id) for one in meetings)


def may_read(held: frozenset[Relation], review: Review, version: int) -> bool:
    """Whether who is this to a review may read that version of it."""
    if version == 0 or Relation.SELF in held:
        return may(held & {Relation.SELF}, Action.READ_PAPERS)
    return may_read_papers(held, agreed=_has_agreed(review))


def _has_agreed(review: Review) -> bool:
    return review.status in AGREED or not review.steps


async def may_ask_for_all(tx: Transaction, person: int, campaign: int) -> bool:
    """Whether the person may have the papers of a campaign as one file: it is of their office, and they are of its
    desk.
    """
    who = await tx.people.get(person)
    try:
        office = (await tx.campaigns.get(campaign)).office
    except LookupError:
        return False
    return may(relations_to_office(who, office), Action.READ_PAPERS)


async def bundle_of(tx: Transaction, person: int, wanted: AllPapers, now: dt.datetime) -> Bundle | None:
    """The papers in force of a campaign of the person's own office, or of one of its units, that the chain has agreed
    to; only those they may have, as shown by `to_print`. None when there is no such campaign or they may not ask for
    all papers.
    """
    if not await may_ask_for_all(tx, person, wanted.campaign):
        return None
    who, campaign = await tx.people.get(person), await tx.campaigns.get(wanted.campaign)
    acts_for, readable, unit = await tx.covers.acts_for(person, now.date()), list[Readable](), ""
    chosen = await tx.choosing.papers(wanted.campaign, wanted.people) if wanted.people else None
    async for review, version in in_force(tx, wanted.campaign, wanted.unit, chosen):
        held, unit = relations(who, review, acts_for), review.person.unit
        if _has_agreed(review) and may_read(held, review, version):
            readable.append(Readable(review.id, version, may(held, Action.READ_RATING)))
    about = unit if wanted.unit else campaign.office
    name = safe(f"{about[:_NAME]} – {period_words(campaign.year, campaign.period)}")
    return await bundled(tx, f"{name}.zip", readable)


async def readable_of(tx: Transaction, person: Person, acts_for: Iterable[int], whose: int) -> list[PaperInForce]:
    """The reviews of somebody, in every campaign, whose version in force this person may have."""
    found = []
    for review in await tx.reviews.ever(whose):
        version = version_in_force(review)
        if version and may_read(relations(person, review, acts_for), review, version):
            found.append(PaperInForce(review, version))
    return found
