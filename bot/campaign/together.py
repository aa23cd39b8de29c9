"""Joint proposals: what all who filled a sheet about somebody propose, as a rating for each of the person's reviews."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.campaign.usable import usable
from dialogs.core.handlers import Books
from rules.judging.interview import rating_questions
from rules.nouns.values import Rating, Subject
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Together:
    """The joint proposal for a review: the sheet and the time; `ratings`: (question, capacity that is rated, rating)."""

    title: str
    at: datetime
    ratings: tuple[tuple[str, str, Rating], ...]


async def together_in(tx: Transaction, books: Books, campaigns: Iterable[int]) -> Mapping[int, Together]:
    """Review → joint proposal. If several sheets of a rulebook propose, the last step counts, because the text lets the
    level above see the peers' proposal and propose anew. No sheet proposes a rating as party member.
    """
    kept = await tx.sheets.proposed_together(sorted(campaigns))
    parts = {
        (part.id, part.rulebook): books[part.edition]
        for id_ in dict.fromkeys(one.campaign for one in kept)
        for part in await tx.campaigns.parts(id_)
        if usable(part, books)
    }
    found = dict[int, tuple[int, Together]]()
    for one in kept:
        book = parts.get((one.campaign, one.rulebook))
        steps = [rule.key for rule in book.rounds] if book else []
        if book is None or one.key not in steps or one.form not in book.forms:
            continue
        step, form = steps.index(one.key), book.forms[one.form]
        ratings = tuple(
            (question.key, question.about, one.rating)
            for question in rating_questions(form)
            if question.about == "civil" or (not question.about and form.rates is not Subject.PARTY_MEMBER)
        )
        if ratings and step >= found.get(one.review, (0,))[0]:
            found[one.review] = step, Together(book.rounds[step].title, one.at, ratings)
    return {review: proposed for review, (_, proposed) in found.items()}
