"""A review (bản tự đánh giá) and what happens to it, as values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.nouns.devices import CodeGiven
from rules.nouns.people import Person
from rules.nouns.periods import USUAL, Period, PeriodDays, period
from rules.nouns.rulings import Acknowledgement, Endorsement, Offers, Ruling
from rules.nouns.tracking import TYPED, LastMonth, PeriodScore
from rules.nouns.values import Rating

#: A value that JSON can hold.
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class ReviewStatus(StrEnum):
    """Where a review stands."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"  # every step of the chain has agreed; the authority is next
    DECIDED = "decided"  # the authority decided; the person was told
    APPEALED = "appealed"  # a petition waits for its answer
    FINAL = "final"  # acknowledged, or its petition answered; for a sheet without a rating: agreed
    ENDED = "ended"  # owed no longer (left, another form, not reviewed); the audit says why


#: The person still has to hand in a draft.
OWED = frozenset({ReviewStatus.DRAFTING, ReviewStatus.RETURNED})
#: The authority has decided.
RULED = frozenset({ReviewStatus.DECIDED, ReviewStatus.APPEALED, ReviewStatus.FINAL})


def is_ready(status: ReviewStatus, approver_id: int | None) -> bool:
    """Whether every step of the chain has agreed, so that the authority decides next.

    Where no step has anybody to take it (for the head of the whole office), this holds as soon as the draft is
    submitted.
    """
    return status is ReviewStatus.APPROVED or (status is ReviewStatus.SUBMITTED and approver_id is None)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    The value of an ITEMS question is `{"items": [{field: value, …}, …], "closed": bool}`. An item may be incomplete
    while it is being asked; `closed` says that no more items follow.
    """

    value: Json
    #: The illustration of a choice, or the reason for a self-rating.
    note: str = ""
    #: The question was skipped; the value is None.
    skipped: bool = False
    #: How many drafts had been submitted when this was answered. After a return reopened its section, an answer of an
    #: earlier round has to be looked at again.
    round: int = field(default=0, compare=False)
    #: For the score of a period: how it stands and where it comes from. Where the office holds the score, the value is
    #: the office's and not the person's (`rules.campaign.months.tracking.overlaid`).
    held: PeriodScore | None = field(default=None, compare=False)

    @property
    def given(self) -> bool:
        """Whether the person answered it themself."""
        return self.held is None or self.held.standing in TYPED


Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Campaign:
    """Đợt đánh giá: one campaign of an office, or its part under one rulebook. The parts of a campaign share the `id`."""

    id: int
    rulebook: str
    year: int
    office: str
    #: Milestone key → last day.
    timetable: Mapping[str, dt.date] = field(default_factory=dict)
    #: A name of `rules.nouns.periods`; together with `year` it gives the `span`.
    period: str = "year"
    #: Nothing is owed any more. Petitions against earlier decisions, and new decisions on them, remain possible.
    closed: bool = False
    #: The days of the span that the desk chose itself.
    days: PeriodDays = USUAL
    #: How the last month of the year counts, once the desk has chosen.
    last_month: LastMonth | None = None

    @property
    def span(self) -> Period:
        """The period that is reviewed, with its day of reference."""
        return period(self.year, self.period, self.days)

    @property
    def edition(self) -> tuple[str, dt.date]:
        """The key of the rulebook as it stands on the day of reference, for looking it up in `Books`."""
        return self.rulebook, self.span.as_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A submitted version of a review. It never changes."""

    #: 1, 2, … within its review.
    version: int
    #: Identifies the answers (rules.forms.answers_stamp).
    stamp: str
    answers: Answers
    self_rating: Rating | None  # None: not rated
    #: None: nothing could be suggested, or the review is not rated.
    suggested: Rating | None
    submitted_at: dt.datetime
    #: The code given anew with which the sending device had signed in, if any.
    device: CodeGiven | None = None


class Outcome(StrEnum):
    """What became of a draft."""

    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an approver did with a draft, or that the person withdrew it (WITHDRAWN)."""

    version: int
    outcome: Outcome
    by: int  # person id
    by_name: str
    by_position: str
    at: dt.datetime
    #: The head's comment, or the reason for a return.
    comment: str = ""
    #: RETURNED: keys of the items to be reworked; empty: all of them.
    sections: tuple[str, ...] = ()
    #: RETURNED: by question, the value that the head thinks right.
    points: Mapping[str, Json] = field(default_factory=dict)
    #: The absent person for whom a stand-in acted.
    for_whom: int | None = None
    #: As in `Draft.device`.
    device: CodeGiven | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the chain: the role and the person who takes it, found when the review is opened and again when the
    roster changes.
    """

    role: str  # rules.book.procedure.Role
    person: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a body's report assigned to one writer."""

    id: int
    #: The section, item or question of the form.
    place: str
    writer: int
    writer_name: str
    given_by: int
    #: The writer's last day; None: that of the report.
    due: dt.date | None
    #: When the writer declared it done.
    done_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote an answer of a report, and when."""

    #: Counts all answers to the report; a later answer has a higher number.
    number: int
    by: int
    name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Report:
    """Báo cáo của tập thể: the review of a body, written by several people."""

    #: Who answers for it and sends it; None: the roster names nobody who leads the body, and nobody was appointed.
    drafter: int | None = None
    drafter_name: str = ""
    #: Whether the drafter was appointed by a person instead of following from the roster.
    named: bool = False
    #: The parts that were assigned and not taken back.
    parts: tuple[Part, ...] = ()
    #: Question → who wrote the answer that stands.
    written: Mapping[str, Written] = field(default_factory=dict)
    #: Everybody who ever was the drafter, was assigned a part, or wrote an answer.
    authors: frozenset[int] = frozenset()

    @property
    def at(self) -> int:
        """The number of the newest answer; 0 when there is none."""
        return max((one.number for one in self.written.values()), default=0)

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """The parts that are not done yet."""
        return tuple(part for part in self.parts if part.done_at is None)

    def parts_of(self, person: int) -> tuple[Part, ...]:
        """The parts assigned to one writer."""
        return tuple(part for part in self.parts if part.writer == person)


@dataclass(frozen=True, slots=True)
class Extension:
    """Gia hạn: a later last day for handing in one review, with the reason and who granted it."""

    until: dt.date
    reason: str
    by_name: str


@dataclass(frozen=True, slots=True)
class Review:
    """One person's review in one campaign, complete. The review of a body has a `report`."""

    id: int
    person: Person
    campaign: Campaign
    form: str
    status: ReviewStatus
    answers: Answers
    #: Who has the draft now; None: an authority outside this installation.
    approver_id: int | None
    approver_role: str = "unit_head"  # `unit_head` or `authority`
    drafts: tuple[Draft, ...] = ()  # oldest first
    decisions: tuple[Decision, ...] = ()
    #: The approver's comment written before deciding, if any.
    comment: str = ""
    #: The chain of people whose agreement is needed.
    steps: tuple[Step, ...] = ()
    #: The present place in `steps`.
    step: int = 0
    #: The authority; None: one outside this installation.
    decider_id: int | None = None
    #: Those of the newest draft, in order.
    endorsements: tuple[Endorsement, ...] = ()
    #: Oldest first; the last one is in force.
    rulings: tuple[Ruling, ...] = ()
    #: The acknowledgement of the newest ruling.
    acknowledged: Acknowledgement | None = None
    #: Question → answers of earlier years that may be taken over.
    offers: Offers = field(default_factory=dict)
    #: Question → the score of the period as it stands now.
    held: Mapping[str, PeriodScore] = field(default_factory=dict)
    #: Stamps of texts that the person has already been asked to confirm before sending.
    asked: tuple[str, ...] = ()
    #: A confirmed sheet that is being done anew.
    redone: bool = False
    #: For a body; None: a person's own review.
    report: Report | None = None
    extension: Extension | None = None

    @property
    def begun(self) -> bool:
        """Whether the person has answered anything. Scores held by the office do not count."""
        return any(answer.given for answer in self.answers.values())

    @property
    def open(self) -> bool:
        """Whether the person may still change answers."""
        return self.status in {ReviewStatus.DRAFTING, ReviewStatus.RETURNED}

    @property
    def ready(self) -> bool:
        """Whether the authority is next (`is_ready`)."""
        return is_ready(self.status, self.approver_id)

    @property
    def draft(self) -> Draft | None:
        """The newest submitted version, if any."""
        return self.drafts[-1] if self.drafts else None

    @property
    def barred(self) -> frozenset[int]:
        """The people who must not act on the present draft: whoever gave the code by which the sending device signed
        in, and the authors of a body's report. Empty while the review is back with its person.
        """
        device = self.draft.device if self.draft and not self.open else None
        return (device.bars if device else frozenset()) | self.authors

    @property
    def authors(self) -> frozenset[int]:
        """The authors of a body's report that was submitted."""
        return self.report.authors if self.report and self.draft and not self.open else frozenset()

    @property
    def drafter(self) -> int | None:
        """Who answers for a body's report; None when nobody does, or for a person's own review."""
        return self.report.drafter if self.report else None

    @property
    def last_decision(self) -> Decision | None:
        """The newest decision."""
        return self.decisions[-1] if self.decisions else None

    @property
    def ruling(self) -> Ruling | None:
        """The authority's decision in force, if any."""
        return self.rulings[-1] if self.rulings else None

    @property
    def next_step(self) -> Step | None:
        """The step that gets the draft once the present one agrees; None: the authority decides next."""
        return self.steps[self.step + 1] if self.step + 1 < len(self.steps) else None
