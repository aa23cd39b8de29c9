"""The entrance of the room CREW: people and their sign-in, who has not signed in yet by unit, and finding somebody by
name or key.
"""

from collections import Counter

from dialogs.core.awaited import awaiting
from dialogs.core.buttons import Button
from dialogs.core.guard import Refused, allowed_in_office
from dialogs.core.handlers import Books, OnChosen, OnCommand, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, page
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk.keys import TO_CAMPAIGNS
from dialogs.people import chosen as crew_chosen
from dialogs.people import codes as crew_codes
from dialogs.people import extending as crew_extending
from dialogs.people import extending_one as crew_extending_one
from dialogs.people import finding as crew_finding
from dialogs.people import hastening as crew_hastening
from dialogs.people import months as crew_months
from dialogs.people import papers as crew_papers
from dialogs.people.finding import FIND, find
from dialogs.people.guard import CREW, MEMBERS, find_member
from dialogs.people.page import open_key, page_of
from dialogs.people.view import everybody, joined, whole_office
from rules.campaign.permissions import Action
from rules.nouns.alphabet import alphabetical
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.values import BODIES


def nhansu(books: Books, state: State, view: OfficeView, argument: str) -> Turn:
    """The command /nhansu; `/nhansu lan` searches directly."""
    return find(books, state, view, argument) if argument.strip() else home(books, state, view)


def home(_: Books, state: State, view: OfficeView, __: Button | None = None) -> Turn:
    """How many people have signed in. The next text is a name or a key."""
    people = [one for one in everybody(view) if one.subject not in BODIES]
    missing = _missing(view)
    values: dict[str, Json] = {
        "people": len(people),
        "joined": len(people) - len(missing),
        "invited": sum(one.id in view.invited for one in missing),
        "desk": whole_office(state),
    }
    listing = Key("crew/missing", Button("crew_units"), {"count": len(missing)}) if missing else None
    keyboard = rows((listing,), TO_CAMPAIGNS if allowed_in_office(state, Action.READ_PROGRESS) else ())
    return Turn((Reply("crew/home", values, keyboard),), (awaiting(FIND, query=""),))


def show_units(_: Books, __: State, view: OfficeView, button: Button) -> Turn:
    """The units in which somebody has not signed in yet, with the number of people."""
    missing = _missing(view)
    counted = Counter(one.unit_id for one in missing)
    names = {one.unit_id: one.unit for one in missing}
    units = page(sorted(counted, key=lambda unit: (alphabetical(names[unit]), unit)), number(button, 0))
    opening = (
        (Key("crew/unit", Button("crew_unit", 0, (str(unit),)), {"name": names[unit], "count": counted[unit]}),)
        for unit in units.shown
    )
    values: dict[str, Json] = {"missing": len(missing), **units.values()}
    return Turn((Reply("crew/units", values, rows(*opening, units.keys("crew_units"), _home())),))


def show_unit(_: Books, __: State, view: OfficeView, button: Button) -> Turn:
    """The people of a unit who have not signed in yet."""
    unit = number(button, 0)
    missing = [one for one in _missing(view) if one.unit_id == unit]
    shown = page(missing, number(button, 1))
    values: dict[str, Json] = {"unit": missing[0].unit if missing else view.units.get(unit, ""), **shown.values()}
    opening = ((open_key(view, one),) for one in shown.shown)
    back = (Key("crew/units", Button("crew_units")),)
    return Turn((Reply("crew/unit", values, rows(*opening, shown.keys("crew_unit", str(unit)), back)),))


def show_page(books: Books, state: State, button: Button) -> Turn:
    """The page of the person that a button names; one's own page may be looked at as well."""
    member = find_member(state, button)
    if isinstance(member, Refused):
        return MEMBERS.refuse(books, state, member, Action.INVITE, button)
    return Turn((page_of(books, state, member.view, member.person),))


def _missing(view: OfficeView) -> list[Person]:
    return [one for one in everybody(view) if not joined(view, one) and one.subject not in BODIES]


def _home() -> tuple[Key, ...]:
    return (Key("crew/home", Button("crew_home")),)


VERBS: dict[str, OnPress] = {
    "crew_home": CREW.looking(home, Action.INVITE),
    "crew_units": CREW.looking(show_units, Action.INVITE),
    "crew_unit": CREW.looking(show_unit, Action.INVITE),
    "crew_person": show_page,
    **crew_finding.VERBS,
    **crew_codes.VERBS,
    **crew_hastening.VERBS,
    **crew_extending_one.VERBS,
    **crew_months.VERBS,
    **crew_papers.VERBS,
}

TEXTS: dict[str, OnText] = {
    **crew_finding.TEXTS,
    **crew_hastening.TEXTS,
    **crew_extending_one.TEXTS,
    **crew_months.TEXTS,
}

CHOSEN: dict[str, OnChosen] = {**crew_chosen.CHOSEN, **crew_extending.CHOSEN}

COMMANDS: dict[str, OnCommand] = {"nhansu": CREW.looking(nhansu, Action.INVITE)}
