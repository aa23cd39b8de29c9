"""What all presses about a result share: is it this person's, and is the decision they answer still in force?"""

from collections.abc import Callable

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.commands import Refuse
from dialogs.core.handlers import Books, OnPress
from dialogs.core.refused import Refused
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Command, Reply, Turn
from dialogs.result.page import list_of, page
from dialogs.result.ruled import Ruled, ruled, ruled_of
from rules.campaign.permissions import Action

#: What a press wants to do; any other wants to read the result.
ACTIONS = {
    "result_seen": Action.ACKNOWLEDGE,
    "result_reserve": Action.ACKNOWLEDGE,
    "result_petition": Action.PETITION,
    "result_file": Action.PETITION,
    "result_withdraw": Action.PETITION,
    "result_withdrawn": Action.PETITION,
    "result_papers": Action.READ_PAPERS,
}

OnRuled = Callable[[Books, State, Ruled, Button], Turn]


def looking(act: OnRuled) -> OnPress:
    """A press on one's own decided review, whichever decision it was drawn from."""

    def handler(books: Books, state: State, button: Button) -> Turn:
        one = my_result(state, button)
        return refuse(books, state, one, button) if isinstance(one, Refused) else act(books, state, one, button)

    return handler


def answering(act: OnRuled) -> OnPress:
    """A press that answers a decision: only the one in force, whose number the button carries."""

    def handler(books: Books, state: State, button: Button) -> Turn:
        one = in_force(state, button)
        return refuse(books, state, one, button) if isinstance(one, Refused) else act(books, state, one, button)

    return handler


def my_result(state: State, button: Button) -> Ruled | Refused:
    """The decided review of the button. Refused: `not_yours`, `undecided` (no decision yet), `missing`."""
    one = ruled_of(state, button.review)
    if one:
        return one
    mine = {review.id for review in (state.own, *state.others) if review}
    if button.review in mine:
        return Refused("undecided")
    others = state.about and state.person and state.about.person.id != state.person.id
    return Refused("not_yours" if others else "missing")


def in_force(state: State, button: Button) -> Ruled | Refused:
    """The same, when the button's number is that of the decision in force. Refused: `newer`."""
    one = my_result(state, button)
    if isinstance(one, Refused) or button.about[:1] == (str(one.ruling.number),):
        return one
    return Refused("newer", {"number": one.ruling.number, "decided_at": one.ruling.at.isoformat()})


def refuse(books: Books, state: State, refused: Refused, button: Button) -> Turn:
    """Why not, in words, and where things stand."""
    one = ruled_of(state, button.review)
    shown = (page(books, state, one),) if one else ()
    said = Reply("result/refused", {"reason": refused.reason, **refused.values})
    return Turn((said, *shown), (*_tried(refused, button), *let_go(state, Room.RESULT)))


def _tried(refused: Refused, button: Button) -> tuple[Command, ...]:
    """Another's result is nobody's to touch: it is kept that somebody tried."""
    action = ACTIONS.get(button.verb, Action.READ_RATING)
    return (Refuse(action, refused.reason, review=button.review),) if refused.reason == "not_yours" else ()


def show(books: Books, state: State, one: Ruled, _: Button) -> Turn:
    """The page, in place of what stood there."""
    return Turn((page(books, state, one, replaces=True),), let_go(state, Room.RESULT))


def show_all(books: Books, state: State) -> Turn:
    """Every result: the page where there is one, else a list."""
    found = ruled(state)
    commands: tuple[Command, ...] = let_go(state, Room.RESULT)
    if not found:
        return Turn((Reply("result/refused", {"reason": "undecided"}),), commands)
    return Turn((page(books, state, found[0]) if len(found) == 1 else list_of(books, found),), commands)
