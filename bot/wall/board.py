"""What the screen on the wall shows of a meeting: its agenda, how many are there, what is gone through, the results of open ballots. No
rating, comment or conclusion about anybody, and nothing of a secret ballot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.meeting.course import ItemStatus, Meeting
from rules.meeting.minutes import Count


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A thing on the agenda."""

    number: int
    name: str
    code: str
    status: str


@dataclass(frozen=True, slots=True)
class Board:
    """The whole screen."""

    office: str
    unit: str
    place: str
    starts: str
    status: str
    chair: str
    secretary: str
    present: int
    called: int
    lines: tuple[BoardLine, ...]
    concluded: int
    counts: tuple[Count, ...]


def board(meeting: Meeting, counts: Sequence[Count] = ()) -> Board:
    """The screen as the meeting stands."""
    lines = (
        BoardLine(number, one.name, one.code, one.status.value) for number, one in enumerate(meeting.items, start=1)
    )
    return Board(
        meeting.office,
        meeting.unit_name,
        meeting.place,
        meeting.starts,
        meeting.status.value,
        meeting.name(meeting.chair),
        meeting.name(meeting.secretary),
        len(meeting.present),
        len(meeting.called),
        tuple(lines),
        sum(one.status is ItemStatus.CONCLUDED for one in meeting.items),
        tuple(one for one in counts if not one.secret),
    )
