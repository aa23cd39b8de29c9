"""A draft on its way: sent and taken back by its person, commented, returned or agreed to by the chain, asked to be done anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.devices import CodeGiven
from rules.nouns.reviews import Answers, Json
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class Submit:
    """Send the answers as a new draft to the approver. `held`: the scores of months and quarters among them, as the office
    holds them or as they are marked now; `device`: who gave anew the code by which the device came in it is sent from.
    """

    review: int
    stamp: str
    self_rating: Rating | None
    suggested: Rating | None
    held: Answers = field(default_factory=dict)
    device: CodeGiven | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The person takes an undecided draft back."""

    review: int
    version: int


@dataclass(frozen=True, slots=True)
class KeepComment:
    """The approver's comment, kept until the decision."""

    review: int
    text: str
    for_whom: int | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """A step of the chain returns a draft with a reason; `sections` are the keys of the items that reopen (empty:
    all), `points` what the head holds right, by question. Like Withdraw it puts the chain back to its first step.
    """

    review: int
    version: int
    reason: str
    sections: tuple[str, ...] = ()
    for_whom: int | None = None
    points: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Endorse:
    """A step of the chain agrees with exactly this content and hands it on to the next step. When the draft is at
    another step by then, somebody else (the head, a stand-in) was first.
    """

    review: int
    version: int
    comment: str
    for_whom: int | None = None  # a stand-in: for whom
    step: int = 0  # place in Review.steps


@dataclass(frozen=True, slots=True)
class Approve:
    """The last step of the chain agrees with exactly this content. `for_whom`: a stand-in: for whom."""

    review: int
    version: int
    comment: str
    for_whom: int | None = None


@dataclass(frozen=True, slots=True)
class GiveOpinion:
    """The opinion that was asked."""

    opinion: int
    review: int
    text: str


@dataclass(frozen=True, slots=True)
class AskAnew:
    """The person asks to do a confirmed version of a sheet anew."""

    review: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerAnew:
    """Whoever confirmed it answers."""

    review: int
    redoing: int
    agreed: bool
    text: str = ""


DraftCommand = Submit | Withdraw | KeepComment | Return | Endorse | Approve | GiveOpinion | AskAnew | AnswerAnew
