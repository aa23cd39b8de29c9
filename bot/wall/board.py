"""What the screen on the wall shows of a meeting: its agenda, how many are there, what is gone through, the results of open ballots. No
rating, comment or conclusion about anybody, and nothing of a secret ballot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.meeting.course import ItemStatus, Meeting
from rules.meeting.minutes import Count

#: Lines of the agenda that fit on the screen.
MOST = 10
#: So many of what is done stand above what is at hand.
_ABOVE = 3


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
    lines: tuple[BoardLine, ...]  # those around what is at hand
    count: int
    concluded: int
    counts: tuple[Count, ...]


def board(meeting: Meeting, counts: Sequence[Count] = ()) -> Board:
    """The screen as the meeting stands."""
    lines = [
        BoardLine(number, one.name, one.code, one.status.value) for number, one in enumerate(meeting.items, start=1)
    ]
    on = meeting.open_item or next((one for one in meeting.items if one.status is ItemStatus.WAITING), None)
    at = meeting.items.index(on) if on else len(lines)
    first = max(0, min(at - _ABOVE, len(lines) - MOST))
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
        tuple(lines[first : first + MOST]),
        len(lines),
        sum(one.status is ItemStatus.CONCLUDED for one in meeting.items),
        tuple(one for one in counts if not one.secret),
    )
