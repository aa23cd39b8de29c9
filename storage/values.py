"""What repositories return besides the values of `rules`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.people import Person
from rules.reviews import Json, ReviewStatus


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where an update comes from: the tied person, and the kept replies when it was seen before."""

    person_id: int | None
    replies: list[Json] | None
    blocked: bool = False  # the account had blocked us; speaking again clears it


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation, locked until the unit ends. `approves`: this person is approver of some open review."""

    person: Person
    language: str
    focus: Mapping[str, Json] | None
    approves: bool


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
    """What became of a code: `valid`, `unknown`, `used`, `expired`. Ids are 0 when unknown."""

    outcome: str
    id: int = 0
    person_id: int = 0


@dataclass(frozen=True, slots=True)
class IssuedInvitation:
    """An invitation as the desk lists it."""

    id: int
    code: str
    person: Person
    kind: str
    issued_at: dt.datetime
    expires_at: dt.datetime
    used_at: dt.datetime | None
    revoked_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a review stands, without its answers: enough for reminders and lists."""

    review_id: int
    person_id: int
    unit_id: int
    form: str
    status: ReviewStatus
    approver_id: int | None
    approver_role: str
    answered: int  # answers ever given


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
class Audited:
    """One line of the audit."""

    at: dt.datetime
    by_person: int | None
    by: str
    what: str
    review_id: int | None
    person_id: int | None
    detail: Mapping[str, Json]
