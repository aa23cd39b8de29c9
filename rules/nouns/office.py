"""What an office sets for itself: how it reminds, and what the law leaves to it or makes depend on it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """`escalate_after`: working days after a last day on which what is still owed is told to the unit's head, then to
    the leader in charge, then to the desk. `quiet_from`, `quiet_until`: hours (0–24) without reminders, besides what is
    outside working hours. `review_workers`: contract workers are reviewed (the law leaves it to the office). `own_regulation`:
    the unit has issued its own regulation of assessment (Quy chế đánh giá). Both None: the desk has not said so yet.
    `digest`: heads get a summary on Mondays. `remind`: people are reminded at all. `place`: where documents are
    signed ("Quảng Ngãi, ngày …"); "" leaves it dotted.
    """

    escalate_after: tuple[int, int, int] = (1, 3, 5)
    quiet_from: int = 12
    quiet_until: int = 13
    review_workers: bool | None = None
    own_regulation: bool | None = None
    digest: bool = True
    remind: bool = True
    place: str = ""


@dataclass(frozen=True, slots=True)
class Transition:
    """A rulebook of a campaign that is for units with their own regulation only, or (`regulation` false) for those without,
    by the clause `cite`. `instead`: the title of the rulebook that is for the others.
    """

    title: str
    regulation: bool
    instead: str
    cite: str
