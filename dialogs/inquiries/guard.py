"""The guard of inquiries: the person concerned and the desk may see them."""

from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried, allowed_in_office, reason_in
from dialogs.core.knowledge.inquiries import AskedOutside, InquiriesView
from dialogs.core.paging import number, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.inquiries.keys import HOME
from rules.campaign.permissions import Action, may, relations_to_person


def view(state: State) -> InquiriesView:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, InquiriesView) else InquiriesView()


def may_do(state: State, asked: AskedOutside, action: Action) -> bool:
    """Whether this person has permission for the action on the inquiry."""
    return state.person is not None and may(relations_to_person(state.person, asked.person), action)


def _find(state: State, button: Button) -> AskedOutside | Refused:
    found = next((one for one in view(state).asked if one.stamp == word(button, 0)), None)
    return found or Refused("gone")


def _changed(_: State, asked: AskedOutside, button: Button) -> Refused | None:
    """The refusal because it was asked or withdrawn since the button was drawn."""
    return None if word(button, 1) == str(seen(asked)) else Refused("changed")


def seen(asked: AskedOutside) -> int:
    """What a button was drawn from: how many links there were; negative if the last one was ended."""
    last = asked.case.last
    return -len(asked.case.inquiries) if last is not None and last.ended is not None else len(asked.case.inquiries)


_WORDS = reason_in("inquiry/refused", HOME)

#: The guard of one inquiry.
ASKED: Guard[AskedOutside] = Guard(
    rooms=(Room.INQUIRY,),
    find=_find,
    may=may_do,
    denied=lambda _, asked, __: Refused("not_yours", tried=Tried(person=asked.person.id)),
    words=_WORDS,
    changed=_changed,
)


def _office(state: State, button: Button) -> InquiriesView | Refused:
    if not allowed_in_office(state, Action.RECEIVE_OUTSIDE):
        return Refused("not_desk", tried=Tried(campaign=number(button, 0) or None))
    shown = view(state)
    return shown if shown.campaign else Refused("gone")


#: The guard of all inquiries of a campaign, for the desk.
OFFICE: Guard[InquiriesView] = Guard(
    rooms=(Room.INQUIRY,),
    find=_office,
    may=lambda state, _, action: allowed_in_office(state, action),
    denied=lambda _, __, ___: Refused("not_desk", tried=Tried()),
    words=_WORDS,
)
