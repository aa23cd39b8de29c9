"""What units propose, review by review: what meetings that are over concluded, and what those propose together whom a sheet asked."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

from bot.campaign.together import Together, together_in
from dialogs.core.handlers import Books
from dialogs.core.knowledge.authority import Consulted
from rules.meeting.happenings import Kind
from rules.meeting.nouns.items import Item
from rules.meeting.nouns.meeting import Meeting, Status
from rules.nouns.values import Rating
from storage.pieces import each
from storage.repositories.meetings import Concluding
from storage.transaction import Transaction

#: Nothing that such a meeting concluded is reopened in it.
OVER = frozenset({Status.CLOSED, Status.ADOPTED})
_ENDED = frozenset({Kind.CLOSED.value, Kind.ADOPTED.value})

#: Review → question → what the last meeting of its unit concluded that is over.
Concluded = Mapping[int, Mapping[str, Rating]]


async def concluded_in(tx: Transaction, books: Books, campaigns: Iterable[int]) -> Concluded:
    """What units propose by their meetings in these campaigns, whatever a meeting of the authority concluded after them. Where a sheet has
    those asked propose together (Sơn Dương 2020, Mẫu số 03) the text takes that for the proposal, and so do we.
    """
    found: dict[int, Mapping[str, Rating]] = {}
    wanted = sorted(campaigns)
    for campaign in wanted:
        kept = await tx.meetings.concluding(campaign)
        meetings = [[*some] for _, some in groupby(kept, attrgetter("meeting_id"))]
        for one in await each(_of_unit, meetings):
            found.update(one)
    for review, together in (await together_in(tx, books, wanted)).items():
        found[review] = {**found.get(review, {}), **{key: rating for key, _, rating in together.ratings}}
    return found


def _of_unit(kept: Sequence[Concluding]) -> Mapping[int, Mapping[str, Rating]]:
    """Of one meeting; nothing of one that is not over, or is the authority's."""
    stands = next(one.kind for one in reversed(kept) if one.kind != Kind.CONCLUDED)
    if stands not in _ENDED or kept[0].data.get("consults"):
        return {}
    return {
        one.item: {said["question"]: Rating(said["rating"]) for said in one.data["ratings"]}
        for one in kept
        if one.kind == Kind.CONCLUDED and one.item
    }


def concluded(
    meetings: Sequence[Meeting], together: Mapping[int, Together] = MappingProxyType({})
) -> dict[int, Consulted]:
    """Of each review what the last meeting of the authority concluded that is over; where there was none, what was proposed `together`, else
    what the last meeting of its unit concluded.
    """
    over = [one for one in meetings if one.status in OVER]
    found = {
        review: Consulted(one.title, one.at, adopted=True, ratings=one.ratings) for review, one in together.items()
    }
    proposed = {review: one.ratings for review, one in together.items()}
    for one in sorted(over, key=lambda one: one.consults):
        for item in one.items:
            if item.conclusion is None or (item.review in together and not one.consults):
                continue
            ratings = _ratings(item)
            if not one.consults:
                proposed[item.review] = ratings
            before = proposed.get(item.review) if one.consults else None
            adopted = one.status is Status.ADOPTED
            found[item.review] = Consulted(one.title, one.sessions[-1].since, adopted, ratings, before)
    return found


def _ratings(item: Item) -> tuple[tuple[str, str, Rating], ...]:
    assert item.conclusion is not None, "asked before"
    return tuple((each.question, each.about, each.rating) for each in item.conclusion.ratings)
