"""The entrance of the room COVER (/thaymat): who stands in for an absent head, and naming a stand-in."""

from dialogs.core.awaited import awaiting, let_go, written
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.shown.person import person_values
from dialogs.stand_ins import ending as cover_ending
from dialogs.stand_ins import setting as cover_setting
from dialogs.stand_ins.ending import line
from dialogs.stand_ins.guard import may_end
from dialogs.stand_ins.naming import Naming, Wrong, naming
from dialogs.stand_ins.people import absent_ones, candidates, may_name, names_for_others, standing
from dialogs.stand_ins.setting import ask_again, ask_since, refuse
from rules.nouns.alphabet import sought
from rules.nouns.people import Person
from rules.nouns.reviews import Json
from rules.nouns.rulings import StandIn
from rules.nouns.text import shorten

#: The purpose of the focus while the name of a stand-in is awaited. `said` tells for whom.
WHO = "cover_who"


def thaymat(books: Books, state: State, _: str) -> Turn:
    """The command /thaymat."""
    return show_list(books, state, Button("cover_list"))


def show_list(_: Books, state: State, button: Button) -> Turn:
    """The present and future stand-ins, with buttons to name one and to end those that this person may end."""
    some = page(standing(state), number(button, 0))
    ending = tuple((_end_key(state, one),) for one in some.shown if may_end(state, one))
    naming_keys = _name_keys(state)
    values: dict[str, Json] = {
        **some.values(),
        "stand_ins": [line(state, one) for one in some.shown],
        "may_name": bool(naming_keys),
    }
    return _shown(state, "cover/list", values, (*naming_keys, *ending, some.keys("cover_list")))


def show_absent(books: Books, state: State, button: Button) -> Turn:
    """The desk chooses for whom a stand-in is named."""
    if not names_for_others(state):
        return refuse(books, state, Wrong("not_allowed"))
    some = page(absent_ones(state), number(button, 0))
    rows = tuple((_person_key("cover/absent", "cover_who", one, str(one.id)),) for one in some.shown)
    return _shown(state, "cover/for_whom", some.values(), (*rows, some.keys("cover_absent")))


def show_candidates(books: Books, state: State, button: Button) -> Turn:
    """Choose the stand-in. The first word of the button is the absent person, the last one the place in the list."""
    named = naming(state, button.about, 1)
    if isinstance(named, Wrong):
        return refuse(books, state, named)
    return _offered(state, named.absent, candidates(state, named.absent), number(button, 1))


def typed_who(books: Books, state: State, text: str) -> Turn:
    """Take a typed name: the person with it, otherwise all with it, otherwise the whole list."""
    named = naming(state, written(state, "said").split(), 1)
    if isinstance(named, Wrong):
        return refuse(books, state, named)
    everybody, words = candidates(state, named.absent), sought(text).split()
    found = tuple(one for one in everybody if words and all(word in sought(one.name) for word in words))
    if len(found) == 1:
        return ask_since(state, Naming(named.absent, found[0]))
    return _offered(state, named.absent, found or everybody, unknown="" if found else shorten(text))


def _offered(state: State, absent: Person, people: tuple[Person, ...], place: int = 0, unknown: str = "") -> Turn:
    """The people who may stand in, by button or by typing a name. `unknown`: a typed name that nobody has."""
    some, for_whom = page(people, place), str(absent.id)
    rows = tuple((_person_key("cover/who", "cover_pick", one, for_whom, str(one.id)),) for one in some.shown)
    mine = state.person is not None and state.person.id == absent.id
    values: dict[str, Json] = {
        **some.values(),
        "absent": person_values(absent),
        "mine": mine,
        "unknown": unknown,
    }
    keyboard = tuple(row for row in (*rows, some.keys("cover_who", for_whom)) if row)
    return Turn((Reply("cover/who", values, keyboard),), (awaiting(WHO, said=for_whom),))


def pick(books: Books, state: State, button: Button) -> Turn:
    """Take the stand-in and ask for the first day."""
    named = naming(state, button.about, 2)
    return ask_again(books, state, named) if isinstance(named, Wrong) else ask_since(state, named)


def _name_keys(state: State) -> tuple[tuple[Key, ...], ...]:
    """The buttons to name a stand-in for oneself, and for the desk for anybody."""
    me = state.person
    own = ((Key("cover/name", Button("cover_who", 0, Naming(me).words())),),) if me and may_name(state, me) else ()
    return (*own, (Key("cover/name_for", Button("cover_absent")),)) if names_for_others(state) else own


def _person_key(label: str, verb: str, person: Person, *about: str) -> Key:
    return Key(label, Button(verb, 0, about), person_values(person))


def _end_key(state: State, stand_in: StandIn) -> Key:
    return Key("cover/end", Button("cover_end", 0, (str(stand_in.id),)), line(state, stand_in))


def _shown(state: State, template: str, values: dict[str, Json], keyboard: tuple[tuple[Key, ...], ...]) -> Turn:
    """A list without empty rows. A text awaited in this room is no longer awaited."""
    return Turn((Reply(template, values, tuple(row for row in keyboard if row)),), let_go(state, Room.COVER))


VERBS: dict[str, OnPress] = {
    "cover_list": show_list,
    "cover_absent": show_absent,
    "cover_who": show_candidates,
    "cover_pick": pick,
    **cover_setting.VERBS,
    **cover_ending.VERBS,
}

TEXTS: dict[str, OnText] = {WHO: typed_who, **cover_setting.TEXTS}

COMMANDS: dict[str, OnCommand] = {"thaymat": thaymat}
