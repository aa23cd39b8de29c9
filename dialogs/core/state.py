"""State: what a conversation knows when an event comes in. The shell loads it; `dialogs.step` only reads it."""

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
    """The outcome of looking up a stranger's code."""

    NONE = "none"  # no code was given
    VALID = "valid"
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"  # cancelled, or replaced by another
    WAITING = "waiting"  # given anew and still waiting
    MALFORMED = "malformed"  # not a code at all: wrong length, or a character that no code has
    TOO_MANY = "too_many"  # an unknown code after too many others; a valid one still works
    OTHER = "other"  # this account is already tied to somebody else


@dataclass(frozen=True, slots=True)
class Invited:
    """The result of looking up an invitation code."""

    outcome: Invitation
    #: Set, like `person`, when the code is VALID.
    id: int = 0
    person: Person | None = None
    #: After a wrong code: how many more may be tried in a row; None: it was not counted.
    left: int | None = None
    #: Set when the code is WAITING.
    opens_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A device on which a person is signed in."""

    channel: str
    since: dt.datetime
    #: When it was last used; None: not known.
    last: dt.datetime | None
    #: Whether it is the one that sent this event.
    here: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What a text message led to when it was first said."""

    text: str
    review: int = 0
    #: The questions of `review` that it answered, each with the stamp of the answer.
    answers: Mapping[str, str] = field(default_factory=dict)
    #: Nothing came of it, and nothing was said or pressed since.
    idle: bool = False
    #: It went into a box without names and is stored nowhere else.
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The conversation of one person. For a stranger `person` is None."""

    person: Person | None
    language: str
    #: In Asia/Ho_Chi_Minh.
    now: dt.datetime
    #: The review that the person works on (rules.campaign.at_work). While `person` is None: that of the person whose
    #: code is VALID.
    own: Review | None = None
    #: All other reviews of the person in open campaigns, in the order of rules.campaign.at_work.in_order: those owed
    #: come first.
    others: tuple[Review, ...] = ()
    #: When a text comes: which of these reviews this account was shown last (empty: not known).
    shown: frozenset[int] = frozenset()
    #: The review named by a button or the focus, when it is none of the person's own; None: there is none.
    about: Review | None = None
    #: Submitted reviews that wait for this person, or for a head for whom they stand in.
    waiting: tuple[Review, ...] = ()
    #: How many reviews are ready for the decision of this person or of those in `acts_for`. Known for the welcome only.
    to_decide: int = 0
    #: The awaited text, or the question that the person asked to return to. It only overrides the derived position, and
    #: is ignored once it no longer fits.
    focus: Mapping[str, Json] | None = None
    #: What stands beside `own` and `about`, by review id.
    around: Mapping[int, ReviewsAround] = field(default_factory=dict)
    #: Who approves `own`.
    approver: Person | None = None
    #: Set when the event carries an invitation code.
    invited: Invited | None = None
    #: The last day for submitting `own`.
    due: dt.date | None = None
    #: The absent heads for whom this person stands in today.
    acts_for: tuple[int, ...] = ()
    #: The names of those heads, and of everybody named by a step of `own` or `about`.
    names: Mapping[int, str] = field(default_factory=dict)
    #: Review → the ledger that fills it, or that was sent with it.
    ledgers: Mapping[int, WorkLedger] = field(default_factory=dict)
    #: Further knowledge of the room that handles the event.
    room: RoomKnowledge | None = None
    #: The members of the office's desk.
    desk: tuple[int, ...] = ()
    #: `d` of leaders by review, where it is asked for.
    unit_results: Mapping[int, UnitResult] = field(default_factory=dict)
    figures: Mapping[int, tuple[Figure, ...]] = field(default_factory=dict)  # for a body's report, by review
    #: The names of the people whose reviews go through this person; loaded when a text comes.
    led: tuple[str, ...] = ()
    #: The code given anew with which this device signed in, if any.
    device: CodeGiven | None = None
    #: For buttons about a code given anew: the one that is not used yet.
    new_code: WaitingCode | None = None
    #: What the answers kept together with the one to undo were before (None: not there). Known for `undo`, and for an
    #: edited text that kept several.
    before: Mapping[str, Answer | None] = field(default_factory=dict)
    earlier: tuple[
        Answer, ...
    ] = ()  # all answers so far to the question of which an older answer is to be undone, this one last; known for `undo`
    #: For an edited message: what the original led to; None: not known.
    given: Given | None = None
    #: One code for each of the people selected to get one.
    fresh_codes: tuple[str, ...] = ()
    #: For a body's report: the number of its newest answer when the message was drawn that this event answers.
    seen: int = 0
    fresh_code: str = (
        ""  # set for `/thietbi` and the way to the console: a code that IssueInvitation, IssueConsoleLink keeps
    )
    #: How long anything that is no official record is kept.
    keeping: Keeping = field(default_factory=Keeping)
    #: The person's devices, this one first, then by last use; loaded where asked for.
    devices: tuple[Device, ...] = ()
    #: `telegram`, `web`, `console`: links that carry `fresh_code`.
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def beside(self) -> tuple[Review, ...]:
        """The person's other reviews in the campaign of `own`."""
        return tuple(one for one in self.others if self.own and one.campaign.id == self.own.campaign.id)
