"""The guard of meetings: those called, the chair, the secretary, and those who may call one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogs.core.awaited import number as focused
from dialogs.core.buttons import Button
from dialogs.core.events import Edited, Event, Handed, Pressed, Said
from dialogs.core.guard import Guard, Refused, Tried
from dialogs.core.handlers import Books
from dialogs.core.knowledge.meetings import MayCall, MeetingView
from dialogs.core.paging import number
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from rules.campaign.permissions import Action, may
from rules.meeting.nouns.items import Item
from rules.meeting.nouns.meeting import OVER, Meeting
from rules.meeting.places import relations_to_meeting
from rules.nouns.reviews import Json

HOME = Key("meeting/home", Button("meeting_home"))


@dataclass(frozen=True, slots=True)
class At:
    """An item on the agenda of a meeting."""

    meeting: Meeting
    item: Item


def known(state: State) -> MeetingView:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, MeetingView) else MeetingView()


def may_in(state: State, meeting: Meeting, action: Action) -> bool:
    """Whether this person has permission for the action in the meeting."""
    return state.person is not None and may(relations_to_meeting(state.person, meeting, state.acts_for), action)


def button_of(verb: str, meeting: Meeting, *about: str) -> Button:
    """A button about a meeting; `about` are further arguments."""
    return Button(verb, 0, (str(meeting.id), *about))


def to_meeting(meeting: Meeting) -> Key:
    """The button that leads back to the meeting's page."""
    return Key("meeting/back", button_of("meeting_look", meeting))


def invited_keys(meeting: Meeting) -> tuple[tuple[Key, ...], ...]:
    """The buttons of an invitation. On the day, one press records that the person is present."""
    came = Key("meeting/came", button_of("meeting_came", meeting))
    return ((came,), (Key("meeting/look", button_of("meeting_look", meeting)),))


def to_item(at: At) -> Key:
    """The button that leads back to an item on the agenda."""
    return Key("meeting/back_item", button_of("meeting_item", at.meeting, str(at.item.review)))


def named(event: Event, focus: Mapping[str, Json] | None) -> tuple[int, int]:
    """The ids of the meeting and of the review that an event is about; 0: none."""
    match event:
        case Pressed(button=button) if button:
            return number(button, 0), number(button, 1)
        case Said() | Handed() | Edited():
            kept = focus or {}
            meeting, review = kept.get("meeting"), kept.get("item")
            return meeting if isinstance(meeting, int) else 0, review if isinstance(review, int) else 0
        case _:
            return 0, 0


def _meeting(state: State, button: Button) -> Meeting | Refused:
    found = known(state).meeting
    return found if found and found.id == number(button, 0) else Refused("gone", tried=Tried())


def _item(state: State, button: Button) -> At | Refused:
    meeting = _meeting(state, button)
    if isinstance(meeting, Refused):
        return meeting
    item = meeting.item(number(button, 1))
    return At(meeting, item) if item else Refused("gone")


def _denied(state: State, meeting: Meeting, action: Action) -> Refused:
    who = {"chair": meeting.name(meeting.chair), "secretary": meeting.name(meeting.secretary)}
    reason = {
        Action.CHAIR_MEETING: "not_chair",
        Action.WRITE_MINUTES: "not_secretary",
        Action.CALL_MEETING: "not_head",
    }.get(action, "not_called")
    known_here = may_in(state, meeting, Action.READ_MEETING)
    return Refused(reason, who, tried=None if known_here else Tried())


def _over(_: State, meeting: Meeting, __: Button) -> Refused | None:
    return Refused("over", {"status": meeting.status.value}) if meeting.status in OVER else None


def _words(_: Books, state: State, refused: Refused, __: Action, ___: Button) -> tuple[Reply, ...]:
    meeting = known(state).meeting
    seen = meeting is not None and may_in(state, meeting, Action.READ_MEETING)
    back = to_meeting(meeting) if meeting and seen else HOME
    names: dict[str, Json] = {"chair": "", "secretary": "", "status": "", **refused.values}
    return (Reply("meeting/refused", {"reason": refused.reason, **names}, ((back,),)),)


def _awaited(state: State) -> Button:
    return Button("meeting_text", 0, (str(focused(state, "meeting")), str(focused(state, "item"))))


#: The guard of a meeting.
MEETINGS: Guard[Meeting] = Guard(
    rooms=(Room.MEETING,),
    find=_meeting,
    may=may_in,
    denied=_denied,
    words=_words,
    changed=_over,
    awaited=_awaited,
)


def _just_called(state: State, _: Button) -> Meeting | Refused:
    return known(state).meeting or Refused("gone", tried=Tried())


#: The guard of a meeting that was just called, whose number no button knows yet.
CALLED: Guard[Meeting] = replace(MEETINGS, find=_just_called)

#: The guard of an item on an agenda.
ITEMS: Guard[At] = Guard(
    rooms=(Room.MEETING,),
    find=_item,
    may=lambda state, at, action: may_in(state, at.meeting, action),
    denied=lambda state, at, action: _denied(state, at.meeting, action),
    words=_words,
    changed=lambda state, at, button: _over(state, at.meeting, button),
    awaited=_awaited,
)


def _callable(state: State, button: Button) -> MayCall | Refused:
    found = known(state).named
    return found or Refused("not_to_call", tried=Tried(campaign=number(button, 0) or None))


#: The guard of a unit for which a meeting may be called.
CALLABLE: Guard[MayCall] = Guard(
    rooms=(Room.MEETING,),
    find=_callable,
    may=lambda _, __, ___: True,  # only what the table of permissions allows is loaded
    denied=lambda _, __, ___: Refused("not_to_call"),
    words=_words,
)
