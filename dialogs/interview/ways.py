"""`Quay lại`, `thôi`, `?` typed in place of a button. If the words might also be an answer, the person is asked."""

from dialogs.core.awaited import in_a_room, text_of
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import go_on, rows
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, SetFocus, Turn
from dialogs.interview import asking
from dialogs.interview.answering import example
from dialogs.interview.astray import ASKED, ASKED_ANYWAY
from dialogs.interview.items import lists
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.position import draw, go_to, told
from dialogs.interview.question_page import news
from dialogs.interview.resuming import later
from rules.nouns.spoken import way_of
from rules.nouns.text import shorten


def led(books: Books, state: State, text: str) -> Turn | None:
    """The reply to such a text: where it leads, or the question what it means; None: it is something else."""
    way = way_of(text)
    if not way:
        return None
    if in_a_room(state.focus):
        return _asked_in_a_room(state, text) if way != "help" else None
    if state.own is None or not state.own.open:
        return None
    sheet = OwnReview.of(books, state)
    place = sheet.current()
    stop = Button("later", sheet.review.id)
    if place is None:
        return later(sheet, stop) if way == "later" else None
    if way == "help":
        return example(sheet, place, Button("example", sheet.review.id, (place.key,)))
    there = _before(sheet, place) if way == "back" else Key("question/later", stop)
    if asking.words_awaited(sheet, place):
        return asking.meant(sheet, place, text, way, there)
    if way == "later":
        return later(sheet, stop)
    return _back(sheet, place, there.button) if there else told(sheet, news("first_question"))


def _before(sheet: OwnReview, place: Place) -> Key | None:
    """The button that goes one step back from here."""
    keys = (one for row in draw(sheet, place).keyboard for one in row)
    return next((one for one in keys if one.label == "question/before"), None)


def _back(sheet: OwnReview, place: Place, button: Button) -> Turn:
    if button.verb == "part":
        return lists.part(sheet, place, button)
    before = sheet.place(button.about[0])
    return go_to(sheet, before) if before else told(sheet)


def _asked_in_a_room(state: State, text: str) -> Turn | None:
    """Ask about the text. Nothing is stored until the same text is sent again."""
    focus = state.focus or {}
    if text_of(focus, "for") in ASKED_ANYWAY or text_of(focus, ASKED) == text:
        return None
    keys = rows((go_on(state.own),)) if state.own else ()
    return Turn((Reply("question/way_in_a_room", {"piece": shorten(text)}, keys),), (SetFocus({**focus, ASKED: text}),))
