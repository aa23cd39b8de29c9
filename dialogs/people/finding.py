"""Finding a person by name (with or without diacritics, in any order of words) or by roster key."""

from dialogs.core.awaited import awaiting, written
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.office import OfficeView
from dialogs.core.paging import number, page
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.people.guard import CREW
from dialogs.people.page import open_key, page_of
from dialogs.people.view import everybody
from rules.campaign.permissions import Action
from rules.nouns.alphabet import closeness, fits
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.text import folded, shorten

#: The purpose of the focus while a name is awaited. `query` is the last one.
FIND = "crew_find"
#: The longest name to search for, in characters.
MAX_CHARS = 80


def find(books: Books, state: State, view: OfficeView, text: str) -> Turn:
    """The people who match. A single match is shown directly."""
    query = shorten(text, MAX_CHARS)
    matches = fitting(view, query)
    if len(matches) == 1:
        return Turn((page_of(books, state, view, matches[0]),), (awaiting(FIND, query=query),))
    return _listed(view, query, matches, 0)


def show_found(_: Books, state: State, view: OfficeView, button: Button) -> Turn:
    """Another page of the matches."""
    query = written(state, "query")
    return _listed(view, query, fitting(view, query), number(button, 0))


def fitting(view: OfficeView, query: str) -> tuple[Person, ...]:
    """The person with this key, otherwise those in whose name every word begins a word. Matches with the same
    diacritics come first.
    """
    wanted = folded(query)
    people = everybody(view) if wanted else ()
    by_key = tuple(one for one in people if folded(view.keys.get(one.id, "")) == wanted)
    by_name = (one for one in people if fits(query, one.name))
    return by_key or tuple(sorted(by_name, key=lambda one: closeness(query, one.name)))


def _listed(view: OfficeView, query: str, matches: tuple[Person, ...], first: int) -> Turn:
    shown = page(matches, first)
    values: dict[str, Json] = {"query": query, **shown.values()}
    opening = ((open_key(view, one),) for one in shown.shown)
    home = (Key("crew/home", Button("crew_home")),)
    reply = Reply("crew/found", values, rows(*opening, shown.keys("crew_found"), home))
    return Turn((reply,), (awaiting(FIND, query=query),))


VERBS: dict[str, OnPress] = {"crew_found": CREW.looking(show_found, Action.INVITE)}

TEXTS: dict[str, OnText] = {FIND: CREW.looking(find, Action.INVITE)}
