"""Who may look after people's ways in: the desk for everybody, the head of a unit for theirs."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.paging import number
from dialogs.core.rooms import OfficeView
from dialogs.core.state import State
from dialogs.core.turn import Turn
from dialogs.desk.view import Handler, refused
from rules.campaign.permissions import Action
from rules.nouns.people import Person
from rules.nouns.text import by_name

_What = TypeVar("_What", Button, str)
OfCrew = Callable[[Books, State, OfficeView, _What], Turn]


def for_crew(act: OfCrew[_What], *, of_person: bool = False) -> Handler[_What]:
    """A handler for the desk and for heads (whose `OfficeView.people` are those of their unit); others are refused.
    `of_person`: the button begins with the person it is about.
    """

    def handler(books: Books, state: State, what: _What) -> Turn:
        view, person = state.room, state.person
        if person is None or not (person.desk or person.head) or not isinstance(view, OfficeView):
            about = number(what, 0) if of_person and isinstance(what, Button) else None
            return refused(state, Action.INVITE, person=about)
        return act(books, state, view, what)

    return handler


def is_desk(state: State) -> bool:
    """Whether this is somebody of the desk, not only a head."""
    return state.person is not None and state.person.desk


def everybody(view: OfficeView) -> tuple[Person, ...]:
    """Everybody once, at their first post; by unit, then by name."""
    once = {one.id: one for one in sorted(view.people, key=lambda one: -one.post)}
    return tuple(sorted(once.values(), key=lambda one: (one.unit, by_name(one.name), one.id)))


def person_of(view: OfficeView, id_: int) -> Person | None:
    """The person of that id, if this view has them."""
    return next((one for one in everybody(view) if one.id == id_), None)


def joined(view: OfficeView, person: Person) -> bool:
    """Whether an account is tied to them."""
    return view.accounts.get(person.id, (0, 0))[0] > 0


def invitation_stamp(until: dt.datetime | None) -> str:
    """A word that tells whether the unused invitation a button was drawn with is still the same."""
    return str(int(until.timestamp())) if until else "0"
