"""The entrance of a person's results (/ketqua): the page of each decided review, and responding to it."""

from dialogs.core.awaited import let_go
from dialogs.core.buttons import Button
from dialogs.core.guard import Refused, allowed
from dialogs.core.handlers import Books, OnCommand, OnPress, OnText
from dialogs.core.paging import number, word
from dialogs.core.rooms import Room
from dialogs.core.state import State
from dialogs.core.turn import Papers, Reply, Turn
from dialogs.interview import explaining
from dialogs.interview.position import of_own
from dialogs.result import petition as result_petition
from dialogs.result import responding as result_responding
from dialogs.result import year as result_year
from dialogs.result.decided_review import DecidedReview, confirmed_sheets
from dialogs.result.guard import RESULTS, readable
from dialogs.result.page import KINDS, about, list_of, page, sheet_page
from rules.campaign.permissions import Action
from rules.nouns.reviews import Json


def ketqua(books: Books, state: State, argument: str) -> Turn:
    """The command /ketqua: all decisions, once there are any; until then the suggestion and its grounds."""
    some = readable(state) or confirmed_sheets(state)
    return show_all(books, state) if some else _suggested(books, state, argument)


def show_list(books: Books, state: State, button: Button) -> Turn:
    """Every result of the person, in pages: `result_list:0:<first>`."""
    return show_all(books, state, number(button, 0))


def show_sheet(books: Books, state: State, button: Button) -> Turn:
    """A confirmed sheet, or its document: `result_sheet:<review>:<pages, docx or pdf>`."""
    review = next((one for one in confirmed_sheets(state) if one.id == button.review), None)
    if review is None or review.draft is None or not allowed(state, review, Action.READ_DRAFT):
        return RESULTS.refuse(books, state, Refused("missing"), Action.READ_DRAFT, button)
    kind = word(button, 0)
    papers = Papers(review.id, review.draft.version, (kind,)) if kind in KINDS else None
    if papers and not allowed(state, review, Action.READ_PAPERS):
        return RESULTS.refuse(books, state, Refused("missing"), Action.READ_PAPERS, button)
    return Turn((sheet_page(books, review, papers),), let_go(state, Room.RESULT))


def show(books: Books, state: State, result: DecidedReview, _: Button) -> Turn:
    """The page, replacing the message that was pressed."""
    return Turn((page(books, state, result, replaces=True),), let_go(state, Room.RESULT))


def show_all(books: Books, state: State, first: int = 0) -> Turn:
    """Every result: the page if there is only one and nothing is owed, otherwise a list."""
    results, sheets = readable(state), confirmed_sheets(state)
    if not results and not sheets:
        return RESULTS.refuse(books, state, Refused("undecided"), Action.READ_RATING)
    alone = len(results) == 1 and not sheets and not (state.own and not state.own.ruling)
    shown = page(books, state, results[0]) if alone else list_of(books, state, results, first)
    return Turn((shown,), let_go(state, Room.RESULT))


def show_papers(books: Books, state: State, result: DecidedReview, button: Button) -> Turn:
    """The document of the version that was decided on, as pictures, Word or PDF. The button names the decision."""
    number, kind, *_ = (*button.about, "", "")
    ruling = next((ruling for ruling in result.review.rulings if str(ruling.number) == number), result.ruling)
    if not ruling.version or kind not in KINDS:
        return show(books, state, result, button)
    papers = Papers(result.review.id, ruling.version, (kind,), ruling.number)
    values: dict[str, Json] = {**about(books, result), "number": ruling.number, "newest": ruling == result.ruling}
    return Turn((Reply("result/papers", values, attached=papers),), let_go(state, Room.RESULT))


def _suggested(books: Books, state: State, argument: str) -> Turn:
    turn = of_own(explaining.ketqua)(books, state, argument)
    return Turn(turn.replies, (*turn.commands, *let_go(state, Room.RESULT)))


VERBS: dict[str, OnPress] = {
    "result_list": show_list,
    "result_year": result_year.show,
    "result_sheet": show_sheet,
    "result_show": RESULTS.looking(show, Action.READ_RATING),
    "result_papers": RESULTS.looking(show_papers, Action.READ_PAPERS),
    "result_seen": RESULTS.acting(result_responding.acknowledge, Action.ACKNOWLEDGE),
    "result_reserve": RESULTS.acting(result_responding.ask, Action.ACKNOWLEDGE),
    "result_petition": RESULTS.acting(result_petition.ask, Action.PETITION),
    "result_file": RESULTS.acting(result_petition.file, Action.PETITION),
    "result_withdraw": RESULTS.acting(result_petition.ask_withdrawal, Action.PETITION),
    "result_withdrawn": RESULTS.acting(result_petition.withdraw, Action.PETITION),
}

TEXTS: dict[str, OnText] = {
    result_responding.OPINION: RESULTS.acting(result_responding.keep, Action.ACKNOWLEDGE),
    result_petition.PLEA: RESULTS.acting(result_petition.keep, Action.PETITION),
}

COMMANDS: dict[str, OnCommand] = {"ketqua": ketqua}
