"""What an office sets for itself: how it reminds and whom it reviews where the law leaves it the choice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """`escalate_after`: working days after a last day on which what is still owed is told to the unit's head, then to
    the leader in charge, then to the desk. `quiet_from`, `quiet_until`: hours (0–24) without reminders, besides what is
    outside working hours. `review_workers`: contract workers are reviewed (the law leaves it to the office).
    `digest`: heads get a summary on Mondays. `remind`: people are reminded at all.
    """

    escalate_after: tuple[int, int, int] = (1, 3, 5)
    quiet_from: int = 12
    quiet_until: int = 13
    review_workers: bool = True
    digest: bool = True
    remind: bool = True
