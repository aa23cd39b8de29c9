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

#: A value as JSON keeps it.
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class ReviewStatus(StrEnum):
    """Where a review stands."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"  # agreed by every step of the chain; waits for the authority
    DECIDED = "decided"  # the authority decided; the person was told
    APPEALED = "appealed"  # a petition waits for its answer
    FINAL = "final"  # the person took notice, or the petition was answered; a sheet without a rating: agreed
    ENDED = "ended"  # owed no longer (left, another form, not reviewed); the audit says why


#: The person owes something.
OWED = frozenset({ReviewStatus.DRAFTING, ReviewStatus.RETURNED})
#: The authority has decided.
RULED = frozenset({ReviewStatus.DECIDED, ReviewStatus.APPEALED, ReviewStatus.FINAL})


def is_ready(status: ReviewStatus, approver_id: int | None) -> bool:
    """Whether nobody is left to agree, so that the authority is next. Where no step of the chain is anybody's here
    (the head of the whole office), that is so once it is handed in.
    """
    return status is ReviewStatus.APPROVED or (status is ReviewStatus.SUBMITTED and approver_id is None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered. `note` illustrates a choice or gives the reason of a self-rating.

    The value of an ITEMS question is `{"items": [{field: value, …}, …], "closed": bool}`; an item
    may be incomplete while it is being asked, `closed` says "that is all".
    `skipped` answers have value None. `round` counts the versions submitted when it was answered: in a
    section that a return reopened, an answer of an earlier round is still to be looked at again.
    `held`: of a question that asks for the score of a period, how that stands and where it comes from; where the office holds it, the
    value is the office's and not the person's (`rules.campaign.months.tracking.overlaid`).
    """

    value: Json
    note: str = ""
    skipped: bool = False
    round: int = field(default=0, compare=False)
    held: PeriodScore | None = field(default=None, compare=False)

    @property
    def given(self) -> bool:
        """Whether the person gave it."""
        return self.held is None or self.held.standing in TYPED


Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Campaign:
    """Đợt đánh giá, or the part of it under one rulebook: a period, an office and the timetable (milestone key → last
    day). Parts of one campaign share the `id`. `period`: a name of `rules.nouns.periods`, with `year` the `span` of time; `days`:
    those of the span that the desk named itself. `closed`: nothing is owed in it any more; what was decided may still be
    petitioned against and decided anew. `last_month`: how it counts, once the desk has chosen.
    """

    id: int
    rulebook: str
    year: int
    office: str
    timetable: Mapping[str, dt.date] = field(default_factory=dict)
    period: str = "year"
    closed: bool = False
    days: PeriodDays = USUAL
    last_month: LastMonth | None = None

    @property
    def span(self) -> Period:
        """The period it is about, with its day of reference."""
        return period(self.year, self.period, self.days)

    @property
    def edition(self) -> tuple[str, dt.date]:
        """The rulebook as it stands on the day of reference: how a shelf of rulebooks knows it."""
        return self.rulebook, self.span.as_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A submitted version of a review. It never changes; `stamp` names its answers."""

    version: int  # 1, 2, … within its review
    stamp: str  # rules.forms.answers_stamp
    answers: Answers
    self_rating: Rating | None  # None: not rated
    suggested: Rating | None  # None: not decidable or not rated
    submitted_at: dt.datetime
    device: CodeGiven | None = None  # the code by which the device came in, where somebody gave it


class Outcome(StrEnum):
    """What became of a draft."""

    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Decision:
    """What an approver (or, for WITHDRAWN, the person) did with a draft, and when."""

    version: int
    outcome: Outcome
    by: int  # person id
    by_name: str
    by_position: str
    at: dt.datetime
    comment: str = ""  # the head's comment, or the reason of a return
    sections: tuple[str, ...] = ()  # RETURNED: keys of the items that were pointed at; empty: all
    points: Mapping[str, Json] = field(default_factory=dict)  # RETURNED: what the head holds right, by question
    for_whom: int | None = None  # a stand-in: the person for whom it was done
    device: CodeGiven | None = None  # as that of a draft


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the chain: as what, and who (resolved when the review was opened, anew when the roster changes)."""

    role: str  # rules.book.procedure.Role
    person: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a collective's report that is given to somebody to write: a section, an item or a question of its form (`place`), with a
    last day (None: that of the report). `done_at`: they said so.
    """

    id: int
    place: str
    writer: int
    writer_name: str
    given_by: int
    due: dt.date | None
    done_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote an answer, and when. `number`: of all answers to the report, a later one has a higher number."""

    number: int
    by: int
    name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Report:
    """Báo cáo của tập thể: a review of a body, written by several. `drafter`: who answers for it and sends it (None: the roster does not
    say who leads the body, and nobody was named); `named`: somebody named them. `parts`: those that were given and not taken back; `written`: by
    question, who wrote the answer that stands; `authors`: whoever drafts or drafted it, has or had a part, or wrote any of it.
    """

    drafter: int | None = None
    drafter_name: str = ""
    named: bool = False
    parts: tuple[Part, ...] = ()
    written: Mapping[str, Written] = field(default_factory=dict)
    authors: frozenset[int] = frozenset()

    @property
    def at(self) -> int:
        """The number of its newest answer; 0: there is none."""
        return max((one.number for one in self.written.values()), default=0)

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """Those still to be done."""
        return tuple(part for part in self.parts if part.done_at is None)

    def parts_of(self, person: int) -> tuple[Part, ...]:
        """Those that somebody writes."""
        return tuple(part for part in self.parts if part.writer == person)


@dataclass(frozen=True, slots=True)
class Extension:
    """Gia hạn: another last day for handing in one review, later than the plan's; why, and who gave it."""

    until: dt.date
    reason: str
    by_name: str


@dataclass(frozen=True, slots=True)
class Review:
    """One person's review in one campaign, whole; of a body its report (`report`)."""

    id: int
    person: Person
    campaign: Campaign
    form: str
    status: ReviewStatus
    answers: Answers
    approver_id: int | None  # who approves; None: an authority outside this installation
    approver_role: str = "unit_head"  # `unit_head` or `authority`
    drafts: tuple[Draft, ...] = ()  # oldest first
    decisions: tuple[Decision, ...] = ()
    comment: str = ""  # the approver's comment written before deciding, if any
    steps: tuple[Step, ...] = ()  # the chain; `approver_id` is who has it now
    step: int = 0  # place in it
    decider_id: int | None = None  # the authority; None: one outside this installation
    endorsements: tuple[Endorsement, ...] = ()  # of the newest draft, in order
    rulings: tuple[Ruling, ...] = ()  # oldest first; the last is in force
    acknowledged: Acknowledgement | None = None  # of the newest ruling
    offers: Offers = field(default_factory=dict)  # answers of earlier years, by question
    held: Mapping[str, PeriodScore] = field(default_factory=dict)  # by question: scores as they stand now
    asked: tuple[str, ...] = ()  # stamps of texts that the person was asked about before sending
    redone: bool = False  # a confirmed sheet that is being done anew
    report: Report | None = None  # of a body; None: a person's own
    extension: Extension | None = None

    @property
    def begun(self) -> bool:
        """Whether the person has answered anything; what the office holds is no beginning."""
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
        """The newest submitted version."""
        return self.drafts[-1] if self.drafts else None

    @property
    def barred(self) -> frozenset[int]:
        """Who never acts on what was sent: who had given the code by which the device came in, and of a body's report who wrote any of it.
        Of what is the person's again, nobody.
        """
        device = self.draft.device if self.draft and not self.open else None
        return (device.bars if device else frozenset()) | self.authors

    @property
    def authors(self) -> frozenset[int]:
        """Who wrote any of a body's report that was sent."""
        return self.report.authors if self.report and self.draft and not self.open else frozenset()

    @property
    def drafter(self) -> int | None:
        """Who answers for a body's report; None: nobody does, or it is a person's own."""
        return self.report.drafter if self.report else None

    @property
    def last_decision(self) -> Decision | None:
        """The newest decision."""
        return self.decisions[-1] if self.decisions else None

    @property
    def ruling(self) -> Ruling | None:
        """The decision of the authority that is in force."""
        return self.rulings[-1] if self.rulings else None

    @property
    def next_step(self) -> Step | None:
        """Who gets the draft when the present step agrees; None: the authority decides next."""
        return self.steps[self.step + 1] if self.step + 1 < len(self.steps) else None
