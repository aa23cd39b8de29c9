"""Values returned by repositories, in addition to those of `rules`."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rules.nouns.devices import CodeGiven
from rules.nouns.people import Person
from rules.nouns.reviews import OWED, Json, ReviewStatus, Step


@dataclass(frozen=True, slots=True)
class Tie:
    """The owner of an account, since when, and when it was last used (None: before uses were recorded)."""

    person_id: int
    tied_at: dt.datetime
    seen_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Arrival:
    """The origin of an update: the tied person, and the stored replies if the update was handled before."""

    person_id: int | None
    replies: list[Json] | None
    by_somebody: bool = False  # it came in by a code whose issuer is barred (rules.nouns.devices.CodeGiven)
    blocked: bool = False  # the account had blocked the bot; writing again clears it
    tie: Tie | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """An account of a person: its channel, since when it is tied, and its last use."""

    channel: str
    account: str
    since: dt.datetime
    last: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, locked until the transaction ends."""

    person: Person
    language: str
    focus: Mapping[str, Json] | None
    #: The person is an approver of an open review.
    approves: bool
    #: The person is named as a stand-in, now or on other days.
    covers: bool = False
    #: The person's office has a catalogue, or the person has work lines.
    works: bool = False
    #: The person has reviews of closed campaigns.
    closed: bool = True
    #: The person drafts a body's report or has a part of one.
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn as stored."""

    id: int
    at: dt.datetime
    channel: str
    said: Json
    replies: list[Json]


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The state of a code: `valid`, `unknown`, `used`, `expired`, `revoked`, or `waiting` until `opens_at`. Ids are 0
    when unknown.
    """

    outcome: str
    id: int = 0
    person_id: int = 0
    opens_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class IssuedInvitation:
    """An invitation as the desk lists it. `code` is "" when it may no longer be handed out, was not asked for, or was
    locked by a key that is lost (`unreadable`).
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
        """Whether its code can be neither handed out nor recognised."""
        return not self.code and self.locked is not None


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code to be issued to a person. `given`: it is given anew, and by whom; it is valid from `opens_at` on (None: at
    once).
    """

    person: int
    code: str
    given: CodeGiven | None = None
    opens_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A review that is due: its person, rulebook, form, and chain."""

    person_id: int
    campaign_id: int
    rulebook: str
    form: str
    steps: tuple[Step, ...] = ()
    decider_id: int | None = None
    place: int = 0
    post_id: int = 0
    offers: Mapping[str, Json] = field(default_factory=dict)
    drafter_id: int | None = None  # for a body: the drafter of its report, unless one was named

    @property
    def key(self) -> tuple[int, str, str, int]:
        """The key that identifies the same review within its campaign."""
        return self.person_id, self.form, self.rulebook, self.post_id


@dataclass(frozen=True, slots=True)
class EnrolledReview:
    """A review that was opened before, with its present chain."""

    id: int
    status: ReviewStatus
    steps: tuple[Step, ...]
    step: int
    decider_id: int | None
    place: int
    device: CodeGiven | None = None  # that of the newest draft
    drafter_id: int | None = None  # for a body: the drafter of its report
    drafter_by: int | None = None  # who named them

    @property
    def barred(self) -> frozenset[int]:
        """The people barred from acting on what was sent (rules.nouns.reviews.Review.barred)."""
        sent = self.status not in {*OWED, ReviewStatus.ENDED}
        return self.device.bars if self.device and sent else frozenset()

    @property
    def walked(self) -> tuple[Step, ...]:
        """The steps that have agreed to the pending draft; they are never led elsewhere."""
        match self.status:
            case ReviewStatus.SUBMITTED:
                return self.steps[: self.step]
            case ReviewStatus.APPROVED:
                return self.steps
        return ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice or reminder. `attempts` includes the present one."""

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
    """A notice or reminder to be stored; it is not sent before `next_at` (None: at once)."""

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
    """A turn to be stored; the fields are those of `Turns.keep`."""

    person_id: int | None
    channel: str
    account: str
    update_id: str
    said: Json
    replies: Sequence[Json]


@dataclass(frozen=True, slots=True)
class Audited:
    """A line of the audit."""

    at: dt.datetime
    by_person: int | None
    by: str
    what: str
    review_id: int | None
    person_id: int | None
    detail: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file a person handed in. `sha256`: the hash of its content, in hexadecimal."""

    sha256: str
    name: str
    content: bytes
