"""Choosing what to send round, from a list or by part of its title; for sheets about somebody, which one."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dialogs.core.awaited import awaiting, let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress, OnText
from dialogs.core.keys import rows
from dialogs.core.knowledge.rounds import DraftToSend
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.rounds.attaching import FILE
from dialogs.rounds.guard import TO_HOME, view
from rules.nouns.alphabet import fits
from rules.nouns.reviews import Json

#: The purpose of the focus while part of a title may be typed.
FIND = "round_find"


def choose(_: Books, state: State, button: Button) -> Turn:
    """The drafts that may be sent, proposed lists first: `round_new:0:<first>`. Part of a title may also be typed."""
    drafts = sorted(view(state).drafts, key=lambda one: not one.token.startswith("l"))
    return _choose(state, drafts, number(button, 0))


def _choose(state: State, drafts: Sequence[DraftToSend], first: int, *, typed: str = "") -> Turn:
    shown = page(list(_by_person(drafts)), first)
    keys = ((one,) for one in shown.shown)
    values: dict[str, Json] = {**shown.values(), "typed": typed}
    sheets = sum(bool(one.about) for one in view(state).drafts)
    rest = Key("round/rest", Button("round_rest")) if sheets > 1 else None
    own = (Key("round/own_text", Button("round_text")), Key("round/own_file", Button(FILE)))
    write = [(one,) for one in own] if view(state).writes and not typed else []
    turning = shown.keys("round_new", room="round") if not typed else ()
    all_of_them = Key("round/new", Button("round_new")) if typed else None
    reply = Reply(
        "round/new", values, rows(*keys, turning, (None if typed else rest,), *write, (all_of_them,), (TO_HOME,))
    )
    return Turn((reply,), (awaiting(FIND),))


def _by_person(drafts: Sequence[DraftToSend]) -> Iterator[Key]:
    """A button for each draft. If there are several sheets about one person, they share a button with the person's
    name.
    """
    sheets = Counter(one.review for one in drafts if one.about)
    shown = set[int | None]()
    for one in drafts:
        if sheets[one.review] < 2 or not one.about:
            yield Key("round/draft", Button("round_of", 0, (one.token,)), {"title": one.title})
        elif one.review not in shown:
            shown.add(one.review)
            button = Button("round_about", 0, (str(one.review),))
            yield Key("round/sheets_about", button, {"name": one.about, "count": sheets[one.review]})


def about_person(books: Books, state: State, button: Button) -> Turn:
    """Choose among the sheets about one person: `round_about:0:<review>`."""
    mine = [one for one in view(state).drafts if one.about and one.review == number(button, 0)]
    if not mine:
        return choose(books, state, Button("round_new"))
    keys = (
        (Key("round/sheet_of", Button("round_of", 0, (one.token,)), {"what": one.rule.title if one.rule else ""}),)
        for one in mine
    )
    back = Key("round/new", Button("round_new"))
    reply = Reply("round/about_person", {"name": mine[0].about}, rows(*keys, (back,), (TO_HOME,)))
    return Turn((reply,), let_go(state, Room.ROUND))


def _typed_draft(_: Books, state: State, text: str) -> Turn:
    """Drafts whose title contains the words, and sheets about somebody with that name. Words common to the titles of
    all sheets find sheets only if nothing else matches.
    """
    drafts = view(state).drafts
    some = [one for one in drafts if fits(text, one.about or one.title)]
    return _choose(state, some or [one for one in drafts if fits(text, one.title)], 0, typed=text)


VERBS: dict[str, OnPress] = {"round_new": choose, "round_about": about_person}

TEXTS: dict[str, OnText] = {FIND: _typed_draft}
