"""Loads the scores of people's months and quarters, and inserts them where yearly forms need them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.campaign.usable import usable
from dialogs.core.handlers import Books
from rules.book.scoring import derive
from rules.campaign.months.tracking import (
    PeriodSheet,
    asks_periods,
    by_question,
    last_month,
    months,
    names,
    overlaid,
    quarters,
    settled,
)
from rules.forms.form import Form
from rules.judging.interview import case_of
from rules.nouns.people import Person
from rules.nouns.periods import Period
from rules.nouns.reviews import Campaign, Review
from rules.nouns.tracking import OutsideScore, PeriodScore
from storage.repositories.tracking import SheetRow
from storage.transaction import Transaction

#: (person, post); post 0 is the main post.
Post = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tracked:
    """The scores of one person in a year and post: of the months in order, and of the quarters."""

    months: tuple[PeriodScore, ...]
    quarters: tuple[PeriodScore, ...]


async def tracked(tx: Transaction, books: Books, people: Iterable[Person], span: Period) -> Mapping[Post, Tracked]:
    """The scores of these people (each in the given post) in that year; three queries, however many people there are."""
    everybody = list(people)
    ids, years = sorted({one.id for one in everybody}), sorted({year for year, _ in names(span)})
    sheets: defaultdict[Post, list[PeriodSheet]] = defaultdict(list)
    for row in await tx.tracking.sheets(ids, years):
        if usable(row.campaign, books):
            sheets[row.person.id, row.person.post].append(sheet_of(books, row))
    outside: defaultdict[int, list[OutsideScore]] = defaultdict(list)
    for one in await tx.tracking.outside(ids, years):
        outside[one.person].append(one)
    return {
        at: Tracked(
            months(person.service, span, sheets[at], outside[person.id]),
            quarters(person.service, span, sheets[at], outside[person.id]),
        )
        for person in everybody
        for at in [(person.id, person.post)]
    }


async def with_scores(tx: Transaction, books: Books, reviews: Sequence[Review]) -> list[Review]:
    """The reviews; those of a whole year with the present scores of its periods."""
    asking: defaultdict[Period, list[Review]] = defaultdict(list)
    for review in reviews:
        if usable(review.campaign, books) and rests_on_periods(books, review):
            asking[review.campaign.span].append(review)
    if not asking:
        return list(reviews)
    found: dict[int, Review] = {}
    for span, some in asking.items():
        known = await tracked(tx, books, [review.person for review in some], span)
        for review in some:
            found[review.id] = holding(books, review, known[review.person.id, review.person.post])
    return [found.get(review.id, review) for review in reviews]


def rests_on_periods(books: Books, review: Review) -> bool:
    """Whether the review is of a whole year and its form needs the score or rating of a period."""
    return rests_on(review.campaign, books[review.campaign.edition].forms[review.form])


def rests_on(campaign: Campaign, form: Form) -> bool:
    """The same for any review by that form in that campaign."""
    return campaign.span.whole and asks_periods(form)


def holding(books: Books, review: Review, known: Tracked) -> Review:
    """The yearly review with these scores, where its form needs them."""
    form = books[review.campaign.edition].forms[review.form]
    rule = last_month(books[review.campaign.edition], review.campaign.span)
    held = by_question(form, settled((*known.months, *known.quarters), rule, review.campaign.last_month))
    return replace(review, held=held, answers=overlaid(review.answers, held))


def sheet_of(books: Books, row: SheetRow) -> PeriodSheet:
    """The total that the sheet's formulas give for its newest version."""
    book = books[row.campaign.edition]
    case = case_of(book.forms[row.form], row.person, row.answers)
    profile = book.profiles.get((case.subject, case.leader))
    value = derive(profile.formulas, case.facts)[0].get("score") if profile else None
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else None
    rating = list(row.ratings.values())[-1] if row.ratings else None
    period = row.campaign.period
    return PeriodSheet(row.id, row.campaign.id, row.campaign.year, period, row.status, row.version, number, rating)
