"""The rating to be decided in a list: the one concluded by the meeting, otherwise the self-rating, and whether these
differ.
"""

from dataclasses import dataclass

from dialogs.core.handlers import Books
from dialogs.core.knowledge.authority import Consulted
from rules.judging.interview import rating_questions
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class Meant:
    """The rating to be decided, and whether it differs from others."""

    rating: Rating | None
    #: Whether a meeting concluded something other than the self-rating.
    own_other: bool = False
    #: Whether the authority's meeting concluded something other than the unit's.
    unit_other: bool = False
    #: Whether a sheet, rather than a meeting, proposes the rating.
    by_sheet: bool = False


def meant_of(books: Books, line: ReviewLine, found: Consulted | None) -> Meant:
    """The rating of a line in a list. If the form has several ratings, the line shows the last."""
    questions = rating_questions(books[line.campaign.edition].forms[line.form])
    key = questions[-1].key if questions else ""
    rating = _rating(found.ratings, key) if found else None
    if found is None or rating is None:
        return Meant(line.self_rating)
    proposed = _rating(found.proposed, key) if found.proposed else None
    unit_other = proposed is not None and proposed is not rating
    return Meant(rating, rating is not line.self_rating, unit_other, found.by_sheet)


def _rating(ratings: tuple[tuple[str, str, Rating], ...], key: str) -> Rating | None:
    return next((rating for question, _, rating in ratings if question == key), None)
