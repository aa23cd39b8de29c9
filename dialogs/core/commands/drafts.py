"""Commands about a submitted draft: sending, withdrawing, commenting, returning, endorsing, approving, and doing a
sheet anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.nouns.devices import CodeGiven
from rules.nouns.reviews import Answers, Json
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class Submit:
    """Send the answers to the approver as a new draft."""

    review: int
    stamp: str
    self_rating: Rating | None
    suggested: Rating | None
    #: The scores of months and quarters among the answers, as the office holds them now.
    held: Answers = field(default_factory=dict)
    #: Who gave the code with which the sending device had signed in, if it was a code given anew.
    device: CodeGiven | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The person takes back a draft that is not decided."""

    review: int
    version: int


@dataclass(frozen=True, slots=True)
class KeepComment:
    """Store the approver's comment until they decide."""

    review: int
    text: str
    for_whom: int | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """A step of the chain returns a draft with a reason, and the chain starts again at its first step."""

    review: int
    version: int
    reason: str
    #: Keys of the items that reopen; empty: all.
    sections: tuple[str, ...] = ()
    for_whom: int | None = None
    #: Question → the value that the head thinks right.
    points: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Endorse:
    """A step of the chain agrees with exactly this content and passes it on.

    If the draft is at another step by then, somebody else (the head, a stand-in) acted first.
    """

    review: int
    version: int
    comment: str
    #: The absent person for whom a stand-in acts.
    for_whom: int | None = None
    #: The place in `Review.steps`.
    step: int = 0


@dataclass(frozen=True, slots=True)
class Approve:
    """The last step of the chain agrees with exactly this content. `for_whom`: the absent person for whom a stand-in
    acts.
    """

    review: int
    version: int
    comment: str
    for_whom: int | None = None


@dataclass(frozen=True, slots=True)
class GiveOpinion:
    """Give the opinion that was asked for."""

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
    """Whoever confirmed the sheet answers that request."""

    review: int
    redoing: int
    agreed: bool
    text: str = ""


DraftCommand = Submit | Withdraw | KeepComment | Return | Endorse | Approve | GiveOpinion | AskAnew | AnswerAnew
