"""The guard of the desk's rooms: may this person do that for their office?"""

from collections.abc import Mapping

from dialogs.core import awaited
from dialogs.core.buttons import Button
from dialogs.core.events import Chosen, Event, Pressed
from dialogs.core.guard import Guard, Refused, Tried, allowed_in_office
from dialogs.core.handlers import Books
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Reply, Turn
from dialogs.desk.keys import TO_CAMPAIGNS
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json

#: The message that what was shown of some people is no longer so.
CHANGED = "desk/chosen_changed"

DESK_ROOMS = (Room.DESK, Room.CREW, Room.CAST)


def not_desk(person: int | None = None) -> Refused:
    """The refusal of what only the desk may do (or the head of that person's unit)."""
    return Refused("not_desk", tried=Tried(person=person))


def desk_words(_: Books, state: State, refused: Refused, action: Action, __: Button) -> tuple[Reply, ...]:
    """The refusal: whose task it is, or that what was named no longer exists."""
    if refused.reason == "not_desk":
        office = state.person.office if state.person else ""
        return (Reply("desk/refused", {"action": action.value, "office": office}),)
    return (Reply("desk/gone", {}, (TO_CAMPAIGNS,)),)


OFFICE: Guard[OfficeView] = Guard(
    rooms=DESK_ROOMS,
    find=lambda state, _: state.room if isinstance(state.room, OfficeView) else not_desk(),
    may=lambda state, _, action: allowed_in_office(state, action),
    denied=lambda _, __, ___: not_desk(),
    words=desk_words,
)


def changed_meanwhile() -> Turn:
    """The chosen people, or what was shown of them, have changed: nothing was done."""
    return Turn((Reply(CHANGED, {}),))


def not_open(books: Books, state: State, view: OfficeView, campaign: int, action: Action) -> Turn:
    """The refusal because the campaign is no longer open, or the thing named is gone from it. An attempt on another
    office's campaign is recorded.
    """
    known = {0, *(one.id for one in (*view.campaigns, *view.closed))}
    tried = None if campaign in known else Tried(campaign=campaign)
    return OFFICE.refuse(books, state, Refused("not_here", tried=tried), action)


def let_go(state: State) -> tuple[Command, ...]:
    """Stop awaiting a text in the desk's rooms."""
    return tuple(command for room in DESK_ROOMS for command in awaited.let_go(state, room))


def campaign_named(event: Event, focus: Mapping[str, Json] | None) -> int:
    """The id of the campaign that an event in DESK or CAST is about: the first argument of its button, otherwise the
    focus; 0: none is named, and the newest is meant.
    """
    if isinstance(event, Pressed) and event.button and event.button.verb.startswith(("desk_", "cast_")):
        return number(event.button, 0)
    if isinstance(event, Chosen):
        return event.campaign
    named = (focus or {}).get("campaign", 0)
    return named if isinstance(named, int) else 0
