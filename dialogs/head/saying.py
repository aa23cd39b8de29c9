"""A text typed while looking at somebody else's draft. It goes nowhere by itself, least of all into one's own review.

It may be the comment, the reason for a return, or an answer to the open question of one's own review, so the person is
asked.
"""

from dialogs.core.awaited import text_of
from dialogs.core.buttons import Button
from dialogs.core.handlers import Books
from dialogs.core.keys import key, rows
from dialogs.core.state import State
from dialogs.core.turn import Key, Reply, Turn
from dialogs.head import commenting, returning
from dialogs.head.guard import OpenDraft, awaiting
from dialogs.interview.own_review import OwnReview
from dialogs.shown.chain import has_it
from dialogs.shown.draft_card import LOOKING, drawn
from dialogs.shown.person import which_values
from rules.nouns.reviews import Json
from rules.nouns.text import clean, shorten


def asked(books: Books, state: State, draft: OpenDraft, text: str) -> Turn:
    """Ask what the text is meant for. Nothing is stored before that is answered."""
    review = draft.review
    sheet = OwnReview.of(books, state) if state.own else None
    place = sheet.current() if sheet and sheet.open else None
    theirs = has_it(state, review)
    comment = Key("head/said_comment", drawn("head_said_comment", review)) if theirs else None
    back = Key("head/said_return", drawn("head_said_return", review)) if theirs else None
    mine = (
        key("question/it_is_mine", sheet.review, "piece_off", place.key, number=place.number)
        if sheet and place
        else None
    )
    to_card = Key("head/back", drawn("head_card", review))
    values: dict[str, Json] = {
        **which_values(books, review),
        "piece": shorten(text),
        "theirs": theirs,
        "number": place.number if place else 0,
        "text": place.question.text if place else "",
    }
    kept = awaiting(LOOKING, draft, piece=text, question=place.key if place else "")
    return Turn((Reply("head/said", values, rows((comment, back), (mine,), (to_card,))),), (kept,))


def as_comment(books: Books, state: State, draft: OpenDraft, button: Button) -> Turn:
    """The text is the comment on the draft."""
    text = _said(state, draft)
    return commenting.keep(books, state, draft, text) if text else commenting.ask(books, state, draft, button)


def as_reason(books: Books, state: State, draft: OpenDraft, button: Button) -> Turn:
    """The text is the reason for a return."""
    text = _said(state, draft)
    return returning.keep(books, state, draft, text) if text else returning.ask(books, state, draft, button)


def _said(state: State, draft: OpenDraft) -> str:
    """The text in doubt, if it was typed about this review."""
    focus = state.focus or {}
    return clean(text_of(focus, "piece")) if focus.get("review") == draft.review.id else ""
