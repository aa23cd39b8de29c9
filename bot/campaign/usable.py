"""Which campaigns are usable: those whose rulebook can be loaded."""

import datetime as dt
from collections.abc import Sequence

from dialogs.core.handlers import Books
from rules.nouns.errors import NamedError, RulebookErrors
from rules.nouns.reviews import Campaign
from storage.store import Store
from templates.errors import worded


async def unusable(store: Store, books: Books) -> list[str]:
    """A line for each open campaign whose rulebook cannot be used, with the reason. The others continue."""
    async with store.reading() as tx:
        campaigns = await tx.campaigns.open_ones()
    return [line for campaign in campaigns if (line := _why_unusable(campaign, books))]


def usable(campaign: Campaign, books: Books) -> bool:
    """Whether the rulebook of a campaign can be loaded."""
    return readable(books, campaign.edition)


def readable(books: Books, edition: tuple[str, dt.date]) -> bool:
    """Whether a rulebook can be loaded in its edition of that day."""
    try:
        _ = books[edition]
    except (KeyError, RulebookErrors):
        return False
    return True


def stuck(parts: Sequence[Campaign], books: Books) -> frozenset[int]:
    """The ids of the campaigns with a part whose rulebook cannot be loaded; they can be neither judged nor changed."""
    broken = {edition for edition, part in {one.edition: one for one in parts}.items() if not usable(part, books)}
    return frozenset(part.id for part in parts if part.edition in broken)


def _why_unusable(campaign: Campaign, books: Books) -> str:
    whose = {"year": campaign.year, "office": campaign.office}
    try:
        _ = books[campaign.edition]
    except KeyError:
        return worded(NamedError("book_gone", **whose, rulebook=campaign.rulebook))
    except RulebookErrors as error:
        return worded(NamedError("book_unusable", **whose, told=worded(error)))
    return ""
