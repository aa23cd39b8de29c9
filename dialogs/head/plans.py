"""The plans of improvement of the people in a unit, which only its head may read."""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.shown.improving import in_order, values
from rules.campaign.permissions import Action, Relation, may, relations_to_person
from rules.nouns.reviews import Json

#: How many people are on a page; each may have many lines.
ON_A_PAGE = 5


def key_of(state: State) -> Key | None:
    """The button to the plans, if there are any."""
    count = _known(state).planning
    return Key("head/plans", Button("head_plans"), {"count": count}) if count else None


def show(_: Books, state: State, button: Button) -> Turn:
    """Each person with the lines of their plan: `head_plans:0:<first person>`."""
    me, today = state.person, state.now.date()
    mine = [
        (person, lines)
        for person, lines in _known(state).plans
        if me and may(relations_to_person(me, person) - {Relation.SELF}, Action.READ_PLAN)
    ]
    some = page(mine, number(button, 0), ON_A_PAGE)
    people: list[Json] = [
        {"name": person.name, "lines": [values(line, today) for line in in_order(lines)]}
        for person, lines in some.shown
    ]
    turning = some.keys("head_plans", room="head")
    back = (Key("head/list", Button("head_list")),)
    shown = Reply("head/plans", {"people": people, **some.values()}, rows(turning, back), replaces=True)
    return Turn((shown,), let_go(state, Room.HEAD))


def _known(state: State) -> Sheets:
    return state.room if isinstance(state.room, Sheets) else Sheets()
