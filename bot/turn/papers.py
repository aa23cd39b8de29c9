"""The documents of a review: who may see them."""

import datetime as dt

from bot.campaign.tracked import with_scores
from bot.documents.keeping import Keeper, filing_of
from bot.documents.printing import Printable, kept_paper, unsent
from dialogs.core.handlers import Books
from dialogs.core.turn import Papers
from rules.campaign.permissions import Action, Relation, may, relations
from rules.nouns.reviews import RULED, Review, ReviewStatus
from storage.transaction import Transaction

#: The chain has agreed with the newest draft.
_AGREED = frozenset({ReviewStatus.APPROVED, *RULED})
#: Whose turn comes after the chain.
_AFTER_THE_CHAIN = frozenset({Relation.AUTHORITY, Relation.STAND_IN_AUTHORITY, Relation.DESK})


async def to_print(tx: Transaction, books: Books, person: int, wanted: Papers, now: dt.datetime) -> Printable | None:
    """What is to be printed, or None: no such review, version or decision on it, or not for this person's eyes.

    Version 0 is the answers so far, for their owner only; all else is printed as it was kept. A draft is for its owner
    and for the chain; for the authority and the desk once the chain has agreed with it. The decision is on it for those
    who may read the rating: others get the draft as the chain left it. `now`: the day for which stand-ins count.
    """
    review = await tx.reviews.get(wanted.review)
    if review is None:
        return None
    held = relations(await tx.people.get(person), review, await tx.covers.acts_for(person, now.date()))
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


def may_read(held: frozenset[Relation], review: Review, version: int) -> bool:
    """Whether who is this to a review may read that version of it."""
    if version == 0 or Relation.SELF in held:
        return may(held & {Relation.SELF}, Action.READ_PAPERS)
    has_agreed = review.status in _AGREED or not review.steps
    return may(held if has_agreed else held - _AFTER_THE_CHAIN, Action.READ_PAPERS)
