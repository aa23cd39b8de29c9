"""The year of the people under management: a line for each, and the chart of one of them."""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import rows
from dialogs.core.knowledge.sheets import Sheets
from dialogs.core.paging import number, page, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.shown.chart import chart_values, year_key, year_named
from rules.nouns.alphabet import by_name
from rules.nouns.reviews import Json

#: How many people are on a page.
ON_A_PAGE = 12


def key_of(state: State) -> Key | None:
    """The button to the newest year, for whoever leads people whose months or quarters are tracked."""
    person = state.person
    known = (review for review in (state.own, *state.others, *state.waiting) if review)
    years = [review.campaign.year for review in known if year_key(review)]
    if person is None or not (person.head or person.leader) or not years:
        return None
    return Key("head/year", Button("head_year", 0, (str(max(years)),)), {"year": max(years)})


def show(_: Books, state: State, button: Button) -> Turn:
    """Everybody, one line each: `head_year:0:<year>:<first line>`."""
    known = state.room if isinstance(state.room, Sheets) else Sheets()
    year = year_named(word(button, 0), state.now.year)
    people = sorted(known.people, key=lambda one: (by_name(one.name), one.id, one.post))
    some = page(people, number(button, 1), ON_A_PAGE)
    lines: list[Json] = [
        {"name": one.called, **chart_values(known.of_year.get((one.id, one.post), ()))} for one in some.shown
    ]
    opening = tuple(
        (Key("head/year_of", Button("head_year_of", 0, (str(year), f"{one.id}.{one.post}")), {"name": one.called}),)
        for one in some.shown
    )
    turning = some.keys("head_year", str(year), room="head")
    values: dict[str, Json] = {"year": year, "people": lines, **some.values()}
    listed = (Key("head/to_list", Button("head_list")),)
    return Turn((Reply("head/year", values, rows(*opening, turning, listed), replaces=True),), let_go(state, Room.HEAD))


def show_one(books: Books, state: State, button: Button) -> Turn:
    """The chart of one person: `head_year_of:0:<year>:<person>.<post>`. Somebody who is not theirs is treated as
    missing.
    """
    known = state.room if isinstance(state.room, Sheets) else Sheets()
    year = year_named(word(button, 0), state.now.year)
    wanted = next((one for one in known.people if f"{one.id}.{one.post}" == word(button, 1)), None)
    if wanted is None:
        return show(books, state, Button("head_year", 0, (str(year),)))
    values = {**chart_values(known.of_year.get((wanted.id, wanted.post), ())), "name": wanted.called, "year": year}
    back = (Key("head/year", Button("head_year", 0, (str(year),)), {"year": year}),)
    return Turn((Reply("result/year", values, (back,)),), let_go(state, Room.HEAD))
