"""Freezes drafts and acts from before documents were stored, once, as they read on that day."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bot.documents.keeping import Keeper
from dialogs.core.handlers import Books
from rules.nouns.errors import RulebookErrors
from rules.nouns.reviews import Outcome, Review
from storage.store import Store

#: Number of reviews in one transaction.
BATCH = 50


@dataclass(frozen=True, slots=True)
class Frozen:
    """The number of reviews frozen, and the ids of those whose rulebook cannot be loaded and that must wait."""

    reviews: int
    waiting: tuple[int, ...]


async def freeze(store: Store, books: Books, now: Callable[[], dt.datetime]) -> Frozen:
    """Store all missing documents and acts. Each batch has its own transaction, so an interrupted run continues where
    it stopped; a finished one costs a single query.
    """
    frozen, waiting, after = 0, list[int](), 0
    while True:
        async with store.reading() as tx:
            batch = await tx.documents.to_freeze(after, BATCH)
        if not batch:
            return Frozen(frozen, tuple(waiting))
        async with store.transaction() as tx:
            for review in await tx.reviews.some(batch):
                if not _readable(books, review):
                    waiting.append(review.id)
                    continue
                await _freeze(Keeper(tx, books, now(), later=True), review)
                frozen += 1
            await tx.commit()
        after = batch[-1]


def _readable(books: Books, review: Review) -> bool:
    try:
        return review.form in books[review.campaign.edition].forms
    except (KeyError, RulebookErrors):
        return False


async def _freeze(keeper: Keeper, review: Review) -> None:
    """Store everything of a review that is missing; what is stored stays as it is."""
    tx = keeper.tx
    for draft in review.drafts:
        await keeper.sent(review, draft)
    for opinion in [one for one in await tx.opinions.about([review.id]) if one.given_at]:
        await keeper.opinion(review, opinion)
    for endorsement in await tx.rulings.endorsements_of(review.id):
        await keeper.endorsed(review, endorsement)
    for decision in [one for one in review.decisions if one.outcome is Outcome.APPROVED]:
        await keeper.approved(review, decision)
    for ruling in review.rulings:
        await keeper.ruled(review, ruling)
    for answer in await tx.rulings.answers_to(review.id):
        await keeper.answered(review, answer)
