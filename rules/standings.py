"""A review as one line of a list: where it stands, without its answers."""

from dataclasses import dataclass

from rules.people import Person
from rules.reviews import OWED, RULED, Campaign, ReviewStatus
from rules.values import Rating

#: A review that is through to its end.
SETTLED = frozenset({ReviewStatus.FINAL, ReviewStatus.ENDED})


@dataclass(frozen=True, slots=True)
class Standing:
    """One review of a campaign. `approver_id`, `approver_role`: who has the draft now; `decider_id`: the authority
    (None: outside). `self_rating`, `suggested`: of the newest draft; `ruled`: of the ruling in force, when `decided`.
    """

    review: int
    person: Person
    campaign: Campaign
    form: str
    status: ReviewStatus
    approver_id: int | None
    approver_role: str
    decider_id: int | None
    started: bool
    self_rating: Rating | None = None
    suggested: Rating | None = None
    ruled: Rating | None = None
    snoozed: bool = False

    @property
    def owed(self) -> bool:
        """The person still has to hand it in."""
        return self.status in OWED

    @property
    def decided(self) -> bool:
        """The authority has decided."""
        return self.status in RULED

    @property
    def settled(self) -> bool:
        """Nothing is left to be done: what else there is, a campaign that is closed names."""
        return self.status in SETTLED

    @property
    def differs(self) -> bool:
        """Whether the self-rating is another than the suggestion."""
        return self.self_rating != self.suggested
