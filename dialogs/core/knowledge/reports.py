"""Knowledge of the room REPORT."""

from dataclasses import dataclass

from rules.nouns.people import Person
from rules.nouns.reviews import Review


@dataclass(frozen=True, slots=True)
class ReportView:
    """Knowledge of REPORT."""

    #: Reports of bodies in open campaigns that this person drafts, writes in, or may appoint the drafter of.
    reports: tuple[Review, ...] = ()
    #: The people of the office from whom somebody may be chosen.
    people: tuple[Person, ...] = ()
