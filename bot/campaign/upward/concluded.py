"""What meetings that are over concluded, review by review."""

from collections.abc import Mapping, Sequence

from dialogs.core.rooms import Consulted
from rules.meeting.nouns.items import Item
from rules.meeting.nouns.meeting import Meeting, Status
from rules.nouns.values import Rating

_OVER = frozenset({Status.CLOSED, Status.ADOPTED})

#: Review → question → what the last meeting of its unit concluded that is over.
Concluded = Mapping[int, Mapping[str, Rating]]


def unit_concluded(meetings: Sequence[Meeting]) -> Concluded:
    """What units propose by their meetings, whatever a meeting of the authority concluded after them."""
    return {
        item.review: {question: rating for question, _, rating in _ratings(item)}
        for one in meetings
        if one.status in _OVER and not one.consults
        for item in one.items
        if item.conclusion
    }


def concluded(meetings: Sequence[Meeting]) -> dict[int, Consulted]:
    """Of each review what the last meeting of the authority concluded that is over; where there was none, the last of its unit."""
    over = [one for one in meetings if one.status in _OVER]
    found, proposed = dict[int, Consulted](), dict[int, tuple[tuple[str, str, Rating], ...]]()
    for one in sorted(over, key=lambda one: one.consults):
        for item in one.items:
            if item.conclusion is None:
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
