"""The people of the office in the room CREW, and what the reader may do for each of them."""

import datetime as dt

from dialogs.core.guard import allowed_in_office
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.state import State
from rules.campaign.permissions import OF_PEOPLE, Action, may, relations_to_person, relations_to_unit
from rules.nouns.alphabet import alphabetical, by_name
from rules.nouns.devices import WaitingCode
from rules.nouns.people import Person
from rules.nouns.reviews import Json

#: The most people for whom something is done at once: as many as one can check with care.
MOST = 200


def may_enter(state: State) -> bool:
    """Whether this person looks after anybody's sign-in, if only in their own unit."""
    me = state.person
    return me is not None and may(relations_to_unit(me, me.office, me.unit_id), *OF_PEOPLE)


def whole_office(state: State) -> bool:
    """Whether this person looks after everybody, not only the unit they head."""
    return allowed_in_office(state, *OF_PEOPLE)


def may_do(state: State, person: Person, action: Action) -> bool:
    """Whether this person has permission for the action on somebody."""
    return state.person is not None and may(relations_to_person(state.person, person), action)


def everybody(view: OfficeView) -> tuple[Person, ...]:
    """Everybody once, at their first post, by unit and then by name."""
    once = {one.id: one for one in sorted(view.people, key=lambda one: -one.post)}
    return tuple(sorted(once.values(), key=lambda one: (alphabetical(one.unit), by_name(one.name), one.id)))


def person_of(view: OfficeView, id_: int) -> Person | None:
    """The person with that id, if the view contains them."""
    return next((one for one in everybody(view) if one.id == id_), None)


def joined(view: OfficeView, person: Person) -> bool:
    """Whether an account is tied to the person."""
    return view.accounts.get(person.id, (0, 0))[0] > 0


def invitation_stamp(until: dt.datetime | None) -> str:
    """A word that tells whether an unused invitation is still the one a button was drawn with."""
    return str(int(until.timestamp())) if until else "0"


def waiting_code(state: State, view: OfficeView, person: Person) -> WaitingCode | None:
    """The code given anew to the person that does not open yet; None: there is none."""
    code = view.anew.get(person.id)
    return code if code and code.waits(state.now) else None


def is_second(one: Person | None, person: Person, code: WaitingCode, asks: int | None) -> bool:
    """Whether `one` may be the second person for somebody's code: neither who gave it nor who `asks` for haste. `asks`
    None: nobody may.
    """
    if one is None or asks is None or one.id in {*code.given.bars, asks}:
        return False
    return may(relations_to_person(one, person), Action.AGREE_HASTE)


def may_second(state: State, person: Person, code: WaitingCode) -> bool:
    """Whether this person may be the second for a code that is to open at once. Not from a device that the others let
    in.
    """
    asks = code.hastened_by
    return is_second(state.person, person, code, asks) and _own_hand(state, *code.given.bars, asks)


def may_confirm(state: State, view: OfficeView, person: Person) -> bool:
    """Whether this person may confirm who signed in with a head's first code. Nobody whom that head let in may."""
    given = view.unconfirmed.get(person.id)
    if given is None or state.person is None or state.person.id in given.bars:
        return False
    return _own_hand(state, *given.bars) and may_do(state, person, Action.AGREE_HASTE)


def _own_hand(state: State, *others: int | None) -> bool:
    """Whether none of these people let in the present device."""
    return state.device is None or state.device.bars.isdisjoint(others)


def code_values(code: WaitingCode) -> dict[str, Json]:
    """Who gave the code, when it opens, and what was asked about it."""
    return {
        "given_by": code.given.name,
        "opens": code.opens_at.isoformat(),
        "asked_by": code.hastened_by_name,
        "reason": code.reason,
    }
