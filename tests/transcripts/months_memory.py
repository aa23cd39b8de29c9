"""The months of a year, in memory: the scores of the sheets that were handed in, if the year's form asks for them."""

from collections.abc import Iterable

from bot.campaign.months.tracked import Tracked, holding, rests_on_periods, sheet_of
from rules.campaign.months.tracking import months, quarters
from rules.nouns.periods import is_tracked
from rules.nouns.reviews import Review
from storage.repositories.tracking import SheetRow
from tests.transcripts.cast import BOOKS


def with_scores(review: Review, everything: Iterable[Review]) -> Review:
    """The review; that of a year has the present scores of its periods."""
    if not rests_on_periods(BOOKS, review):
        return review
    person, span = review.person, review.campaign.span
    sheets = [sheet_of(BOOKS, _row(one)) for one in everything if _is_sheet_of(one, review)]
    known = Tracked(months(person.service, span, sheets), quarters(person.service, span, sheets))
    return holding(BOOKS, review, known)


def _is_sheet_of(one: Review, year: Review) -> bool:
    same = (one.person.id, one.person.post) == (year.person.id, year.person.post)
    return same and is_tracked(one.campaign.period) and bool(one.drafts)


def _row(one: Review) -> SheetRow:
    newest = one.drafts[-1]
    ratings = dict(one.ruling.ratings) if one.ruling else None
    return SheetRow(one.person, one.campaign, one.id, one.form, one.status, newest.version, newest.answers, ratings)
