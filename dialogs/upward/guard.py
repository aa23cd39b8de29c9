"""The guard of packages: what is this person to it, and is it still as it was shown?"""

from collections.abc import Mapping

from dialogs.core.awaited import number as kept_number
from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.events import Edited, Event, Handed, Pressed, Said
from dialogs.core.guard import Guard, Refused, Tried
from dialogs.core.handlers import Books
from dialogs.core.knowledge.upward import ToConsult, UnitSends, UpwardView
from dialogs.core.paging import number, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply
from rules.campaign.permissions import Action, may
from rules.nouns.reviews import Json

HOME = Key("upward/home", Button("upward_home"))

#: Verbs that change what was sent. Changes in one campaign are made one after another.
WITHDRAW, RETURN, CONSULT = "upward_withdraw", "upward_return", "upward_consult"
SENDS = frozenset({"upward_send", WITHDRAW, RETURN})
#: Verbs that call a meeting of the authority. They name a campaign but no unit.
CONSULTS = frozenset({CONSULT})


def view(state: State) -> UpwardView:
    """The room's knowledge; empty if it was not loaded."""
    return state.room if isinstance(state.room, UpwardView) else UpwardView()


def verb_of(event: Event, focus: Mapping[str, Json] | None) -> str:
    """The verb of an event: that of its button, or the purpose for which its text was awaited."""
    if isinstance(event, Pressed) and event.button:
        return event.button.verb
    return text_of(focus or {}, "for") if isinstance(event, Said | Edited | Handed) else ""


def named(event: Event, focus: Mapping[str, Json] | None) -> tuple[int, int]:
    """The ids of the campaign and the unit that an event is about; 0: none."""
    match event:
        case Pressed(button=button) if button and button.verb != "upward_home":
            unit = 0 if button.verb in {CONSULT, "upward_list"} else number(button, 1)
            return number(button, 0), unit
        case Said() | Handed() | Edited():
            kept = focus or {}
            campaign, unit_ = kept.get("campaign"), kept.get("unit")
            return campaign if isinstance(campaign, int) else 0, unit_ if isinstance(unit_, int) else 0
        case _:
            return 0, 0


def on_it(verb: str, one: UnitSends, *more: str) -> Button:
    """A button about the package of a unit."""
    return Button(verb, 0, (str(one.up.campaign), str(one.up.unit), *more))


def to_unit(one: UnitSends) -> Key:
    """The button back to the package."""
    return Key("upward/back", on_it("upward_look", one))


def sends(one: UnitSends) -> Action:
    """The action of sending the package: another one if it leaves the office."""
    return Action.SEND_OUT if one.office else Action.SEND_UP


def _find(state: State, button: Button) -> UnitSends | Refused:
    found = view(state).at
    return found or Refused("gone", tried=Tried(campaign=number(button, 0) or None))


def _may(_: State, one: UnitSends, action: Action) -> bool:
    """Whether the person has permission for the action. Sending for the office itself is another action."""
    return may(one.held, sends(one) if action is Action.SEND_UP else action)


def _denied(_: State, one: UnitSends, action: Action) -> Refused:
    reason = {Action.SEND_UP: "not_head", Action.RETURN_SENT: "not_authority"}.get(action, "not_yours")
    readable = may(one.held, Action.READ_SENT)
    return Refused(reason, {"head": one.head if readable else ""}, Tried(campaign=one.up.campaign))


def _words(_: Books, state: State, refused: Refused, __: Action, ___: Button) -> tuple[Reply, ...]:
    values: dict[str, Json] = {"head": "", "since": "", **refused.values}
    at = view(state).at
    back = to_unit(at) if at and may(at.held, Action.READ_SENT) else HOME
    return (Reply("upward/refused", {"reason": refused.reason, **values}, ((back,),)),)


def _awaited(state: State) -> Button:
    focus = state.focus or {}
    return Button(text_of(focus, "for"), 0, (str(kept_number(state, "campaign")), str(kept_number(state, "unit"))))


#: The guard of a unit's package.
UNITS: Guard[UnitSends] = Guard(
    rooms=(Room.UPWARD,), find=_find, may=_may, denied=_denied, words=_words, awaited=_awaited
)


def _found(state: State, button: Button) -> ToConsult | Refused:
    """The meeting that a button names by its key."""
    found = next((one for one in view(state).consulting if one.rule.key == word(button, 1)), None)
    return found or Refused("not_to_consult", tried=Tried(campaign=number(button, 0) or None))


#: The guard of a meeting of the authority that may be called.
CONSULTING: Guard[ToConsult] = Guard(
    rooms=(Room.UPWARD,),
    find=_found,
    may=lambda _, __, ___: True,  # only what the table of permissions allows is loaded
    denied=lambda _, __, ___: Refused("not_to_consult"),
    words=_words,
    awaited=lambda state: Button(CONSULT, 0, (str(kept_number(state, "campaign")), text_of(state.focus or {}, "key"))),
)
