"""Commands about rounds: drafts and sheets that go round, and what people say to them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from rules.nouns.rounds import Round
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class BeginRound:
    """Send a draft round, as it is now."""

    #: The round, still without an id.
    begun: Round
    #: The people asked, in order.
    asked: tuple[int, ...]
    #: Person → the name of the body they speak for.
    bodies: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BeginSheets:
    """Send a sheet round about each of several people who have none yet."""

    campaign: int
    sheets: tuple[BeginRound, ...]


@dataclass(frozen=True, slots=True)
class AnswerRound:
    """Store what the person says, in place of anything they said before. `comments`: by section."""

    round: int
    agrees: bool
    comments: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PutInBox:
    """Put what the person says without a name into the box ("": they agree). It is stored nowhere else."""

    round: int
    text: str


@dataclass(frozen=True, slots=True)
class EnterSlips:
    """Enter what the papers of a round on paper say, in place of what was entered before."""

    round: int
    #: How many papers came back.
    returned: int
    #: How many of them only agree; `texts` is what the others say.
    agreeing: int
    texts: tuple[str, ...] = ()
    #: The stamp of the entries shown when this was typed; "": there were none.
    before: str = ""


@dataclass(frozen=True, slots=True)
class ConsentToName:
    """Whether the person agrees to answer by name, where too few people are asked to hide who said what."""

    round: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class SettleComment:
    """Take a comment up, or refuse it with a reason. `person` None: a comment without a name, at place `section`."""

    round: int
    person: int | None
    section: int
    mark: str
    taken: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProlongRound:
    """Give the round a later last day. `before` is the day it had when that was chosen."""

    round: int
    before: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class ConcludeSheet:
    """Record what everybody asked proposes together about a person. A new paper replaces the one before."""

    round: int
    text: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class WeighPoints:
    """Set the weights (round → per cent) by which a campaign's points are combined, and the paper that says so. Without
    weights the points are only listed side by side.
    """

    campaign: int
    rulebook: str
    weights: Mapping[str, Decimal]
    source: str


@dataclass(frozen=True, slots=True)
class EndRound:
    """End the round before its last day."""

    round: int


RoundCommand = (
    BeginRound
    | BeginSheets
    | AnswerRound
    | PutInBox
    | EnterSlips
    | ConsentToName
    | SettleComment
    | ProlongRound
    | ConcludeSheet
    | WeighPoints
    | EndRound
)
