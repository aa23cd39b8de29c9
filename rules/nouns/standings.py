"""A review as one line of a list: its status and ratings, without its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.people import Person
from rules.nouns.reviews import OWED, RULED, Campaign, Extension, ReviewStatus, is_ready
from rules.nouns.values import Rating

#: Nothing is left to do: decided and told, or no longer owed.
SETTLED = frozenset({ReviewStatus.DECIDED, ReviewStatus.FINAL, ReviewStatus.ENDED})


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review of a campaign as a line of a list."""

    review: int
    person: Person
    campaign: Campaign
    form: str
    status: ReviewStatus
    #: Who has the draft now.
    approver_id: int | None
    approver_role: str
    #: The authority; None: one outside this installation.
    decider_id: int | None
    started: bool
    #: Of the newest draft, as is `suggested`.
    self_rating: Rating | None = None
    suggested: Rating | None = None
    #: The rating of the ruling in force; meaningful once `decided`.
    ruled: Rating | None = None
    #: All ratings of that ruling, by question.
    ratings: Mapping[str, Rating | None] = field(default_factory=dict)
    snoozed: bool = False
    #: Who must not act on it (see `Review.barred`).
    barred: frozenset[int] = frozenset()
    #: Who answers for a body's report.
    drafter: int | None = None
    drafter_name: str = ""
    extension: Extension | None = None

    @property
    def owed(self) -> bool:
        """Whether the person still has to hand it in."""
        return self.status in OWED

    @property
    def owner(self) -> int:
        """Who has to hand it in: the person, or for a body the drafter of its report."""
        return self.drafter or self.person.id

    @property
    def ready(self) -> bool:
        """Whether the whole chain has agreed, so that the authority is next."""
        return is_ready(self.status, self.approver_id)

    @property
    def decided(self) -> bool:
        """Whether the authority has decided."""
        return self.status in RULED

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do. Closing a campaign lists everything that is not settled."""
        return self.status in SETTLED

    @property
    def differs(self) -> bool:
        """Whether the self-rating differs from the suggestion."""
        return self.self_rating != self.suggested
