"""A thing on the agenda: what was said to it, what was concluded, and how far it is gone through."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.book.meeting import Tag
from rules.nouns.reviews import Json
from rules.nouns.values import Rating


class ItemStatus(StrEnum):
    """Where a thing on the agenda stands."""

    WAITING = "waiting"
    OPEN = "open"
    CONCLUDED = "concluded"


@dataclass(frozen=True, slots=True)
class Words:
    """Something said, by its number. `taken_by`: who took it down ("": who said it wrote it). `first`: how it was worded before somebody changed
    the wording ("": nobody did).
    """

    number: int
    person: int
    name: str
    text: str
    at: dt.datetime
    taken_by: str = ""
    withdrawn: bool = False
    first: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """The rating that is proposed; `about`: which of two a form asks for (as a civil servant, as a member of the party)."""

    question: str
    about: str
    rating: Rating


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the chair concluded: strengths, shortcomings, the ratings that are proposed; how many were there. `votes`: the counted ballots on
    the person that lay before them then, each with its title, votes by option, slips returned and voters entitled.
    """

    number: int
    strengths: str
    shortcomings: str
    ratings: tuple[Proposed, ...]
    by: int
    by_name: str
    at: dt.datetime
    present: int
    votes: tuple[Mapping[str, Json], ...] = ()
    as_proposed: bool = False  # as the unit sent it up


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The person took the conclusion up; `version`: of the draft they do anew, 0: nothing was to be changed."""

    version: int
    at: dt.datetime


class Paper(StrEnum):
    """What lay before the meeting when something was gone through."""

    PRESENTED = "presented"  # whose it is was there (of meetings of before: as it was always said)
    READ = "read"  # they were not
    NONE = "none"  # none was sent


@dataclass(frozen=True, slots=True)
class Item:
    """A review on the agenda, as it was when the meeting was called. `version`: its draft then (0: none was sent)."""

    review: int
    person: int
    name: str
    position: str
    form: str
    code: str
    tags: frozenset[Tag]
    body: bool
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
        """The one that counts."""
        return self.conclusions[-1] if self.conclusions and self.status is ItemStatus.CONCLUDED else None
