"""Happenings that arrange a meeting: calling, planning, ordering, opening and ending it; its chair and secretary."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rules.book.meeting import Tag
from rules.meeting.course.kept import Change, several
from rules.meeting.course.presence import gone, member_of
from rules.meeting.happenings import Happening, Kind
from rules.meeting.nouns.items import Item
from rules.meeting.nouns.meeting import Chairing, Handover, Meeting, Session, Status


def _called(meeting: Meeting, one: Happening) -> Meeting:
    data = one.data
    meeting = replace(
        _planned(meeting, one),
        caller=one.by,
        unit_name=str(data.get("unit", "")),
        office=str(data.get("office", "")),
        consults=bool(data.get("consults")),
        title=str(data.get("title", "")),
        members=tuple(member_of(person) for person in several(data, "people")),
        items=tuple(_item(each) for each in several(data, "items")),
        leaders=tuple(int(each) for each in several(data, "leaders")),
    )
    return _chaired(meeting, one)


def _item(data: Mapping[str, Any]) -> Item:
    return Item(
        *(int(data["review"]), int(data["person"]), str(data["name"]), str(data["position"])),
        *(str(data["form"]), str(data["code"]), frozenset(Tag(tag) for tag in data["tags"])),
        *(bool(data["body"]), int(data["version"])),
    )


def _planned(meeting: Meeting, one: Happening) -> Meeting:
    return _unasked(replace(meeting, starts=str(one.data.get("starts", "")), place=str(one.data.get("place", ""))))


def _asked(meeting: Meeting, one: Happening) -> Meeting:
    return replace(meeting, asked=meeting.asked | {*several(one.data, "people")}, asked_at=one.at)


def _unasked(meeting: Meeting) -> Meeting:
    """What the invitation says is another thing now: nobody has it yet."""
    return replace(meeting, asked=frozenset(), asked_at=None)


def _ordered(meeting: Meeting, one: Happening) -> Meeting:
    place = {review: number for number, review in enumerate(several(one.data, "order"))}
    items = sorted(meeting.items, key=lambda item: place.get(item.review, len(place)))
    return _unasked(replace(meeting, items=tuple(items), order_kept=one.text or meeting.order_kept))


def _opened(meeting: Meeting, one: Happening) -> Meeting:
    return replace(meeting, status=Status.RUNNING, sessions=(*meeting.sessions, Session(one.at)))


def _ended(status: Status) -> Callable[[Meeting, Happening], Meeting]:
    def after(meeting: Meeting, one: Happening) -> Meeting:
        """Whoever is there goes with it."""
        members = tuple(gone(member, one.at) for member in meeting.members)
        sessions = meeting.sessions
        if sessions and sessions[-1].until is None:
            sessions = (*sessions[:-1], replace(sessions[-1], until=one.at, why=one.text))
        return _unasked(replace(meeting, status=status, sessions=sessions, members=members))

    return after


def _chaired(meeting: Meeting, one: Happening) -> Meeting:
    person = one.person or one.by
    named = meeting.name(person) or str(one.data.get("chair", one.by_name))
    why = Handover(str(one.data["why"])) if one.data.get("why") else None
    chairing = Chairing(person, named, one.at, one.text, why, str(one.data.get("cite", "")))
    return _unasked(replace(meeting, chairs=(*meeting.chairs, chairing)))


def _writing(meeting: Meeting, one: Happening) -> Meeting:
    return replace(meeting, secretary=one.person)


#: What each of these changes.
AFTER: Mapping[Kind, Change] = {
    Kind.CALLED: _called,
    Kind.PLANNED: _planned,
    Kind.ASKED: _asked,
    Kind.ORDERED: _ordered,
    Kind.OPENED: _opened,
    Kind.INTERRUPTED: _ended(Status.INTERRUPTED),
    Kind.CLOSED: _ended(Status.CLOSED),
    Kind.CANCELLED: _ended(Status.CANCELLED),
    Kind.CHAIRED: _chaired,
    Kind.WRITING: _writing,
}
