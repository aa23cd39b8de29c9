"""The guard of stand-ins: a head reaches their own, the desk those of its office; and why nobody can be named."""

from dialogs.core.buttons import Button
from dialogs.core.guard import Guard, Refused, Tried, reason_in
from dialogs.core.paging import number
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key
from dialogs.stand_ins.people import everybody, may_do, room, standing
from rules.campaign.permissions import Action
from rules.nouns.rulings import StandIn

TO_LIST = (Key("cover/list", Button("cover_list")),)


def not_allowed(absent: int | None) -> Refused:
    """The refusal because this person may name nobody for the absent one."""
    return Refused("not_allowed", tried=Tried(person=absent))


def may_end(state: State, stand_in: StandIn, action: Action = Action.SET_STAND_IN) -> bool:
    """Whether this person may end it: whoever may name a stand-in may."""
    absent = everybody(state).get(stand_in.absent)
    return absent is not None and may_do(state, absent, action)


def _find(state: State, button: Button) -> StandIn | Refused:
    """The stand-in of the button, if it is still in force. One of somebody else is refused for that reason."""
    named = (stand_in for stand_in in standing(state) if stand_in.id == number(button, 0))
    return next(named, room(state).other) or Refused("over")


STAND_INS: Guard[StandIn] = Guard(
    rooms=(Room.COVER,),
    find=_find,
    may=may_end,
    denied=lambda _, stand_in, __: not_allowed(stand_in.absent),
    words=reason_in("cover/refused", *TO_LIST),
)
