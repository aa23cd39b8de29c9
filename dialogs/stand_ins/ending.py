"""Ending a stand-in: the head is back, or it was a mistake."""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.commands.stand_ins import EndStandIn
from dialogs.core.events import Event, Pressed
from dialogs.core.handlers import Books, OnPress
from dialogs.core.paging import number
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Key, Notify, Reply, Turn
from dialogs.shown.person import person_values
from dialogs.stand_ins.guard import STAND_INS, TO_LIST
from dialogs.stand_ins.people import everybody
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json
from rules.nouns.rulings import StandIn


def line(state: State, stand_in: StandIn) -> dict[str, Json]:
    """A stand-in as values of a template. `mine`: for this person; `me`: by this person."""
    known, me = everybody(state), state.person.id if state.person else 0
    return {
        "absent": person_values(known.get(stand_in.absent)),
        "stand_in": person_values(known.get(stand_in.stand_in)),
        "mine": stand_in.absent == me,
        "me": stand_in.stand_in == me,
        "since": stand_in.since.isoformat(),
        "until": stand_in.until.isoformat(),
        "holds": stand_in.holds(state.now.date()),
    }


def cover_named(event: Event) -> int:
    """The id of the stand-in that a button ends; 0: none."""
    button = event.button if isinstance(event, Pressed) else None
    return number(button, 0) if button and button.verb in VERBS else 0


def ask(_: Books, state: State, stand_in: StandIn, __: Button) -> Turn:
    """Ask for confirmation before it is ended."""
    sure = (Key("cover/ended", Button("cover_ended", 0, (str(stand_in.id),))),)
    return Turn((Reply("cover/ask_end", line(state, stand_in), (sure, TO_LIST)),), let_go(state, Room.COVER))


def end(_: Books, state: State, stand_in: StandIn, __: Button) -> Turn:
    """End it from now on. A second press has no effect."""
    done = Reply("cover/ended", line(state, stand_in), (TO_LIST,), replaces=True)
    return Turn((done,), (EndStandIn(stand_in.id), *_told(state, stand_in), *let_go(state, Room.COVER)))


def _told(state: State, stand_in: StandIn) -> tuple[Command, ...]:
    """The notices to the two people concerned, except whoever ended it."""
    assert state.person is not None, "somebody known ends it"
    values = {**line(state, stand_in), "by": state.person.name, "position": state.person.position}
    names = {stand_in.stand_in: "notice/stand_in_ended", stand_in.absent: "notice/covered_no_more"}
    return tuple(
        Notify(person, f"stand_in_ended:{stand_in.id}:{person}", Reply(name, values))
        for person, name in names.items()
        if person != state.person.id
    )


VERBS: dict[str, OnPress] = {
    "cover_end": STAND_INS.looking(ask, Action.SET_STAND_IN),
    "cover_ended": STAND_INS.acting(end, Action.SET_STAND_IN),
}
