"""People and their ways in: who has not come yet, unit by unit; finding somebody by name or key."""

from collections import Counter

from dialogs.core.awaited import awaiting
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.paging import number, page
from dialogs.core.rooms import OfficeView
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk.keys import TO_CAMPAIGNS
from dialogs.people import codes as crew_codes
from dialogs.people import finding as crew_finding
from dialogs.people.finding import FIND, find
from dialogs.people.page import open_key, show_page
from dialogs.people.view import everybody, for_crew, is_desk, joined
from rules.nouns.people import Person
from rules.nouns.reviews import Json


def nhansu(books: Books, state: State, view: OfficeView, argument: str) -> Turn:
    """The command /nhansu; `/nhansu lan` finds at once."""
    return find(books, state, view, argument) if argument.strip() else home(books, state, view)


def home(_: Books, state: State, view: OfficeView, __: Button | None = None) -> Turn:
    """How many have come in; the next text is a name or a key."""
    people = everybody(view)
    missing = _missing(view)
    values: dict[str, Json] = {
        "people": len(people),
        "joined": len(people) - len(missing),
        "invited": sum(one.id in view.invited for one in missing),
        "desk": is_desk(state),
    }
    listing = Key("crew/missing", Button("crew_units"), {"count": len(missing)}) if missing else None
    keyboard = rows((listing,), TO_CAMPAIGNS if is_desk(state) else ())
    return Turn((Reply("crew/home", values, keyboard),), (awaiting(FIND, query=""),))


def show_units(_: Books, __: State, view: OfficeView, button: Button) -> Turn:
    """The units in which somebody has not come in yet, with how many."""
    missing = _missing(view)
    counted = Counter(one.unit_id for one in missing)
    names = {one.unit_id: one.unit for one in missing}
    units = page(sorted(counted, key=lambda unit: names[unit]), number(button, 0))
    opening = (
        (Key("crew/unit", Button("crew_unit", 0, (str(unit),)), {"name": names[unit], "count": counted[unit]}),)
        for unit in units.shown
    )
    values: dict[str, Json] = {"missing": len(missing), **units.values()}
    return Turn((Reply("crew/units", values, rows(*opening, units.keys("crew_units"), _home())),))


def show_unit(_: Books, __: State, view: OfficeView, button: Button) -> Turn:
    """Who of a unit has not come in yet."""
    unit = number(button, 0)
    missing = [one for one in _missing(view) if one.unit_id == unit]
    shown = page(missing, number(button, 1))
    values: dict[str, Json] = {"unit": missing[0].unit if missing else view.units.get(unit, ""), **shown.values()}
    opening = ((open_key(view, one),) for one in shown.shown)
    back = (Key("crew/units", Button("crew_units")),)
    return Turn((Reply("crew/unit", values, rows(*opening, shown.keys("crew_unit", str(unit)), back)),))


def _missing(view: OfficeView) -> list[Person]:
    return [one for one in everybody(view) if not joined(view, one)]


def _home() -> tuple[Key, ...]:
    return (Key("crew/home", Button("crew_home")),)


VERBS: dict[str, OnPress] = {
    "crew_home": for_crew(home),
    "crew_units": for_crew(show_units),
    "crew_unit": for_crew(show_unit),
    "crew_person": for_crew(show_page, of_person=True),
    **crew_finding.VERBS,
    **crew_codes.VERBS,
}

TEXTS: dict[str, OnText] = {**crew_finding.TEXTS}

COMMANDS: dict[str, OnCommand] = {"nhansu": for_crew(nhansu)}
