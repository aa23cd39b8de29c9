"""A stand-in is needed no longer: the head is back, or it was a mistake."""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.commands import EndStandIn, Refuse
from dialogs.core.events import Event, Pressed
from dialogs.core.handlers import Books, OnPress
from dialogs.core.paging import number
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.shown.person import person_values
from dialogs.stand_ins.people import everybody, may_name, room, standing
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rulings import StandIn

_TO_LIST = (Key("cover/list", Button("cover_list")),)


def line(state: State, one: StandIn) -> dict[str, Json]:
    """One stand-in as templates take it; `mine`: for this person, `me`: it is this person."""
    known, me = everybody(state), state.person.id if state.person else 0
    return {
        "absent": person_values(known.get(one.absent)),
        "stand_in": person_values(known.get(one.stand_in)),
        "mine": one.absent == me,
        "me": one.stand_in == me,
        "since": one.since.isoformat(),
        "until": one.until.isoformat(),
        "holds": one.holds(state.now.date()),
    }


def may_end(state: State, one: StandIn) -> bool:
    """Whoever may name one may end it."""
    absent = everybody(state).get(one.absent)
    return absent is not None and may_name(state, absent)


def cover_named(event: Event) -> int:
    """The stand-in a button is to end; 0 where none is named."""
    button = event.button if isinstance(event, Pressed) else None
    return number(button, 0) if button and button.verb in VERBS else 0


def ask(_: Books, state: State, button: Button) -> Turn:
    """Ask before it is ended."""
    found = _found(state, button)
    if isinstance(found, Turn):
        return found
    sure = (Key("cover/ended", Button("cover_ended", 0, (str(found.id),))),)
    return Turn((Reply("cover/ask_end", line(state, found), (sure, _TO_LIST)),), let_go(state, Room.COVER))


def end(_: Books, state: State, button: Button) -> Turn:
    """End it from now on. Pressed twice, it is ended once."""
    found = _found(state, button)
    if isinstance(found, Turn):
        return found
    done = Reply("cover/ended", line(state, found), (_TO_LIST,), replaces=True)
    return Turn((done,), (EndStandIn(found.id), *_told(state, found), *let_go(state, Room.COVER)))


def _found(state: State, button: Button) -> StandIn | Turn:
    """The stand-in of the button, if it still holds and is this person's to end; else the refusal."""
    other = room(state).other
    found = next((one for one in standing(state) if one.id == number(button, 0)), other)
    if found is None:
        return Turn((Reply("cover/refused", {"reason": "over"}, (_TO_LIST,)),), let_go(state, Room.COVER))
    if not may_end(state, found):
        refused = Refuse(Action.SET_STAND_IN, "not_allowed", person=found.absent)
        return Turn(
            (Reply("cover/refused", {"reason": "not_allowed"}, (_TO_LIST,)),), (refused, *let_go(state, Room.COVER))
        )
    return found


def _told(state: State, found: StandIn) -> tuple[Command, ...]:
    """To the two it concerns, save the one who ended it."""
    assert state.person is not None, "somebody known ends it"
    values = {**line(state, found), "by": state.person.name, "position": state.person.position}
    names = {found.stand_in: "notice/stand_in_ended", found.absent: "notice/covered_no_more"}
    return tuple(
        Notify(person, f"stand_in_ended:{found.id}:{person}", Reply(name, values))
        for person, name in names.items()
        if person != state.person.id
    )


VERBS: dict[str, OnPress] = {"cover_end": ask, "cover_ended": end}
