"""The state of a meeting, computed from all its happenings by pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rules.meeting.course import arranging, items, minutes, presence
from rules.meeting.course.kept import Change
from rules.meeting.happenings import Happening, Kind
from rules.meeting.nouns.meeting import Meeting

#: By these something is gone through.
_GOING_THROUGH = frozenset({Kind.TURNED, Kind.COMMENT, Kind.ANSWER, Kind.CONCLUDED, Kind.REOPENED})

#: What is said to the minutes changes nothing in them.
_ON_MINUTES = frozenset({Kind.MINUTES, Kind.AGREED, Kind.REMARK, Kind.ADOPTED})


def meeting_of(id_: int, campaign: int, unit: int, happenings: Iterable[Happening]) -> Meeting:
    """The state after all these happenings, given in order."""
    return going_on(Meeting(id_, campaign, unit, "", ""), happenings)


def going_on(meeting: Meeting, happenings: Iterable[Happening]) -> Meeting:
    """The meeting after these further happenings."""
    for one in happenings:
        under_way = one.kind is not Kind.OPENED and (meeting.under_way or one.kind in _GOING_THROUGH)
        changed = one.kind is not Kind.MINUTES and (meeting.changed or one.kind not in _ON_MINUTES)
        meeting = replace(_AFTER[one.kind](meeting, one), last=one.number, under_way=under_way, changed=changed)
    return meeting


_AFTER: Mapping[Kind, Change] = {**arranging.AFTER, **presence.AFTER, **items.AFTER, **minutes.AFTER}
