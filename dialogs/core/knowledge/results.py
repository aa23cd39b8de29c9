"""Knowledge of the rooms RESULT, PLAN and ANEW."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.reviews import Review
from rules.nouns.rulings import Improvement, Petition
from rules.nouns.tracking import PeriodScore, Redoing


@dataclass(frozen=True, slots=True)
class Results:
    """Knowledge of RESULT and PLAN."""

    #: The person's decided reviews, complete, also of closed campaigns; the newest campaign comes last.
    mine: tuple[Review, ...] = ()
    #: Petitions about these reviews.
    petitions: tuple[Petition, ...] = ()
    #: Their sheets without a rating that were agreed to.
    confirmed: tuple[Review, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    #: Review id → the last day for answering a petition filed now, where the rules set one. It is in working days, so
    #: the shell computes it.
    petition_due: Mapping[int, dt.date] = field(default_factory=dict)
    #: The months of the year whose chart a button asks for.
    year: tuple[PeriodScore, ...] = ()


@dataclass(frozen=True, slots=True)
class Redoings:
    """Knowledge of ANEW: the requests to redo the sheet that the event names, with their answers, oldest first."""

    asked: tuple[Redoing, ...] = ()
