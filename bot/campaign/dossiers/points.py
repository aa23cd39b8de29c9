"""What sheets with points came to, person by person, as the paper a dossier lists."""

import datetime as dt
from collections.abc import Collection

from bot.campaign.results import results_of
from bot.campaign.rounds.points import points_of
from bot.campaign.rounds.sheets import scored
from bot.clock import ZONE
from dialogs.core.handlers import Books
from rules.nouns.reviews import Campaign
from storage.transaction import Transaction
from templates.documents.summaries.page import Made, SummaryPage
from templates.documents.summaries.points import PointsTold, points_page


async def points_pages(
    tx: Transaction, books: Books, part: Campaign, people: Collection[int], made: Made, now: dt.datetime
) -> dict[int, SummaryPage]:
    """Of each of these people of whom something is there."""
    if not people:
        return {}
    rules, found, pages = (
        scored(books[part.edition]),
        await points_of(tx, part.id, part.rulebook),
        dict[int, SummaryPage](),
    )
    for one in await results_of(tx, books, part.id, part.rulebook, now.date()):
        if one.person not in people or one.person in pages:
            continue
        outcomes = found.people[one.person].outcomes
        sheets = [
            (rule.title, outcomes[rule.key].sheets, found.people[one.person].means.get(rule.key))
            if rule.key in outcomes
            else (rule.title, 0, None)
            for rule in rules
        ]
        who = f"{one.name} – {one.position}, {one.unit}"
        told = PointsTold(who, one.score, sheets, one.weighted, "; ".join(dict.fromkeys(rule.cite for rule in rules)))
        pages[one.person] = points_page(told, made, now.astimezone(ZONE).date())
    return pages
