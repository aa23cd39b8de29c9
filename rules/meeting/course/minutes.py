"""Happenings about the minutes: they are laid before the meeting, agreed to, remarked on, adopted."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from rules.meeting.course.kept import Change, said
from rules.meeting.happenings import Happening, Kind
from rules.meeting.nouns.meeting import Meeting, MinutesVersion, Status


def _laid(meeting: Meeting, one: Happening) -> Meeting:
    version = MinutesVersion(len(meeting.minutes) + 1, str(one.data.get("fingerprint", "")), one.by_name, one.at)
    return replace(meeting, minutes=(*meeting.minutes, version))


def _of_minutes(meeting: Meeting, one: Happening, change: Callable[[MinutesVersion], MinutesVersion]) -> Meeting:
    version = one.data.get("version")
    return replace(meeting, minutes=tuple(change(each) if each.number == version else each for each in meeting.minutes))


def _agreed(meeting: Meeting, one: Happening) -> Meeting:
    return _of_minutes(meeting, one, lambda each: replace(each, agreed={**each.agreed, one.by: one.at}))


def _remark(meeting: Meeting, one: Happening) -> Meeting:
    words = said(meeting, one)
    return _of_minutes(meeting, one, lambda each: replace(each, remarks=(*each.remarks, words)))


def _adopted(meeting: Meeting, one: Happening) -> Meeting:
    return replace(meeting, status=Status.ADOPTED, adopted_mark=str(one.data.get("fingerprint", "")))


#: What each of these changes.
AFTER: Mapping[Kind, Change] = {
    Kind.MINUTES: _laid,
    Kind.AGREED: _agreed,
    Kind.REMARK: _remark,
    Kind.ADOPTED: _adopted,
}
