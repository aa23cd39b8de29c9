"""Kết quả xếp loại: what the authority decided, and what the person said to it, as values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rules.nouns.devices import CodeGiven
from rules.nouns.values import Rating


class Act(StrEnum):
    """What is done to a review that was sent, in the order in which documents show it."""

    OPINION = "opinion"
    ENDORSED = "endorsed"  # a step of the chain agreed and handed on
    APPROVED = "approved"  # the last step agreed
    RULED = "ruled"
    ACKNOWLEDGED = "acknowledged"
    RESERVED = "reserved"


@dataclass(frozen=True, slots=True)
class Endorsement:
    """A step of the chain that agreed with a draft and handed it on: who, as what, with which remark."""

    version: int
    step: int  # place in Review.steps
    role: str  # see rules.book.procedure.Role
    by: int
    by_name: str
    by_position: str
    at: dt.datetime
    comment: str = ""
    for_whom: int | None = None  # a stand-in: the person for whom it was done
    device: CodeGiven | None = None  # as that of a draft


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision of the authority on a review. It never changes; a later number takes its place.

    `ratings`: by the key of the form's rating question; None: not rated. `version`: of the draft it is about, 0 for
    none. `remarks`, `measures`: what stands in the authority's section of the form. `reason`: why above what the
    rules leave, or why it was decided anew. `document`: number of a written decision of an authority outside this
    installation, which the desk (`by`) recorded; `signer` who signed it.
    """

    number: int  # 1, 2, … within its review
    version: int
    ratings: Mapping[str, Rating | None]
    by: int
    by_name: str
    by_position: str
    at: dt.datetime
    remarks: str = ""
    measures: str = ""
    reason: str = ""
    cite: str = ""  # the clause of what it rests on: not rated, or an exception
    document: str = ""
    signer: str = ""
    for_whom: int | None = None
    prospects: str = ""  # nhận định chiều hướng, triển vọng phát triển
    device: CodeGiven | None = None  # as that of a draft

    @property
    def rating(self) -> Rating | None:
        """The form's own rating: that of its last rating question."""
        return list(self.ratings.values())[-1] if self.ratings else None


class Response(StrEnum):
    """What a person said to a ruling."""

    ACKNOWLEDGED = "acknowledged"  # đã nhận thông báo kết quả
    RESERVED = "reserved"  # đã nhận, bảo lưu ý kiến


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The person took notice of the ruling `number`; `text` is the opinion they reserve."""

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
    """Kiến nghị about the ruling `number`. `due`: last day for the answer, None where the rules set none."""

    id: int
    review: int
    number: int
    by: int
    text: str
    at: dt.datetime
    due: dt.date | None = None
    cite: str = ""
    outcome: PetitionOutcome | None = None
    answer: str = ""
    answered_by: int | None = None
    answered_at: dt.datetime | None = None


class OpinionKind(StrEnum):
    """Whose opinion is asked, besides that of the chain."""

    OLD_UNIT = "old_unit"  # nơi công tác trước khi chuyển đến
    TEMPORARY_CELL = "temporary_cell"  # chi bộ nơi sinh hoạt tạm thời
    COMMITTEE = "committee"  # cấp ủy đảng nơi công tác
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion asked of `asked` (None: a body outside, whose paper the desk records) about a review."""

    id: int
    review: int
    kind: OpinionKind
    of: str  # the unit or body, by name
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
    """One line of the plan to put right what fell short: what, by when; `done_on` None while it is open."""

    id: int
    person: int
    year: int  # of the review it follows from
    what: str
    by: dt.date
    made_at: dt.datetime
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
        """Whether it holds on that day."""
        return self.ended_at is None and self.since <= day <= self.until


@dataclass(frozen=True, slots=True)
class Offer:
    """An answer given elsewhere, ready to be taken over: where it comes from, in words of the form it stood in."""

    value: object
    note: str = ""
    form: str = ""  # the form's code
    year: int = 0
    rulebook: str = ""
    near: bool = False  # drafted from what was answered to something like it: to be read and amended


Offers = Mapping[str, Offer]
