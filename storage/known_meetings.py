"""A cache of meetings as they were last read. Happenings are only ever added, so the next reader fetches only the newer
ones.

Correctness never depends on this cache. An entry is used only if the last happening it contains is still stored word
for word; otherwise (for example after a restored backup) the meeting is read anew. A meeting that is over is dropped,
so that what was said in it does not stay in memory.
"""

from collections import OrderedDict
from typing import Generic, NamedTuple, TypeVar

from rules.meeting.nouns.meeting import OVER, Meeting

_Kept = TypeVar("_Kept")

#: Maximum number of meetings in the cache; the least recently used are dropped.
MOST = 64


class Known(NamedTuple, Generic[_Kept]):
    """A cached meeting and the last happening included in it, as stored."""

    meeting: Meeting
    last: _Kept


class KnownMeetings(Generic[_Kept]):
    """The cached meetings of a store, or of a single transaction."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Known[_Kept]] = OrderedDict()

    def of(self, meeting: int) -> Known[_Kept] | None:
        """The cached state of the meeting."""
        return self._known.get(meeting)

    def keep(self, meeting: Meeting, last: _Kept) -> None:
        """Cache the meeting's present state."""
        if meeting.status in OVER:
            self._known.pop(meeting.id, None)
            return
        self._known[meeting.id] = Known(meeting, last)
        self._known.move_to_end(meeting.id)
        if len(self._known) > MOST:
            self._known.popitem(last=False)
