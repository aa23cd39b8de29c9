"""Kết quả hoạt động of the people a leader leads, computed from stored scores: the value d of the sheets that ask for
it.
"""

from collections.abc import Mapping, Sequence

from bot.campaign.months.tracked import tracked
from dialogs.core.handlers import Books
from rules.campaign.months.leading import (
    UNIT_RESULT,
    UnitResult,
    completed_from,
    of_period,
    under_management,
    unit_result,
)
from rules.campaign.tree import tree_of
from rules.judging.interview import rules_of_points
from rules.nouns.people import Person
from rules.nouns.periods import period
from rules.nouns.reviews import Review
from storage.transaction import Transaction


def asks_for_it(books: Books, review: Review) -> bool:
    """Whether the leader's sheet asks for the scores of the people they manage."""
    form = books[review.campaign.edition].forms[review.form]
    asks = any(rule.fact == UNIT_RESULT for question in form.questions.values() for rule in question.yields)
    return review.person.leader and asks


async def unit_results(tx: Transaction, books: Books, reviews: Sequence[Review]) -> Mapping[int, UnitResult]:
    """Review → unit result (d), for the reviews that ask for it. All reviews of one year are read together."""
    asking = [review for review in reviews if asks_for_it(books, review)]
    if not asking:
        return {}
    office = await tx.units.office_of(asking[0].person.id)
    people = [*await tx.people.of_office(office), *await tx.people.at_posts(office)]
    tree = tree_of(await tx.units.seats(office), people)
    led = {review.id: under_management(tree, review.person, people) for review in asking}
    found: dict[int, UnitResult] = {}
    for year in sorted({review.campaign.year for review in asking}):
        of_year = [review for review in asking if review.campaign.year == year]
        everybody: dict[tuple[int, int], Person] = {
            (one.id, one.post): one for review in of_year for one in led[review.id]
        }
        known = await tracked(tx, books, everybody.values(), period(year, "year"))
        for review in of_year:
            book, name = books[review.campaign.edition], review.campaign.period
            limit = completed_from(rules_of_points(book, book.forms[review.form], review.person))
            of = {at: of_period((*one.months, *one.quarters), year, name) for at, one in known.items()}
            scores = [(one, score) for one in led[review.id] if (score := of[one.id, one.post]) is not None]
            result = unit_result(limit, scores) if limit is not None else None
            if result:
                found[review.id] = result
    return found
