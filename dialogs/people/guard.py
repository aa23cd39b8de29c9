"""The guard of people and their sign-in: the desk reaches everybody, the head of a unit its people, and nobody
themself.
"""

from dataclasses import dataclass

from dialogs.core.awaited import number as kept_number
from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried
from dialogs.core.handlers import Books
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from dialogs.desk.guard import DESK_ROOMS, desk_words, not_desk
from dialogs.people.page import page_of
from dialogs.people.view import may_do, may_enter, person_of, whole_office
from rules.campaign.permissions import Action
from rules.nouns.people import Person


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the office, with the room's knowledge."""

    view: OfficeView
    person: Person


def find_member(state: State, button: Button) -> Member | Refused:
    """The person that a button names. Refused are people who are not (or no longer) in the office, and for a head those
    of other units.
    """
    named, view = number(button, 0), state.room
    if not isinstance(view, OfficeView) or not may_enter(state):
        return Refused("not_desk", tried=Tried(person=named, action=Action.INVITE))
    person = person_of(view, named)
    if person:
        return Member(view, person)
    return Refused("not_here" if whole_office(state) else "not_desk", tried=Tried(person=named, action=Action.INVITE))


def _denied(state: State, member: Member, _: Action) -> Refused:
    """The refusal. One's own sign-in is handled by /thietbi."""
    if state.person and state.person.id == member.person.id:
        return Refused("own", tried=Tried(person=member.person.id, action=Action.INVITE))
    return not_desk(member.person.id)


def _words(books: Books, state: State, refused: Refused, action: Action, button: Button) -> tuple[Reply, ...]:
    if refused.reason == "not_here":
        return (Reply("crew/gone", {}, ((Key("crew/home", Button("crew_home")),),)),)
    own = find_member(state, button) if refused.reason == "own" else refused
    if isinstance(own, Member):
        return (page_of(books, state, own.view, own.person),)
    return desk_words(books, state, refused, action, button)


#: The guard of the room itself: for whoever may issue a code to somebody.
CREW: Guard[OfficeView] = Guard(
    rooms=DESK_ROOMS,
    find=lambda state, _: state.room if isinstance(state.room, OfficeView) else not_desk(),
    may=lambda state, _, __: may_enter(state),
    denied=lambda _, __, ___: not_desk(),
    words=desk_words,
)

#: The guard of a person whose sign-in a button is about.
MEMBERS: Guard[Member] = Guard(
    rooms=DESK_ROOMS,
    find=find_member,
    may=lambda state, member, action: may_do(state, member.person, action),
    denied=_denied,
    words=_words,
    awaited=lambda state: Button("crew_person", 0, (str(kept_number(state, "person")),)),
)
