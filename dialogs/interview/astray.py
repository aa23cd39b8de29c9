"""A text that seems a question where a room awaits something to keep: it is answered as far as the program knows and asked back.
Nothing of it is kept before the same text is sent once more.
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

#: Where the focus keeps the text that was asked back.
ASKED = "asked"
#: Texts that are looked for, or shown whole and asked about anyway before anything comes of them.
ASKED_ANYWAY = frozenset({"crew_find", "cast_write", "head_card", "head_sheets"})


def asked_in_a_room(books: Books, state: State, text: str) -> Turn | None:
    """What to say to such a text; None: it is for the room."""
    focus = state.focus or {}
    if not in_a_room(focus) or text_of(focus, "for") in ASKED_ANYWAY:
        return None
    if not seems_asked(text) or text_of(focus, ASKED) == text:
        return None
    lines: list[Json] = [about(OwnReview.of(books, state), None, text)] if state.own else []
    asked = Reply("question/asked_in_a_room", {"piece": shorten(text), "news": lines})
    return Turn((asked,), (SetFocus({**focus, ASKED: text}),))
