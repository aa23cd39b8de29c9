"""The combined points of sheets about each person, as the paper that a dossier lists."""

import datetime as dt
from collections.abc import Collection

from bot.campaign.results.kept import results_of
from bot.campaign.rounds.points import Points, points_of
from bot.campaign.rounds.sheets import scored
from bot.clock import ZONE
from dialogs.core.handlers import Books
from rules.book.rounds import RoundRule
from rules.nouns.reviews import Campaign
from storage.transaction import Transaction
from templates.documents.summaries.page import Made, SummaryPage
from templates.documents.summaries.points import Missing, PointsTold, SheetMean, points_page


async def points_pages(
    tx: Transaction, books: Books, part: Campaign, people: Collection[int], made: Made, now: dt.datetime
) -> dict[int, SummaryPage]:
    """Person → page, for those of these people who have points."""
    if not people:
        return {}
    rules, found = scored(books[part.edition]), await points_of(tx, part.id, part.rulebook)
    asked, pages = await _asked(tx, part), dict[int, SummaryPage]()
    for one in await results_of(tx, books, part.id, part.rulebook, now.date()):
        if one.person not in people or one.person in pages:
            continue
        points = found.people[one.person]
        sheets = [_mean(rule, points, asked.get((one.person, rule.key))) for rule in rules]
        who = f"{one.name} – {one.position}, {one.unit}"
        told = PointsTold(who, one.score, sheets, one.weighted, "; ".join(dict.fromkeys(rule.cite for rule in rules)))
        pages[one.person] = points_page(told, made, now.astimezone(ZONE).date())
    return pages


def _mean(rule: RoundRule, points: Points, missing: Missing | None) -> SheetMean:
    if rule.key in points.means:
        return SheetMean(rule.title, points.outcomes[rule.key].sheets, points.means[rule.key])
    return SheetMean(rule.title, missing=missing or Missing.NOT_ASKED, without=rule.without)


async def _asked(tx: Transaction, part: Campaign) -> dict[tuple[int | None, str], Missing]:
    """(person, sheet) → why it has no mean, where it has none."""
    over = await tx.rounds.sheets_of(part.id, part.rulebook)
    running = [one for one in await tx.rounds.running() if (one.campaign, one.rulebook) == (part.id, part.rulebook)]
    return {(one.person, one.key): Missing.NO_POINTS for one in over} | {
        (one.person, one.key): Missing.RUNNING for one in running
    }
