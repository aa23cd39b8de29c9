"""The content of the wall screen: the agenda, the number of people present, the present item, and the results of open
ballots. It never shows a rating, comment or conclusion about anybody, nor anything of a secret ballot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rules.meeting.minutes import Count
from rules.meeting.nouns.items import ItemStatus
from rules.meeting.nouns.meeting import Meeting

#: Number of agenda lines that fit on the screen.
MOST = 10
#: Number of finished items shown above the present one.
_ABOVE = 3
#: Number of lines of a ballot that fit on the screen.
_COUNTED = 4


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A thing on the agenda."""

    number: int
    name: str
    code: str
    status: str


@dataclass(frozen=True, slots=True)
class BoardCount:
    """The result of an open ballot: for each of its lines the options with their votes; `more`: the number of lines
    that do not fit.
    """

    title: str
    lines: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    more: int


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
    counted: BoardCount | None  # the newest


def board(meeting: Meeting, counts: Sequence[Count] = ()) -> Board:
    """The screen as the meeting stands."""
    lines = [
        BoardLine(number, one.name, one.code, one.status.value) for number, one in enumerate(meeting.items, start=1)
    ]
    on = meeting.open_item or next((one for one in meeting.items if one.status is ItemStatus.WAITING), None)
    counted = _newest(counts)
    most = MOST - (len(counted.lines) + 2 if counted else 0)
    at = meeting.items.index(on) if on else len(lines)
    first = max(0, min(at - _ABOVE, len(lines) - most))
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
        tuple(lines[first : first + most]),
        len(lines),
        sum(one.status is ItemStatus.CONCLUDED for one in meeting.items),
        counted,
    )


def _newest(counts: Sequence[Count]) -> BoardCount | None:
    """The open ballot that was counted last."""
    open_ones = [one for one in counts if not one.secret]
    if not open_ones:
        return None
    by_line: dict[str, list[tuple[str, int]]] = {}
    for line, option, votes in open_ones[-1].results:
        by_line.setdefault(line, []).append((option, votes))
    shown = [(line, tuple(votes)) for line, votes in by_line.items()]
    return BoardCount(open_ones[-1].title, tuple(shown[:_COUNTED]), len(shown[_COUNTED:]))
