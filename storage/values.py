"""What repositories return besides the values of `rules`."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rules.nouns.devices import CodeGiven
from rules.nouns.people import Person
from rules.nouns.reviews import OWED, Json, ReviewStatus, Step


@dataclass(frozen=True, slots=True)
class Tie:
    """Whose an account is, since when, and when it was last used (None: not since that is kept)."""

    person_id: int
    tied_at: dt.datetime
    seen_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where an update comes from: the tied person, and the kept replies when it was seen before."""

    person_id: int | None
    replies: list[Json] | None
    by_somebody: bool = False  # it came in by a code that bars whoever gave it (rules.nouns.devices.CodeGiven)
    blocked: bool = False  # the account had blocked us; speaking again clears it
    tie: Tie | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """An account of a person: where, since when, last used."""

    channel: str
    account: str
    since: dt.datetime
    last: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, locked until the unit ends. `approves`: this person is approver of some open review; `covers`:
    they are named to act for somebody absent, now or on other days; `works`: their office keeps a catalogue of products, or they
    have lines of work; `closed`: they have reviews of campaigns that are closed; `drafts`: they draft a body's report, or a part of one is theirs.
    """

    person: Person
    language: str
    focus: Mapping[str, Json] | None
    approves: bool
    covers: bool = False
    works: bool = False
    closed: bool = True
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A handled event as it was kept."""

    id: int
    at: dt.datetime
    channel: str
    said: Json
    replies: list[Json]


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What became of a code: `valid`, `unknown`, `used`, `expired`, `revoked`, or `waiting`: until `opens_at`. Ids are 0 when
    unknown.
    """

    outcome: str
    id: int = 0
    person_id: int = 0
    opens_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class IssuedInvitation:
    """An invitation as the desk lists it. `code`: "" where it is not to be handed out any more, was not asked for, or is locked by
    a key that is lost (`unreadable`).
    """

    id: int
    person: Person
    kind: str
    issued_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None
    revoked_at: dt.datetime | None
    opens_at: dt.datetime | None
    locked: str | None = None
    code: str = ""

    @property
    def unreadable(self) -> bool:
        """Whether it can neither be handed out nor be recognised."""
        return not self.code and self.locked is not None


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code that is given to a person. `given`: anew, by whom; it opens at `opens_at` (None: at once)."""

    person: int
    code: str
    given: CodeGiven | None = None
    opens_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A review that is due: whose, under which rulebook, with which form, and the chain it goes through."""

    person_id: int
    campaign_id: int
    rulebook: str
    form: str
    steps: tuple[Step, ...] = ()
    decider_id: int | None = None
    place: int = 0
    post_id: int = 0
    offers: Mapping[str, Json] = field(default_factory=dict)
    drafter_id: int | None = None  # of a body: who answers for its report where nobody was named

    @property
    def key(self) -> tuple[int, str, str, int]:
        """What makes it the same review within its campaign."""
        return self.person_id, self.form, self.rulebook, self.post_id


@dataclass(frozen=True, slots=True)
class EnrolledReview:
    """What a review that was opened before goes through now."""

    id: int
    status: ReviewStatus
    steps: tuple[Step, ...]
    step: int
    decider_id: int | None
    place: int
    device: CodeGiven | None = None  # of the newest draft
    drafter_id: int | None = None  # of a body: who answers for its report
    drafter_by: int | None = None  # who named them

    @property
    def barred(self) -> frozenset[int]:
        """Who never acts on what was sent (rules.nouns.reviews.Review.barred)."""
        sent = self.status not in {*OWED, ReviewStatus.ENDED}
        return self.device.bars if self.device and sent else frozenset()

    @property
    def walked(self) -> tuple[Step, ...]:
        """The steps that agreed with the draft that is on its way: they are never led elsewhere."""
        match self.status:
            case ReviewStatus.SUBMITTED:
                return self.steps[: self.step]
            case ReviewStatus.APPROVED:
                return self.steps
        return ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice or reminder. `attempts` counts this one."""

    id: int
    key: str
    person_id: int
    reply: Mapping[str, Json]
    kind: str
    campaign_id: int | None
    milestone: str
    due_on: dt.date | None
    status: str
    attempts: int
    next_at: dt.datetime
    created_at: dt.datetime
    sent_at: dt.datetime | None
    error: str
    message_ids: list[Json] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A notice or reminder to be written; not to be sent before `next_at` (None: at once)."""

    key: str
    person_id: int
    reply: Mapping[str, Json]
    kind: str
    campaign_id: int | None = None
    milestone: str = ""
    due_on: dt.date | None = None
    next_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Overdue:
    """A delivery that should have been sent by now."""

    id: int
    attempts: int
    next_at: dt.datetime
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class NewTurn:
    """A turn to be kept; fields as `Turns.keep` has them."""

    person_id: int | None
    channel: str
    account: str
    update_id: str
    said: Json
    replies: Sequence[Json]


@dataclass(frozen=True, slots=True)
class Audited:
    """One line of the audit."""

    at: dt.datetime
    by_person: int | None
    by: str
    what: str
    review_id: int | None
    person_id: int | None
    detail: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file a person handed in. `sha256`: of its content, in hex."""

    sha256: str
    name: str
    content: bytes
