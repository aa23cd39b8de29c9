"""What DECIDE and PETITION know."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.book.quota import Rated
from rules.judging.elsewhere import ReviewsAround
from rules.nouns.reviews import Review
from rules.nouns.rulings import Opinion, Petition
from rules.nouns.standings import ReviewLine
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class Consulted:
    """What a meeting that is over, of the authority or else of the unit, concluded on a review: the meeting's `title` ("": the text names none) and day, whether its minutes
    were `adopted`; `ratings` by question, with what of them each is. `proposed`: in the same way what the unit's meeting had concluded before that of the authority
    (None: it held none).
    """

    title: str
    day: dt.datetime
    adopted: bool
    ratings: tuple[tuple[str, str, Rating], ...]
    proposed: tuple[tuple[str, str, Rating], ...] | None = None


@dataclass(frozen=True, slots=True)
class Deciding:
    """DECIDE and PETITION. `mine`: every review this person decides (or an absent one for whom they act; of the desk
    also those whose authority is outside), in open campaigns, whatever its status, in closed ones while a petition
    waits; `rated`: of every campaign part
    among them (campaign id, rulebook), the whole office's list for quotas, with review, subject and `open`.
    `opinions`: those about the review the event names. `beside`: the other reviews, in the same campaign, of the
    people whose reviews the event names, and of the bodies of their units. `listed`: the whole reviews that wait for
    this person in the unit that a button `decide_all` or `decide_every` names (`all`: in every unit). `days_left`:
    petition id → working days until its last day, below 0 when it has passed.
    """

    mine: tuple[ReviewLine, ...] = ()
    rated: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    undecided_units: Mapping[int, int] = field(default_factory=dict)  # unit id → bodies of it not decided
    units_below: Mapping[int, tuple[int, ...]] = field(default_factory=dict)  # unit id → units under it
    petitions: tuple[Petition, ...] = ()
    beside: tuple[ReviewLine, ...] = ()
    listed: tuple[Review, ...] = ()
    days_left: Mapping[int, int] = field(default_factory=dict)
    opinions: tuple[Opinion, ...] = ()
    around: Mapping[int, ReviewsAround] = field(default_factory=dict)  # review id → what stands beside it
    consulted: Mapping[int, Consulted] = field(
        default_factory=dict
    )  # review id → what the authority's meeting concluded
