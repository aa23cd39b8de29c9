"""Drafts and sheets that go round, and what those who were asked say."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from rules.nouns.rounds import Round
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class BeginRound:
    """A draft goes round as it is at this moment, to `asked` (by id, in order). `begun`: without its id; `bodies`: who speaks for which."""

    begun: Round
    asked: tuple[int, ...]
    bodies: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BeginSheets:
    """A sheet about each of several people goes round, of whom nobody has one yet."""

    campaign: int
    sheets: tuple[BeginRound, ...]


@dataclass(frozen=True, slots=True)
class AnswerRound:
    """What the person says to it now, in place of whatever they said before. `comments`: by section."""

    round: int
    agrees: bool
    comments: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PutInBox:
    """What the person says without a name; "": they agree. Nothing but the box ever holds it."""

    round: int
    text: str


@dataclass(frozen=True, slots=True)
class EnterSlips:
    """What the papers of a round on paper said, in place of what was entered before: how many came back, how many of them only agree, what
    others say. `before`: the stamp of what was entered when it was shown ("": nothing was).
    """

    round: int
    returned: int
    agreeing: int
    texts: tuple[str, ...] = ()
    before: str = ""


@dataclass(frozen=True, slots=True)
class ConsentToName:
    """Whether the person agrees to answer with their name, where too few are asked for more."""

    round: int
    agreed: bool


@dataclass(frozen=True, slots=True)
class SettleComment:
    """A comment is taken up, or not, and why. `person` None: one without a name, at the place `section`."""

    round: int
    person: int | None
    section: int
    mark: str
    taken: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProlongRound:
    """The round has another, later last day. `before`: the one it had when that was chosen."""

    round: int
    before: dt.date
    last_day: dt.date


@dataclass(frozen=True, slots=True)
class ConcludeSheet:
    """What all who were asked propose together, of a sheet about somebody; a new paper in the place of one before."""

    round: int
    text: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class WeighPoints:
    """By which weights (round → per cent) the points of a part of a campaign come to one, and which paper says so; none: side by side."""

    campaign: int
    rulebook: str
    weights: Mapping[str, Decimal]
    source: str


@dataclass(frozen=True, slots=True)
class EndRound:
    """The round ends before its last day."""

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
