"""The guard of data requests: does it belong to this office, may this person answer it, and is it answered already?"""

from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried, allowed_in_office
from dialogs.core.handlers import Books
from dialogs.core.knowledge.personal import AskedOfDesk, DataKnown
from dialogs.core.paging import number
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from rules.campaign.permissions import Action, may, relations_to_person

TO_HOME = (Key("data/home", Button("data_home")),)
TO_DESK = (Key("data/desk", Button("data_desk")),)


def known(state: State) -> DataKnown:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, DataKnown) else DataKnown()


def of_others(state: State) -> tuple[AskedOfDesk, ...]:
    """The waiting requests that this person may answer."""
    return tuple(one for one in known(state).waiting if _may(state, one, Action.ANSWER_DATA))


def _find(state: State, button: Button) -> AskedOfDesk | Refused:
    """The request that a button names, in one's own office."""
    if not allowed_in_office(state, Action.ANSWER_DATA):
        return Refused("not_yours", tried=Tried())
    named = number(button, 0)
    found = next((one for one in known(state).waiting if one.request.id == named), None)
    return found or Refused("missing")


def _may(state: State, asked: AskedOfDesk, action: Action) -> bool:
    return state.person is not None and may(relations_to_person(state.person, asked.person), action)


def _denied(_: State, asked: AskedOfDesk, __: Action) -> Refused:
    return Refused("own", tried=Tried(person=asked.person.id))


def _words(_: Books, state: State, refused: Refused, __: Action, ___: Button) -> tuple[Reply, ...]:
    back = TO_DESK if allowed_in_office(state, Action.ANSWER_DATA) else TO_HOME
    return (Reply("data/refused", {"reason": refused.reason}, (back,)),)


#: The guard of a request of the office that waits for its answer.
REQUESTS: Guard[AskedOfDesk] = Guard(
    rooms=(Room.DATA,),
    find=_find,
    may=_may,
    denied=_denied,
    words=_words,
    awaited=lambda state: Button("data_answer", 0, (text_of(state.focus or {}, "request"),)),
)
