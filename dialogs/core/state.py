"""What a conversation knows when an event comes in. The shell loads it, `step` only reads it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dialogs.core.knowledge.every import RoomKnowledge
from rules.campaign.months.leading import UnitResult
from rules.judging.elsewhere import ReviewsAround
from rules.ledger.work import WorkLedger
from rules.nouns.devices import CodeGiven, WaitingCode
from rules.nouns.people import Person
from rules.nouns.reviews import Answer, Json, Review
from rules.personal.keeping import Keeping
from rules.reports.figures import Figure


class Invitation(StrEnum):
    """What became of the code a stranger gave."""

    NONE = "none"  # no code was given
    VALID = "valid"
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"  # taken back, or another was given in its place
    WAITING = "waiting"  # given anew: it does not open yet
    MALFORMED = "malformed"  # it cannot be a code: too long, too short, or with a character none has
    TOO_MANY = "too_many"  # unknown, and not the first: a good one still opens
    OTHER = "other"  # this account is tied to somebody else already


@dataclass(frozen=True, slots=True)
class Invited:
    """The outcome of looking a code up. `id` and `person` are set when VALID, `opens_at` when WAITING. `left`: of a wrong one, how many more may be tried
    in a row; None: it was not counted.
    """

    outcome: Invitation
    id: int = 0
    person: Person | None = None
    left: int | None = None
    opens_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """Where a person is signed in: since when, last used (None: not known). `here`: it is the one that speaks."""

    channel: str
    since: dt.datetime
    last: dt.datetime | None
    here: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What came of a text message when it was said. `answers`: the questions of `review` whose answers it kept, with the stamp of
    each; `idle`: nothing came of it, and nothing was said or pressed since;
    `unnamed`: it went into a box of what is said without names, and is kept nowhere else.
    """

    text: str
    review: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    idle: bool = False
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The conversation of one person (or of a stranger: `person` is None).

    `own` is the review at work (rules.campaign.at_work; while `person` is None: of the person whose code is VALID), `others`
    all the person's other reviews of open campaigns. `shown`: which of them this account was shown last, when a text comes
    (empty: not known). `about`: the review that a button or the focus names when it is none of these (None: there is none).
    `waiting` the submitted reviews this person decides.
    `waiting` holds those of heads this person stands in for, too (`acts_for`).
    `focus` is what the person asked to return to or what text is awaited: an override that is
    ignored when it no longer fits, never the truth about where a conversation stands.
    """

    person: Person | None
    language: str
    now: dt.datetime  # Asia/Ho_Chi_Minh
    own: Review | None = None
    others: tuple[Review, ...] = ()  # what is owed first (rules.campaign.at_work.in_order)
    shown: frozenset[int] = frozenset()
    about: Review | None = None
    waiting: tuple[Review, ...] = ()
    focus: Mapping[str, Json] | None = None
    around: Mapping[int, ReviewsAround] = field(
        default_factory=dict
    )  # what stands beside `own` and `about`, by review id
    approver: Person | None = None  # who approves `own`
    invited: Invited | None = None  # set when the event carries an invitation code
    due: dt.date | None = None  # until when `own` is to be submitted
    acts_for: tuple[int, ...] = ()  # absent heads for whom this person stands in today
    names: Mapping[int, str] = field(default_factory=dict)  # of acts_for, and of whom steps of `own`, `about` name
    ledgers: Mapping[int, WorkLedger] = field(
        default_factory=dict
    )  # review → the ledger that fills it, or that was sent with it
    room: RoomKnowledge | None = None  # what the room the event goes to knows besides
    desk: tuple[int, ...] = ()  # the people of the office's desk
    unit_results: Mapping[int, UnitResult] = field(
        default_factory=dict
    )  # d of leaders by review, where it is asked for
    figures: Mapping[int, tuple[Figure, ...]] = field(default_factory=dict)  # for a body's report, by review
    led: tuple[str, ...] = ()  # names of those whose reviews go through this person; known when a text comes
    device: CodeGiven | None = None  # who gave anew the code by which this device came in
    new_code: WaitingCode | None = None  # set for the buttons of a code given anew: the one that is not used yet
    before: Mapping[str, Answer | None] = field(
        default_factory=dict
    )  # what the answers kept together with the one to undo were before (None: not there); known for `undo`, and for an edited text that kept several
    earlier: tuple[
        Answer, ...
    ] = ()  # all answers so far to the question of which an older answer is to be undone, this one last; known for `undo`
    given: Given | None = None  # what came of the message that was edited now; None: not known
    fresh_codes: tuple[str, ...] = ()  # for those who were chosen to get one
    seen: int = 0  # of a body's report: the number of its newest answer when what the event answers was drawn
    fresh_code: str = (
        ""  # set for `/thietbi` and the way to the console: a code that IssueInvitation, IssueConsoleLink keeps
    )
    keeping: Keeping = field(default_factory=Keeping)  # for how long what is no official record is kept
    devices: tuple[Device, ...] = ()  # one's own, this one first, then the last used; known where asked for
    links: Mapping[str, str] = field(default_factory=dict)  # `telegram`, `web`, `console`: links that carry fresh_code

    @property
    def beside(self) -> tuple[Review, ...]:
        """The person's other reviews of the campaign of `own`."""
        return tuple(one for one in self.others if self.own and one.campaign.id == self.own.campaign.id)
