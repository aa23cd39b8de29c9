"""The happenings of a meeting, one after the other. They are only ever added; the state of the meeting follows from
them (rules.meeting.course).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rules.nouns.reviews import Json


class Kind(StrEnum):
    """The kinds of happening. The names are stored in the database."""

    CALLED = "called"  # with its people and agenda; day and place
    PLANNED = "planned"  # another day or place
    INVITED = "invited"  # somebody besides
    ASKED = "asked"  # to come: day, place and agenda were sent to them
    ORDERED = "ordered"  # another order of the agenda; text: why it is not that of the text
    OPENED = "opened"  # begins, or goes on on another day
    INTERRUPTED = "interrupted"  # text: why
    CLOSED = "closed"
    CANCELLED = "cancelled"
    CAME = "came"
    LEFT = "left"
    ABSENT = "absent"  # text: the cause
    CHAIRED = "chaired"  # somebody has the chair from now on; text: the line with which
    WRITING = "writing"  # somebody is the secretary from now on
    TURNED = "turned"  # an item is gone through now; text: why out of its order
    COMMENT = "comment"
    WITHDRAWN = "withdrawn"  # a comment, by its number
    ANSWER = "answer"  # of the person to the comments
    CONCLUDED = "concluded"
    REOPENED = "reopened"  # text: why
    TAKEN_UP = (
        "taken_up"  # the person takes the conclusion up; version: of the draft that is done anew, 0: nothing to change
    )
    WORDED = "worded"  # another wording of prose, by its number
    PROPOSAL = "proposal"  # what the meeting proposes besides
    MINUTES = "minutes"  # a version of the minutes is laid before those present
    AGREED = "agreed"  # with a version of the minutes
    REMARK = "remark"  # on a version of the minutes
    ADOPTED = "adopted"  # the minutes stand


#: Happenings whose wording may be changed, because they contain no facts.
PROSE = frozenset({Kind.COMMENT, Kind.ANSWER, Kind.PROPOSAL})


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened in a meeting."""

    #: Its number within the meeting.
    number: int
    kind: Kind
    by: int
    by_name: str
    at: dt.datetime
    #: The review concerned.
    item: int | None = None
    #: Whom it is about, or whose words they are.
    person: int | None = None
    text: str = ""
    #: Everything else, as stored.
    data: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewHappening:
    """A happening to be stored. Number, actor and time are added then."""

    kind: Kind
    item: int | None = None
    person: int | None = None
    text: str = ""
    data: Mapping[str, Json] = field(default_factory=dict)
