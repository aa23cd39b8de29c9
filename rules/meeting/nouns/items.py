"""An item on the agenda: what was said about it, what was concluded, and how far it has got."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.book.meeting import Tag
from rules.nouns.reviews import Json
from rules.nouns.values import Rating


class ItemStatus(StrEnum):
    """How far an item has got."""

    WAITING = "waiting"
    OPEN = "open"
    CONCLUDED = "concluded"


@dataclass(frozen=True, slots=True)
class Words:
    """Something that was said."""

    number: int
    person: int
    name: str
    text: str
    at: dt.datetime
    #: Who wrote it down; "": the speaker.
    taken_by: str = ""
    withdrawn: bool = False
    #: The first wording, if somebody changed it; "": nobody did.
    first: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed rating. `about`: which of the form's two ratings (as civil servant, as party member)."""

    question: str
    about: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The chair's conclusion on an item: strengths, shortcomings, proposed ratings."""

    number: int
    strengths: str
    shortcomings: str
    ratings: tuple[Proposed, ...]
    by: int
    by_name: str
    at: dt.datetime
    #: How many people were present.
    present: int
    #: The counted ballots about the person known then: title, votes by option, slips returned, voters entitled.
    votes: tuple[Mapping[str, Json], ...] = ()
    #: It follows the proposal that the unit sent up.
    as_proposed: bool = False


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The person accepted the conclusion. `version`: the draft that they do anew; 0: nothing had to be changed."""

    version: int
    at: dt.datetime


class Paper(StrEnum):
    """How the review was presented to the meeting."""

    PRESENTED = "presented"  # by its owner in person (also in older meetings, which did not record it)
    READ = "read"  # read out in the owner's absence
    NONE = "none"  # no review was submitted


@dataclass(frozen=True, slots=True)
class Item:
    """A review on the agenda, as it was when the meeting was called."""

    review: int
    person: int
    name: str
    position: str
    form: str
    code: str
    tags: frozenset[Tag]
    body: bool
    #: The draft at that time; 0: none was submitted.
    version: int
    status: ItemStatus = ItemStatus.WAITING
    comments: tuple[Words, ...] = ()
    answers: tuple[Words, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    reopened: tuple[Words, ...] = ()
    taken_up: TakenUp | None = None
    out_of_order: str = ""
    paper: Paper = Paper.PRESENTED

    @property
    def conclusion(self) -> Conclusion | None:
        """The conclusion that counts."""
        return self.conclusions[-1] if self.conclusions and self.status is ItemStatus.CONCLUDED else None
