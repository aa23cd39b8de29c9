"""The guard of dossiers: the desk may see any of its office; others only reach the places where they may hand something
in.
"""

from collections.abc import Mapping

from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.events import Edited, Event, Handed, Pressed, Said
from dialogs.core.guard import Guard, Refused, Tried, allowed_in_office
from dialogs.core.handlers import Books
from dialogs.core.knowledge.dossiers import DossierPlace, DossiersView
from dialogs.core.paging import as_number, number, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from rules.campaign.permissions import Action, answering_for, may, relations_to_person
from rules.nouns.reviews import Json

#: Stands in a button for one's own places.
MINE = "me"
#: The purpose of the focus while a file is awaited.
FILE = "dossier_file"
HOME = Key("dossier/home", Button("dossier_home"))


def known(state: State) -> DossiersView:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, DossiersView) else DossiersView()


def _of_desk(state: State, button: Button) -> DossiersView | Refused:
    if not allowed_in_office(state, Action.READ_PART):
        return Refused("not_desk", tried=Tried(campaign=number(button, 0) or None))
    view = known(state)
    return view if view.campaign else Refused("gone", tried=None if number(button, 0) in view.campaigns else Tried())


def _words(_: Books, state: State, refused: Refused, __: Action, ___: Button) -> tuple[Reply, ...]:
    desk = allowed_in_office(state, Action.READ_PART)
    back = Key("desk/home", Button("desk_home")) if desk else HOME
    return (Reply("dossier/refused", {"reason": refused.reason}, ((back,),)),)


def _place(state: State, button: Button) -> DossierPlace | Refused:
    """The place that a button names, among those shown to this person."""
    found = next((one for one in known(state).places if one.stamp == word(button, 2)), None)
    if found is None:
        return Refused("gone", tried=None if word(button, 1) == MINE else Tried(campaign=number(button, 0) or None))
    return found


def may_at(state: State, place: DossierPlace, action: Action) -> bool:
    """Whether this person has permission for the action at the place of a person, of a unit, or of the office."""
    who = state.person
    if who is None:
        return False
    if place.person:
        return may(relations_to_person(who, place.person), action)
    if place.unit:
        return may(answering_for(who, place.unit, place.answers), action)
    return allowed_in_office(state, action)


def _awaited(state: State) -> Button:
    focus = state.focus or {}
    return Button(FILE, 0, (text_of(focus, "campaign"), text_of(focus, "whose"), text_of(focus, "place")))


#: The guard of a dossier of the office, for its desk.
DOSSIERS: Guard[DossiersView] = Guard(
    rooms=(Room.DOSSIER,),
    find=_of_desk,
    may=lambda state, _, action: allowed_in_office(state, action),
    denied=lambda _, __, ___: Refused("not_desk", tried=Tried()),
    words=_words,
)

#: The guard of a place where a file is handed in.
PLACES: Guard[DossierPlace] = Guard(
    rooms=(Room.DOSSIER,),
    find=_place,
    may=may_at,
    denied=lambda _, place, __: Refused("not_yours", tried=Tried(person=place.person.id if place.person else None)),
    words=_words,
    awaited=_awaited,
)


def named(event: Event, focus: Mapping[str, Json] | None) -> tuple[int, str]:
    """The campaign and the dossier that an event is about; `MINE`: one's own places."""
    match event:
        case Pressed(button=button) if button and button.verb != "dossier_home":
            return number(button, 0), word(button, 1) or "all"
        case Said() | Handed() | Edited():
            kept = focus or {}
            return as_number(text_of(kept, "campaign")), text_of(kept, "whose") or MINE
        case _:
            return 0, MINE
