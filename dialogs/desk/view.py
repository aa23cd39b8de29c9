"""What the desk's rooms share: who may come in, what an awaited text is let go with."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from dialogs.core import awaited
from dialogs.core.buttons import Button
from dialogs.core.commands import Refuse
from dialogs.core.events import Event, Handed, Pressed
from dialogs.core.handlers import Books
from dialogs.core.paging import number
from dialogs.core.rooms import OfficeView, Room
from dialogs.core.stamps import stamp
from dialogs.core.state import State
from dialogs.core.turn import Command, Reply, Turn
from dialogs.desk.keys import TO_CAMPAIGNS
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json

_SEAL_DIGITS = 10
_ROOMS = (Room.DESK, Room.CREW, Room.CAST)

_What = TypeVar("_What", Button, str, Handed)
Handler = Callable[[Books, State, _What], Turn]
OfDesk = Callable[[Books, State, OfficeView, _What], Turn]


def for_desk(action: Action, act: OfDesk[_What]) -> Handler[_What]:
    """A handler for the people of the desk; anybody else is refused, and the refusal is kept."""

    def handler(books: Books, state: State, what: _What) -> Turn:
        view = state.room
        if state.person is None or not state.person.desk or not isinstance(view, OfficeView):
            return refused(state, action)
        return act(books, state, view, what)

    return handler


def refused(state: State, action: Action, *, person: int | None = None) -> Turn:
    """What this is, belongs to the desk (or to the head of that person's unit)."""
    office = state.person.office if state.person else ""
    said = Reply("desk/refused", {"action": action.value, "office": office})
    return Turn((said,), (Refuse(action.value, "not_desk", person=person), *let_go(state)))


def not_open(state: State, view: OfficeView, campaign: int, action: Action) -> Turn:
    """The campaign that is named is open no longer (or what was named of it is gone); to reach for that of another
    office is kept.
    """
    said = Reply("desk/gone", {}, (TO_CAMPAIGNS,))
    known = {0, *(one.id for one in (*view.campaigns, *view.closed))}
    tried = () if campaign in known else (Refuse(action, "not_here", campaign=campaign),)
    return Turn((said,), (*tried, *let_go(state)))


def let_go(state: State) -> tuple[Command, ...]:
    """Stop awaiting a text of the desk's rooms."""
    return tuple(command for room in _ROOMS for command in awaited.let_go(state, room))


def campaign_named(event: Event, focus: Mapping[str, Json] | None) -> int:
    """The campaign an event of DESK or CAST is about: the first word of its button, else what the focus says.

    0: none is named; then it is the newest.
    """
    if isinstance(event, Pressed) and event.button and event.button.verb.startswith(("desk_", "cast_")):
        return number(event.button, 0)
    named = (focus or {}).get("campaign", 0)
    return named if isinstance(named, int) else 0


def seal(value: Json) -> str:
    """What a button was drawn from, short enough for it and long enough to tell any two apart."""
    return stamp(value, _SEAL_DIGITS)
