"""The person's side of a result: /ketqua, the page of each decided review, and what they may say to it."""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Papers, Reply, Turn
from dialogs.interview import explaining
from dialogs.result import petition as result_petition
from dialogs.result import responding as result_responding
from dialogs.result.opening import answering, looking, show, show_all
from dialogs.result.page import KINDS, about
from dialogs.result.ruled import Ruled, ruled
from rules.nouns.reviews import Json


def ketqua(books: Books, state: State, argument: str) -> Turn:
    """The command /ketqua: what was decided, once it is; until then the suggestion and its grounds."""
    found = ruled(state)
    present = {one.review.campaign.id for one in found}
    undecided = state.own is not None and state.own.campaign.id not in present
    return show_all(books, state) if found and not undecided else _suggested(books, state, argument)


def show_list(books: Books, state: State, _: Button) -> Turn:
    """Every result of the person."""
    return show_all(books, state)


def show_papers(books: Books, state: State, one: Ruled, button: Button) -> Turn:
    """The document of the version that was decided on: its pages as pictures, the Word file or the PDF; the button says
    by which decision.
    """
    number, kind, *_ = (*button.about, "", "")
    ruling = next((ruling for ruling in one.review.rulings if str(ruling.number) == number), one.ruling)
    if not ruling.version or kind not in KINDS:
        return show(books, state, one, button)
    papers = Papers(one.review.id, ruling.version, (kind,), ruling.number)
    values: dict[str, Json] = {**about(books, one), "number": ruling.number, "newest": ruling == one.ruling}
    return Turn((Reply("result/papers", values, attached=papers),), let_go(state, Room.RESULT))


def _suggested(books: Books, state: State, argument: str) -> Turn:
    turn = explaining.ketqua(books, state, argument)
    return Turn(turn.replies, (*turn.commands, *let_go(state, Room.RESULT)))


VERBS: dict[str, OnPress] = {
    "result_list": show_list,
    "result_show": looking(show),
    "result_papers": looking(show_papers),
    "result_seen": answering(result_responding.acknowledge),
    "result_reserve": answering(result_responding.ask),
    "result_petition": answering(result_petition.ask),
    "result_file": answering(result_petition.file),
    "result_withdraw": answering(result_petition.ask_withdrawal),
    "result_withdrawn": answering(result_petition.withdraw),
}

TEXTS: dict[str, OnText] = {
    result_responding.OPINION: result_responding.keep,
    result_petition.PLEA: result_petition.keep,
}

COMMANDS: dict[str, OnCommand] = {"ketqua": ketqua}
