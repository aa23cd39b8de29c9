"""What REPORT knows."""

from dataclasses import dataclass

from rules.nouns.people import Person
from rules.nouns.reviews import Review


@dataclass(frozen=True, slots=True)
class ReportView:
    """REPORT. `reports`: those of bodies in open campaigns that this person drafts, writes in, or may name the drafter of; `people`: of the
    office, of whom somebody may be chosen.
    """

    reports: tuple[Review, ...] = ()
    people: tuple[Person, ...] = ()
