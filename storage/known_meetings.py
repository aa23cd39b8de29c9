"""Meetings as they stood when they were last looked at: what happened is only ever added, so whoever looks again reads what came since.

Nothing rests on what is known here: it counts where the last thing that happened is still kept, word for word, as it was read; else all
of it is read anew (a database put back from a copy). A meeting that is over is forgotten: what was said in it stays in memory no longer.
"""

from collections import OrderedDict
from typing import Generic, NamedTuple, TypeVar

from rules.meeting.nouns.meeting import OVER, Meeting

_Kept = TypeVar("_Kept")

#: So many, those looked at last.
MOST = 64


class Known(NamedTuple, Generic[_Kept]):
    """A meeting, and the last thing that had happened in it as it is kept."""

    meeting: Meeting
    last: _Kept


class KnownMeetings(Generic[_Kept]):
    """Of one store, or of one transaction alone."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Known[_Kept]] = OrderedDict()

    def of(self, meeting: int) -> Known[_Kept] | None:
        """As it stood."""
        return self._known.get(meeting)

    def keep(self, meeting: Meeting, last: _Kept) -> None:
        """As it stands now."""
        if meeting.status in OVER:
            self._known.pop(meeting.id, None)
            return
        self._known[meeting.id] = Known(meeting, last)
        self._known.move_to_end(meeting.id)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
