"""A text above 4096 reaches us in pieces: the person's own Telegram cuts it. Here it becomes one again. Pure.

Without this the second piece of a long answer would answer the next question.
"""

from collections.abc import Sequence

from bot.telegram.utf16 import units

#: Telegram's limit for a message.
MOST = 4096

#: The apps cut at the best border of the second half of what fits.
SHORTEST_PIECE = MOST // 2

_ENDS = (".", "!", "?", ":", ";", "…")


def may_go_on(text: str) -> bool:
    """Another piece may follow this one."""
    return units(text) >= SHORTEST_PIECE


def joined(pieces: Sequence[str]) -> str:
    """The text as it was typed, as far as can be told: the apps drop the white space at the cut."""
    return "".join(piece + _seam(piece) for piece in pieces[:-1]) + pieces[-1]


def _seam(before: str) -> str:
    """What the cut swallowed: nothing in the middle of a word, a new line after a sentence, else a space."""
    if units(before) == MOST:
        return ""
    return "\n" if before.endswith(_ENDS) else " "
