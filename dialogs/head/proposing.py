"""A head's proposals as a whole: how many of a group may have a rating, how many are proposed, and how other units
stand.

It is told once in the list, and again where one more would exceed the quota. It prevents nothing.
"""

from collections import Counter
from collections.abc import Sequence

from dialogs.core.handlers import Books
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.state import State
from dialogs.desk.progress import STAGES, stage
from dialogs.head.in_charge import visible
from dialogs.shown.chain import to_see
from dialogs.shown.person import which_values
from dialogs.shown.quota import quota_values
from rules.campaign.deciding.quotas import QuotaState, proposed_with
from rules.nouns.alphabet import by_name
from rules.nouns.reviews import Campaign, Json, Review
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating

#: How many people of a stage are named on the list; the rest are counted.
NAMED = 6


def quotas(books: Books, state: State) -> list[Json]:
    """For each group with drafts waiting here that ask for the rating: how many ask, how many are proposed, and how
    many may have it.
    """
    found: dict[tuple[str, ...], tuple[QuotaState, int]] = {}
    for review in to_see(state):
        wanted = review.draft.self_rating if review.draft else None
        for one in _states(books, state, review, None):
            quota, share = one.share.quota, one.share
            key = (quota.cite, quota.rating, *(f"{name}={value}" for name, value in share.key.items()))
            _, asking = found.get(key, (one, 0))
            found[key] = (one, asking + (wanted is quota.rating))
    return [{**quota_values(one), "asking": asking} for one, asking in found.values() if asking]


def too_many(books: Books, state: State, review: Review) -> list[Json]:
    """The groups whose quota would be exceeded if this draft were proposed as it is."""
    return [quota_values(one) for one in _with_it(books, state, review) if one.over]


def place(books: Books, state: State, review: Review) -> list[Json]:
    """How many there would be with this draft, in each group that limits its rating."""
    return [{**quota_values(one), "over": bool(one.over)} for one in _with_it(books, state, review)]


def _with_it(books: Books, state: State, review: Review) -> list[QuotaState]:
    wanted = review.draft.self_rating if review.draft else None
    if wanted is None:
        return []
    return [one for one in _states(books, state, review, wanted) if one.share.quota.rating is wanted]


def _states(books: Books, state: State, review: Review, rating: Rating | None) -> tuple[QuotaState, ...]:
    """The groups of a review. With a `rating`, as if it already had it."""
    known = state.room.proposed if isinstance(state.room, Sheets) else {}
    listed = known.get((review.campaign.id, review.campaign.rulebook), ())
    return proposed_with(books[review.campaign.edition], review.id, rating, listed)


def of_unit(books: Books, state: State) -> list[Json]:
    """The rest of their units in the campaigns of what waits: who is at which stage, with their self-ratings."""
    found: dict[int, list[ReviewLine]] = {}
    for one in _others(books, state):
        found.setdefault(one.campaign.id, []).append(one)
    return [_campaign(books, lines) for _, lines in sorted(found.items(), reverse=True)]


def _others(books: Books, state: State) -> list[ReviewLine]:
    known = state.room if isinstance(state.room, Sheets) else Sheets()
    here = {one.id for one in to_see(state)}
    units = {(one.campaign.id, one.person.unit_id) for one in to_see(state)}
    return [
        one
        for one in visible(books, state, known.beside)
        if one.review not in here and (one.campaign.id, one.person.unit_id) in units
    ]


def _campaign(books: Books, lines: Sequence[ReviewLine]) -> Json:
    campaign: Campaign = lines[0].campaign
    several = len({one.form for one in lines}) > 1
    stages: list[Json] = []
    for name in STAGES:
        there: dict[tuple[int, int], list[ReviewLine]] = {}
        for one in sorted(lines, key=lambda one: (by_name(one.person.name), one.review)):
            if stage(one) == name:
                there.setdefault((one.person.id, one.person.post), []).append(one)
        if there:
            named: list[Json] = [_named(books, of, several=several) for of in [*there.values()][:NAMED]]
            stages.append({"stage": name, "people": named, "more": len(there) - len(named)})
    return {"year": campaign.year, "period": campaign.period, "stages": stages}


def _named(books: Books, of: Sequence[ReviewLine], *, several: bool) -> dict[str, Json]:
    """A person once, with their forms at this stage."""
    forms: list[Json] = [
        {
            "code": which_values(books, one)["code"] if several else "",
            "rating": None if one.owed else one.ruled if one.decided else one.self_rating,
        }
        for one in of
    ]
    return {"name": of[0].person.called, "forms": forms}


def units_of(books: Books, state: State) -> list[tuple[Campaign, int, int]]:
    """Each campaign and unit with people whom the list does not open, and the number of their reviews."""
    counted = Counter((one.campaign.id, one.person.unit_id) for one in _others(books, state))
    campaigns = {one.campaign.id: one.campaign for one in to_see(state)}
    return [(campaigns[campaign], unit, count) for (campaign, unit), count in sorted(counted.items(), reverse=True)]
