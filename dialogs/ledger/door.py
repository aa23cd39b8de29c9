"""The entrance of the room WORK (/viec): one's work of a month or quarter, that of people to whom one assigns work, and
the catalogue for the desk.
"""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.guard import NOTHING, allowed_in_office
from dialogs.core.handlers import Books, OnCommand, OnFile, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.ledger import desk, filling, giving, writing
from dialogs.ledger.guard import LEDGERS, drawn, view_of
from dialogs.ledger.page import LINES, how, show
from rules.campaign.permissions import Action
from rules.ledger.work import WorkLedger, units
from rules.nouns.reviews import Json


def viec(books: Books, state: State, _: str) -> Turn:
    """The command /viec: one's own ledger if there is one, otherwise those of one's people, otherwise why there is
    none.
    """
    view = view_of(state)
    if view.ledger is not None:
        return show(books, state, view.ledger)
    return home(books, state, NOTHING)


def home(_: Books, state: State, __: Button) -> Turn:
    """The months and quarters that have ledgers, and for the desk its files."""
    view = view_of(state)
    me = state.person.id if state.person else 0
    values: dict[str, Json] = {
        "catalogue": len(view.catalogue.products) if view.catalogue else 0,
        "number": view.catalogue.number if view.catalogue else 0,
        "desk": allowed_in_office(state, Action.KEEP_CATALOGUE),
        "periods": len(view.periods),
    }
    about = Key("work/catalogue", Button(desk.CATALOGUE)), Key("work/import", Button(desk.WORK))
    keyboard = rows(
        *(
            (Key("work/period", Button("work_show", 0, (f"{year}{name}", str(me))), {"year": year, "period": name}),)
            for year, name in view.periods
        ),
        about if values["desk"] else (),
    )
    return Turn((Reply("work/home", values, keyboard),), let_go(state, Room.WORK))


def show_ledger(books: Books, state: State, ledger: WorkLedger, button: Button) -> Turn:
    """A ledger, from the line that the button names."""
    return show(books, state, ledger, first=number(button, 2), replaces=len(button.about) > 2)


def show_how(books: Books, state: State, ledger: WorkLedger, _: Button) -> Turn:
    """How the score is worked out."""
    return how(books, state, ledger)


def show_people(_: Books, state: State, button: Button) -> Turn:
    """The people to whom this person assigns work, with their progress in that period."""
    view = view_of(state)
    some = page(view.people, number(button, 2), 12)
    lines: list[Json] = [_in_line(one) for one in some.shown]
    opening = (
        (Key("work/person", drawn("work_show", one), {"name": one.person.called, "waiting": len(one.reasons())}),)
        for one in some.shown
    )
    year, period = view.period or (0, "")
    values: dict[str, Json] = {"year": year, "period": period, "lines": lines, **some.values()}
    about = (f"{year}{period}", str(state.person.id if state.person else 0))
    turning = some.keys("work_people", *about, room="work")
    home_key = (Key("work/home", Button("work_home")),)
    return Turn((Reply("work/people", values, rows(*opening, turning, home_key)),), let_go(state, Room.WORK))


def _in_line(ledger: WorkLedger) -> dict[str, Json]:
    assigned, extra = units(ledger.shown)
    return {
        "name": ledger.person.called,
        "units": assigned,
        "extra_units": extra,
        "done": sum(line.done * line.product.coefficient for line in ledger.shown),
        "count": len(ledger.shown),
        "waiting": len(ledger.reasons()),
        "closed": ledger.closed,
    }


VERBS: dict[str, OnPress] = {
    "work_home": home,
    "work_show": LEDGERS.looking(show_ledger, Action.READ_LEDGER),
    "work_how": LEDGERS.looking(show_how, Action.READ_LEDGER),
    "work_people": show_people,
    "work_line": LEDGERS.acting(writing.line_of, Action.READ_LEDGER),
    "work_pick": LEDGERS.acting(writing.pick, Action.READ_LEDGER),
    "work_done": LEDGERS.acting(writing.done, Action.WRITE_LEDGER),
    "work_all_done": LEDGERS.acting(writing.all_done, Action.WRITE_LEDGER),
    "work_slip": LEDGERS.acting(writing.slip, Action.WRITE_LEDGER),
    "work_undo": LEDGERS.acting(writing.undo, Action.WRITE_LEDGER),
    "work_remove": LEDGERS.acting(writing.remove, Action.READ_LEDGER),
    "work_ask": LEDGERS.acting(giving.ask_over, Action.WRITE_LEDGER),
    "work_say": LEDGERS.acting(giving.say, Action.ASSIGN_WORK),
    "work_hand": LEDGERS.acting(giving.hand, Action.ASSIGN_WORK),
    "work_to": LEDGERS.acting(giving.to, Action.ASSIGN_WORK),
    **filling.VERBS,
    **desk.VERBS,
}

TEXTS: dict[str, OnText] = {
    LINES: LEDGERS.acting(writing.said, Action.READ_LEDGER),
    giving.COUNT: LEDGERS.acting(giving.counted, Action.ASSIGN_WORK),
    **desk.TEXTS,
}

FILES: dict[str, OnFile] = desk.FILES

COMMANDS: dict[str, OnCommand] = {"viec": viec}
