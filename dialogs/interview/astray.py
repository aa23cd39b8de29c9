"""A probable question sent to a room that awaits a text to store.

It is answered as far as possible, and the person is asked. Nothing is stored until the same text is sent again.
"""

from dialogs.core.awaited import in_a_room, text_of
from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Reply, SetFocus, Turn
from dialogs.interview.asking import about
from dialogs.interview.own_review import OwnReview
from rules.nouns.questions import seems_asked
from rules.nouns.reviews import Json
from rules.nouns.text import shorten

#: The key of the focus that holds the text in doubt.
ASKED = "asked"
#: Texts that are only searched for, or shown in full for confirmation anyway.
ASKED_ANYWAY = frozenset({"crew_find", "cast_write", "head_card", "head_sheets"})


def asked_in_a_room(books: Books, state: State, text: str) -> Turn | None:
    """The reply to such a text; None: it is meant for the room."""
    focus = state.focus or {}
    if not in_a_room(focus) or text_of(focus, "for") in ASKED_ANYWAY:
        return None
    if not seems_asked(text) or text_of(focus, ASKED) == text:
        return None
    lines: list[Json] = [about(OwnReview.of(books, state), None, text)] if state.own else []
    asked = Reply("question/asked_in_a_room", {"piece": shorten(text), "news": lines})
    return Turn((asked,), (SetFocus({**focus, ASKED: text}),))
