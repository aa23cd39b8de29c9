"""Happenings about presence: people come, leave, are absent, or are invited."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rules.meeting.course.kept import Change, several
from rules.meeting.happenings import Happening, Kind
from rules.meeting.nouns.meeting import Meeting
from rules.meeting.nouns.people import Member, Stay


def member_of(data: Mapping[str, Any], *, guest: bool = False) -> Member:
    """A person called to the meeting, from the stored data."""
    head, deputy = bool(data.get("head")), bool(data.get("deputy"))
    return Member(int(data["id"]), str(data["name"]), str(data["position"]), head, deputy, guest)


def _invited(meeting: Meeting, one: Happening) -> Meeting:
    known = {member.id for member in meeting.members}
    added = tuple(member_of(person, guest=bool(person.get("guest", True))) for person in several(one.data, "people"))
    members = (*meeting.members, *(each for each in added if each.id not in known))
    return replace(meeting, members=members, asked=meeting.asked | {each.id for each in added})  # told of it at once


def _came(meeting: Meeting, one: Happening) -> Meeting:
    by_code = bool(one.data.get("code"))
    seen = by_code or one.by != one.person

    def comes(member: Member) -> Member:
        if member.present:
            last = member.stays[-1]
            now = replace(last, seen=last.seen or seen, by_code=last.by_code or by_code)
            return replace(member, stays=(*member.stays[:-1], now))
        stay = Stay(one.at, late=meeting.under_way, seen=seen, by_code=by_code)
        return replace(member, stays=(*member.stays, stay), cause=None)

    return _of_member(meeting, one.person, comes)


def _left(meeting: Meeting, one: Happening) -> Meeting:
    return _of_member(meeting, one.person, lambda member: gone(member, one.at))


def gone(member: Member, at: dt.datetime) -> Member:
    """The same person, no longer present."""
    if not member.present:
        return member
    return replace(member, stays=(*member.stays[:-1], replace(member.stays[-1], until=at)))


def _absent(meeting: Meeting, one: Happening) -> Meeting:
    return _of_member(meeting, one.person, lambda member: replace(gone(member, one.at), cause=one.text))


def _of_member(meeting: Meeting, person: int | None, change: Callable[[Member], Member]) -> Meeting:
    changed = tuple(change(one) if one.id == person else one for one in meeting.members)
    return replace(meeting, members=changed)


#: What each of these changes.
AFTER: Mapping[Kind, Change] = {
    Kind.INVITED: _invited,
    Kind.CAME: _came,
    Kind.LEFT: _left,
    Kind.ABSENT: _absent,
}
