"""Presses that are about one's own review: whose button is it, and may anything be changed?"""

from collections.abc import Callable

from dialogs.buttons import Button
from dialogs.handlers import Books, OnPress
from dialogs.here import told
from dialogs.refusing import not_own
from dialogs.sheet import Place, Sheet
from dialogs.show_question import News, news
from dialogs.state import State
from dialogs.turn import Turn
from rules.forms import Kind

#: A press on a button of one's own review, with the review opened.
OnSheet = Callable[[Sheet, Button], Turn]
#: A press about one question that may be changed now.
OnPlace = Callable[[Sheet, Place, Button], Turn]


def looking(handler: OnSheet) -> OnPress:
    """Only for one's own review of this campaign."""

    def press(books: Books, state: State, button: Button) -> Turn:
        if state.own is None or state.own.id != button.review:
            return not_own(books, state)
        return handler(Sheet(books, state), button)

    return press


def changing(handler: OnPlace) -> OnPress:
    """Only for a question (the first word of the button) that is asked and may be changed now."""

    def press(sheet: Sheet, button: Button) -> Turn:
        named = button.about[0] if button.about else ""
        place = sheet.place(named)
        if not sheet.open:
            return told(sheet, news("locked", status=sheet.review.status.value))
        if place is None:
            return told(sheet, _not_asked(sheet, named))
        if not sheet.may_change(place):
            return told(sheet, news("not_reopened", number=place.number))
        return handler(sheet, place, button)

    return looking(press)


def _not_asked(sheet: Sheet, named: str) -> News:
    """Why a question is not asked of this person now."""
    question, excluded = sheet.form.questions.get(named), sheet.suggestion.not_rated
    if question and question.kind is Kind.RATING and excluded:
        return news("excluded", rating="", why="not_rated", cite=excluded.cite, fact="", at_most=None)
    return news("not_asked" if question else "unknown")
