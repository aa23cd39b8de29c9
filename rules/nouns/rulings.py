"""Rulings (kết quả xếp loại): what the authority decided, and how the person responded."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.nouns.devices import CodeGiven
from rules.nouns.values import Rating


class Act(StrEnum):
    """What can be done to a submitted review, in the order in which documents show it."""

    OPINION = "opinion"
    ENDORSED = "endorsed"  # a step of the chain agreed and handed on
    APPROVED = "approved"  # the last step agreed
    RULED = "ruled"
    ACKNOWLEDGED = "acknowledged"
    RESERVED = "reserved"


@dataclass(frozen=True, slots=True)
class Endorsement:
    """A step of the chain agreed with a draft and passed it on."""

    version: int
    #: The place in `Review.steps`.
    step: int
    #: A value of `rules.book.procedure.Role`.
    role: str
    by: int
    by_name: str
    by_position: str
    at: dt.datetime
    comment: str = ""
    #: The absent person for whom a stand-in acted.
    for_whom: int | None = None
    #: As in `Draft.device`.
    device: CodeGiven | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision of the authority on a review. It never changes; a ruling with a higher number replaces it."""

    #: 1, 2, … within its review.
    number: int
    #: The draft it is about; 0 for none.
    version: int
    #: Key of the form's rating question → rating; None: not rated.
    ratings: Mapping[str, Rating | None]
    by: int
    by_name: str
    by_position: str
    at: dt.datetime
    #: With `measures`: the text of the authority's section of the form.
    remarks: str = ""
    measures: str = ""
    #: Why it is above what the rules suggest, or why it was decided anew.
    reason: str = ""
    #: The clause on which it rests: for not rating, or for an exception.
    cite: str = ""
    #: The number of the paper of an authority outside this installation, recorded by the desk (`by`). `signer` signed
    #: it.
    document: str = ""
    signer: str = ""
    for_whom: int | None = None
    #: Nhận định chiều hướng, triển vọng phát triển.
    prospects: str = ""
    #: As in `Draft.device`.
    device: CodeGiven | None = None

    @property
    def rating(self) -> Rating | None:
        """The overall rating: that of the form's last rating question."""
        return list(self.ratings.values())[-1] if self.ratings else None


class Response(StrEnum):
    """How a person responded to a ruling."""

    ACKNOWLEDGED = "acknowledged"  # đã nhận thông báo kết quả
    RESERVED = "reserved"  # đã nhận, bảo lưu ý kiến


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The person acknowledged the ruling `number`; `text` is the opinion they reserve."""

    number: int
    response: Response
    at: dt.datetime
    text: str = ""


class PetitionOutcome(StrEnum):
    """What became of a petition."""

    KEPT = "kept"  # giữ nguyên kết quả
    CHANGED = "changed"  # xếp loại lại
    WITHDRAWN = "withdrawn"  # người kiến nghị rút


@dataclass(frozen=True, slots=True)
class Petition:
    """Kiến nghị: a petition against the ruling `number`."""

    id: int
    review: int
    number: int
    by: int
    text: str
    at: dt.datetime
    #: The last day for the answer; None where the rules set none.
    due: dt.date | None = None
    cite: str = ""
    outcome: PetitionOutcome | None = None
    answer: str = ""
    answered_by: int | None = None
    answered_at: dt.datetime | None = None


class OpinionKind(StrEnum):
    """Whose opinion is asked in addition to that of the chain."""

    OLD_UNIT = "old_unit"  # nơi công tác trước khi chuyển đến
    TEMPORARY_CELL = "temporary_cell"  # chi bộ nơi sinh hoạt tạm thời
    COMMITTEE = "committee"  # cấp ủy đảng nơi công tác
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion about a review, asked of somebody outside its chain."""

    id: int
    review: int
    kind: OpinionKind
    #: The name of the unit or body.
    of: str
    #: The person who is asked; None: a body outside, whose paper the desk records.
    asked: int | None
    asked_at: dt.datetime
    cite: str = ""
    due: dt.date | None = None
    text: str = ""
    by: int | None = None
    by_name: str = ""
    given_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Improvement:
    """One line of a plan of improvement: what the person will put right, and by when."""

    id: int
    person: int
    #: The year of the review from which it follows.
    year: int
    what: str
    by: dt.date
    made_at: dt.datetime
    #: None while it is open.
    done_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who acts for an absent head from `since` to `until`, both days included."""

    id: int
    absent: int
    stand_in: int
    since: dt.date
    until: dt.date
    set_by: int
    ended_at: dt.datetime | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether it applies on that day."""
        return self.ended_at is None and self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer given elsewhere that may be taken over, with its source in the words of that form."""

    value: object
    note: str = ""
    #: The code of the form.
    form: str = ""
    year: int = 0
    rulebook: str = ""
    #: It was drafted from the answer to a similar question, so it must be read and amended.
    near: bool = False


Offers = Mapping[str, Offer]
