"""Knowledge of the rooms DECIDE and PETITION."""

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
    """What a finished meeting concluded on a review: the authority's meeting, or else the unit's."""

    #: The title of the meeting; "": the text names none.
    title: str
    day: dt.datetime
    #: Whether its minutes were adopted.
    adopted: bool
    #: For each question: its key, what it rates, and the rating.
    ratings: tuple[tuple[str, str, Rating], ...]
    #: What the unit's meeting had concluded before the authority's; None: there was none.
    proposed: tuple[tuple[str, str, Rating], ...] | None = None
    #: Whether no meeting concluded it, but a sheet that all who were asked fill in together proposes it.
    by_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Deciding:
    """Knowledge of DECIDE and PETITION."""

    #: All reviews that this person decides, or that somebody they stand in for decides; for the desk also those of an
    #: authority outside. In closed campaigns only while a petition waits.
    mine: tuple[ReviewLine, ...] = ()
    #: (campaign id, rulebook) of those reviews → the whole office's list for counting quotas.
    rated: Mapping[tuple[int, str], tuple[Rated, ...]] = field(default_factory=dict)
    #: Unit id → how many bodies of the unit are not decided.
    undecided_units: Mapping[int, int] = field(default_factory=dict)
    #: Unit id → the units under it.
    units_below: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    petitions: tuple[Petition, ...] = ()
    #: Other reviews, in the same campaign, of the people whose reviews the event names and of the bodies of their
    #: units.
    beside: tuple[ReviewLine, ...] = ()
    #: The full reviews waiting in the unit that a button `decide_all` or `decide_every` names (`all`: in every unit).
    listed: tuple[Review, ...] = ()
    #: Petition id → working days until its last day; negative when it has passed.
    days_left: Mapping[int, int] = field(default_factory=dict)
    #: Opinions about the review that the event names.
    opinions: tuple[Opinion, ...] = ()
    #: Review id → what stands beside it.
    around: Mapping[int, ReviewsAround] = field(default_factory=dict)
    #: Review id → what the authority's meeting concluded.
    consulted: Mapping[int, Consulted] = field(default_factory=dict)
