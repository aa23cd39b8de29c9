"""Presses that are about one's own review: whose button is it, and may anything be changed?"""

from collections.abc import Callable
from dataclasses import replace

from dialogs.core.buttons import Button
from dialogs.core.handlers import Books, OnPress
from dialogs.core.state import State
from dialogs.core.turn import Turn
from dialogs.interview.here import told
from dialogs.interview.own_review import OwnReview, Place
from dialogs.interview.question_page import News, news
from dialogs.interview.refusing import not_own
from rules.campaign.permissions import Action
from rules.nouns.reviews import Review

#: A press on a button of one's own review, with the review opened.
OnSheet = Callable[[OwnReview, Button], Turn]
#: A press about one question that may be changed now.
OnPlace = Callable[[OwnReview, Place, Button], Turn]


def looking(handler: OnSheet, action: Action = Action.READ_DRAFT) -> OnPress:
    """Only for one's own review of this campaign. `action`: what somebody tries who presses it about another's."""

    def press(books: Books, state: State, button: Button) -> Turn:
        if state.own is not None and state.own.id == button.review:
            return handler(OwnReview(books, state), button)
        other = next((review for review in state.others if review.id == button.review), None)
        if other is None:
            return not_own(books, state, action)
        return _of_another_form(handler, books, state, other, button)

    return press


def _of_another_form(handler: OnSheet, books: Books, state: State, other: Review, button: Button) -> Turn:
    """A form that is sent is there to look at and to take back; one that is still to come waits for its turn."""
    if other.open:
        form = books[other.campaign.edition].forms[other.form]
        return told(OwnReview(books, state), news("in_turn", code=form.code))
    return handler(OwnReview(books, swapped(state, other)), button)


def swapped(state: State, other: Review) -> State:
    """The state with another of the person's reviews as the one that is talked about."""
    assert state.own is not None, "there are others besides one"
    mine = sorted((state.own, *state.others), key=lambda review: review.id)
    return replace(state, own=other, others=tuple(review for review in mine if review.id != other.id))


def changing(handler: OnPlace) -> OnPress:
    """Only for a question (the first word of the button) that is asked and may be changed now."""

    def press(sheet: OwnReview, button: Button) -> Turn:
        named = button.about[0] if button.about else ""
        place = sheet.place(named)
        if not sheet.open:
            return told(sheet, news("locked", status=sheet.review.status.value))
        if place is None:
            return told(sheet, _not_asked(sheet, named))
        if not sheet.may_change(place):
            return told(sheet, news("not_reopened", number=place.number))
        return handler(sheet, place, button)

    return looking(press, Action.ANSWER)


def _not_asked(sheet: OwnReview, named: str) -> News:
    """Why a question is not asked of this person now."""
    question, found = sheet.form.questions.get(named), sheet.suggestions.get(named)
    if found and found.not_rated:
        return news("excluded", rating="", why="not_rated", cite=found.not_rated.cite, fact="", at_most=None)
    return news("not_asked" if question else "unknown")
