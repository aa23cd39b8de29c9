"""A review as one line of a list: where it stands, without its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.people import Person
from rules.nouns.reviews import OWED, RULED, Campaign, Extension, ReviewStatus, is_ready
from rules.nouns.values import Rating

#: Nothing is left to be done: decided and told, or owed no longer.
SETTLED = frozenset({ReviewStatus.DECIDED, ReviewStatus.FINAL, ReviewStatus.ENDED})


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review of a campaign. `approver_id`, `approver_role`: who has the draft now; `decider_id`: the authority
    (None: outside). `self_rating`, `suggested`: of the newest draft; `ruled`: of the ruling in force, when `decided`,
    `ratings`: all of it, by question.
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
    ratings: Mapping[str, Rating | None] = field(default_factory=dict)
    snoozed: bool = False
    barred: frozenset[int] = frozenset()  # who never acts on it (Review.barred)
    drafter: int | None = None  # of a body's report, who answers for it
    drafter_name: str = ""
    extension: Extension | None = None

    @property
    def owed(self) -> bool:
        """The person still has to hand it in."""
        return self.status in OWED

    @property
    def owner(self) -> int:
        """Who hands it in: the person; of a body whoever drafts its report."""
        return self.drafter or self.person.id

    @property
    def ready(self) -> bool:
        """Nobody is left to agree: the authority is next."""
        return is_ready(self.status, self.approver_id)

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
