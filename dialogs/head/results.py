"""The results of which a head or leader in charge must be told by the rulebook, for reading only, with the tables of
the unit they head.
"""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import DeskFile, Key, Reply, Turn
from dialogs.shown.person import which_values
from rules.campaign.deciding.told import relations_of_told
from rules.campaign.permissions import Action, may
from rules.nouns.alphabet import alphabetical, by_name
from rules.nouns.reviews import Json
from rules.nouns.standings import ReviewLine

_BACK = (Key("head/list", Button("head_list")),)


def key_of(state: State) -> Key | None:
    """The button to the results, for whoever heads a unit or is in charge of one, if a rulebook requires that they be
    told.
    """
    known, me = _known(state), state.person
    return (
        Key("head/own_results", Button("head_results")) if me and known.told and (me.head or known.in_charge) else None
    )


def show(books: Books, state: State, button: Button) -> Turn:
    """The results, one line each, by unit: `head_results:0:<first line>`."""
    some = page(readable(books, state), number(button, 0))
    lines: list[Json] = [
        {**which_values(books, one), "unit": one.person.unit, "rating": one.ruled.value if one.ruled else None}
        for one in some.shown
    ]
    turning = some.keys("head_results", room="head")
    shown = Reply("head/results", {"lines": lines, **some.values()}, rows(turning, _BACK), replaces=True)
    return Turn((shown,), let_go(state, Room.HEAD))


def readable(books: Books, state: State) -> list[ReviewLine]:
    """The results of which this person must be told, by unit and then in Vietnamese order."""
    me, known = state.person, _known(state)
    if me is None:
        return []
    found = [
        one
        for one in known.results
        if may(relations_of_told(books[one.campaign.edition], one, me, known.in_charge), Action.READ_RATING)
    ]
    return sorted(found, key=lambda one: (-one.campaign.id, alphabetical(one.person.unit), by_name(one.person.name)))


def tables_key(books: Books, state: State) -> Key | None:
    """The button to the tables of the unit, for its head, if a rulebook has tables per unit."""
    me = state.person
    campaigns = {one.campaign.edition for one in (state.own, *state.others, *state.waiting) if one}
    named = any(table.per == "unit" for edition in campaigns for table in books[edition].summary_tables)
    return Key("head/tables", Button("head_tables")) if me and me.head and named else None


def show_tables(_: Books, state: State, __: Button) -> Turn:
    """The tables of the unit that the person heads, to edit and to print."""
    if state.person is None or not state.person.head:
        return Turn((Reply("head/no_tables", {}, rows(_BACK)),), let_go(state, Room.HEAD))
    to_read = Reply("head/tables", {}, attached=DeskFile("unittables"))
    to_print = Reply("head/tables_pdf", {}, rows(_BACK), attached=DeskFile("unittablespdf", "pdf"))
    return Turn((to_read, to_print), let_go(state, Room.HEAD))


def _known(state: State) -> Sheets:
    return state.room if isinstance(state.room, Sheets) else Sheets()
