"""What people are told about the letters of their text: nothing is changed silently, and nothing unreadable is stored."""

from dialogs.core.handlers import Books
from dialogs.core.state import State
from dialogs.core.turn import Reply, Turn
from dialogs.interview.position import not_taken
from dialogs.interview.question_page import news
from rules.nouns.letters import Letters, unprinted
from rules.nouns.reviews import Json
from rules.nouns.text import shorten, visible

#: How many words or signs are named.
NAMED = 5


def refused(books: Books, state: State, found: Letters) -> Turn | None:
    """The refusal of a text that cannot be stored as it is: what is in the way, and how it could read; None: it can be
    stored.
    """
    if not (found.unreadable or found.coding):
        return None
    named: list[Json] = [shorten(visible(word)[0], 40) for word in found.unreadable[:NAMED]]
    codes: list[Json] = [f"U+{ord(char):04X}" for char in _strange(found)]
    return not_taken(
        books, state, news("unreadable", words=named, codes=codes, coding=found.coding, would_be=_would_be(found))
    )


def told(turn: Turn, found: Letters) -> Turn:
    """The turn, preceded by what was read differently than typed, left out, or cannot be printed."""
    folded: list[Json] = [[shorten(typed, 40), shorten(read, 40)] for typed, read in found.folded[:NAMED]]
    missing: list[Json] = [
        {"sign": sign, "codes": [f"U+{ord(char):04X}" for char in sign if char not in "\u200d\ufe0f"]}
        for sign in unprinted(found.text)[:NAMED]
    ]
    if not turn.commands or not (
        folded or missing or found.dropped
    ):  # nothing is stored, so there is nothing to warn about
        return turn
    line = news("letters", folded=folded, dropped=found.dropped, unprinted=missing)
    return Turn((Reply("review/line", {"news": [line]}), *turn.replies), turn.commands)


def _would_be(found: Letters) -> str:
    """The whole text for copying: converted from an old code table to Unicode, or without signs that reverse the
    direction of reading.
    """
    whole = found.coding or all("\u202d" in word or "\u202e" in word for word in found.unreadable)
    return found.text if whole else ""


def _strange(found: Letters) -> list[str]:
    """The characters to look for, since the words show nothing."""
    every = "".join(found.unreadable)
    return [char for char in dict.fromkeys(every) if not char.isprintable() or char == "\ufffd"][:NAMED]
