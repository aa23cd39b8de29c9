"""What units propose for each review: the conclusions of finished meetings, and the joint proposals of those who filled
sheets.
"""

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

#: The states in which a meeting's conclusions can no longer be reopened.
OVER = frozenset({Status.CLOSED, Status.ADOPTED})
_ENDED = frozenset({Kind.CLOSED.value, Kind.ADOPTED.value})

#: Review → question → the rating concluded by the unit's last finished meeting.
Concluded = Mapping[int, Mapping[str, Rating]]


async def concluded_in(tx: Transaction, books: Books, campaigns: Iterable[int]) -> Concluded:
    """The ratings proposed by units' meetings in these campaigns, regardless of what a meeting of the authority
    concluded later. Where a sheet makes those asked propose jointly (Sơn Dương 2020, Mẫu số 03), the text treats this
    as the proposal, and so does this function.
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
    """The conclusions of one meeting; none when it is not finished or is the authority's."""
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
    """Review → what the authority's last finished meeting concluded; otherwise the proposal made `together`; otherwise
    what the unit's last finished meeting concluded.
    """
    over = [one for one in meetings if one.status in OVER]
    found = {
        review: Consulted(one.title, one.at, adopted=True, ratings=one.ratings, by_sheet=True)
        for review, one in together.items()
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
