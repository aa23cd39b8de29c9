"""The room OPINION: what is asked of this person about somebody else's year, and saying it, once. /ykien"""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.paging import number, page
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.opinions import giving as opinion_giving
from dialogs.opinions.guard import OPINIONS, about_values, may_do, on_it, room
from rules.campaign.permissions import Action
from rules.nouns.rulings import Opinion


def ykien(books: Books, state: State, _: str) -> Turn:
    """The command /ykien."""
    return show_list(books, state, Button("opinion_list"))


def show_list(books: Books, state: State, button: Button) -> Turn:
    """What is asked, what is still to be said first and the earliest day first."""
    here = (one for one in room(state).opinions if one.review in room(state).reviews)
    known = [one for one in here if may_do(state, one, Action.GIVE_OPINION)]
    some = page(sorted(known, key=_order), number(button, 0))
    rows = tuple(
        (Key("opinion/open", on_it("opinion_card", one), about_values(books, state, one)),) for one in some.shown
    )
    values = {**some.values(), "open": sum(one.given_at is None for one in known)}
    keys = tuple(row for row in (*rows, some.keys("opinion_list")) if row)
    return Turn((Reply("opinion/list", values, keys),), let_go(state, Room.OPINION))


def show_card(books: Books, state: State, one: Opinion, _: Button) -> Turn:
    """Whom it is about, who asks by which clause; what was said, if it was."""
    values = about_values(books, state, one)
    write = ((Key("opinion/write", on_it("opinion_write", one), values),),) if one.given_at is None else ()
    keys = (*write, (Key("opinion/list", Button("opinion_list")),))
    return Turn((Reply("opinion/card", values, keys, replaces=True),), let_go(state, Room.OPINION))


def _order(one: Opinion) -> tuple[bool, str, int]:
    return one.given_at is not None, one.due.isoformat() if one.due else "9", one.id


VERBS: dict[str, OnPress] = {
    "opinion_list": show_list,
    "opinion_card": OPINIONS.looking(show_card, Action.GIVE_OPINION),
    **opinion_giving.VERBS,
}

TEXTS: dict[str, OnText] = opinion_giving.TEXTS

COMMANDS: dict[str, OnCommand] = {"ykien": ykien}
