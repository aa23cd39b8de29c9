"""The page of a person: where they work, how they come in, how far their reviews are."""

from dialogs.core.buttons import Button
from dialogs.core.commands import Refuse
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.paging import number
from dialogs.core.rooms import OfficeView
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.desk.progress import line
from dialogs.desk.view import refused
from dialogs.people.view import is_desk, joined, person_of
from rules.campaign.permissions import Action
from rules.nouns.people import Person
from rules.nouns.reviews import Json


def show_page(books: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """The page a button names."""
    person = person_of(view, number(button, 0))
    return Turn((page_of(books, state, view, person),)) if person else not_here(state, number(button, 0))


def not_here(state: State, person: int) -> Turn:
    """Not (or no longer) of the office; or, for a head, not of their unit: that is refused."""
    if not is_desk(state):
        return refused(state, Action.INVITE, person=person)
    said = Reply("crew/gone", {}, ((Key("crew/home", Button("crew_home")),),))
    return Turn((said,), (Refuse(Action.INVITE, "not_here", person=person),))


def page_of(
    books: Books, state: State, view: OfficeView, person: Person, *, told: str = "", replaces: bool = False
) -> Reply:
    """The page; `told` is what has just been done: `revoked`, `untied`, `changed` (nothing: it is otherwise by now)."""
    tied, blocked = view.accounts.get(person.id, (0, 0))
    until = view.invited.get(person.id)
    values: dict[str, Json] = {
        "told": told,
        "name": person.name,
        "key": view.keys.get(person.id, ""),
        "posts": [{"position": one.position, "unit": one.unit} for one in view.people if one.id == person.id],
        "accounts": tied,
        "blocked": blocked,
        "invited": until.isoformat() if until else "",
        "reviews": [line(books, one, state.now.date()) for one in view.standings if one.person.id == person.id],
        "desk": is_desk(state),
        "own": state.person is not None and state.person.id == person.id,
    }
    return Reply("crew/page", values, _keyboard(state, view, person), replaces=replaces)


def open_key(view: OfficeView, person: Person) -> Key:
    """The button that opens somebody's page."""
    values: dict[str, Json] = {"name": person.name, "unit": person.unit, "joined": joined(view, person)}
    return Key("crew/open", person_button("crew_person", person), values)


def person_button(verb: str, person: Person, *more: str) -> Button:
    """A button about somebody."""
    return Button(verb, 0, (str(person.id), *more))


def _keyboard(state: State, view: OfficeView, person: Person) -> tuple[tuple[Key, ...], ...]:
    """A head gives a new code, the rest is the desk's. One's own way in is /thietbi."""
    own = state.person is not None and state.person.id == person.id
    home = (Key("crew/home", Button("crew_home")),)
    if own:
        return (home,)
    label = "crew/new_phone" if joined(view, person) else "crew/new_code"
    code = Key(label, person_button("crew_code", person))
    revoke = Key("crew/revoke", person_button("crew_revoke", person)) if person.id in view.invited else None
    untie = Key("crew/untie", person_button("crew_untie", person)) if joined(view, person) else None
    return rows((code,), (revoke, untie) if is_desk(state) else (), home)
