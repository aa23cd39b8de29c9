"""What RESULT and PLAN know, and ANEW of a sheet."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.reviews import Review
from rules.nouns.rulings import Improvement, Petition
from rules.nouns.tracking import PeriodScore, Redoing


@dataclass(frozen=True, slots=True)
class Results:
    """RESULT and PLAN. `mine`: the person's decided reviews, also of closed campaigns, whole, the newest campaign
    last; `petitions`: about them. `confirmed`: their sheets without a rating that were agreed to. `petition_due`: review id → last day for the answer to a petition filed now,
    where the rules set one (working days are the shell's).
    """

    mine: tuple[Review, ...] = ()
    petitions: tuple[Petition, ...] = ()
    confirmed: tuple[Review, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    petition_due: Mapping[int, dt.date] = field(default_factory=dict)
    year: tuple[PeriodScore, ...] = ()  # the months of the year that a button for their chart names


@dataclass(frozen=True, slots=True)
class Redoings:
    """ANEW: what was asked of the sheet that the event names, and answered, oldest first."""

    asked: tuple[Redoing, ...] = ()
