"""Invitation codes: short enough to type from paper, long enough not to be guessed (docs/front-door.md)."""

import re
import secrets
from itertools import pairwise

from dialogs.core.events import Commanded, Event, Said

#: No 0/O, 1/I/L: read aloud or typed from a slip of paper they are mistaken for each other.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12  # 31^12 ≈ 2^59 codes; guessing is slowed down besides (bot.turn.loading, bot.web.guesses)

_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
#: What people put between the characters of a code, and what phones put there for them.
_BETWEEN = re.compile("[\\s\u200b\u2060\\-\u2010-\u2015_.·]+")
_LINK = re.compile(r"(?:/i/|[?&]start=)([^/?#&\s]+)")
#: What may have been meant for one.
_LIKE_ONE = re.compile(r"[A-Z0-9]{8,16}")
#: More than this of what was typed is never looked at.
_MOST = 300


def fresh_code() -> str:
    """A new random code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def clean(typed: str) -> str:
    """The code in what was typed or pasted, perhaps as its whole link: case, blanks and hyphens do not matter. "" when it is
    none.
    """
    code = _signs(typed)
    return code if _CODE.fullmatch(code) else ""


def meant(typed: str) -> bool:
    """Whether who typed this meant a code, though it can be none: a character is missing, one is too many, a 0 stands for an O."""
    code = _signs(typed)
    turns = sum(one.isdigit() is not other.isdigit() for one, other in pairwise(code))
    return bool(_LIKE_ONE.fullmatch(code)) and turns > 1  # letters, figures, letters again: nobody greets like that


def code_in(event: Event) -> str:
    """The code an event carries: after /start, or typed by itself. What cannot be one is given as it is: it is a wrong code."""
    match event:
        case Commanded("start", typed):
            return clean(typed) or typed[:64]
        case Said(typed):
            return clean(typed) or (typed[:64] if meant(typed) else "")
        case _:
            return ""


def _signs(typed: str) -> str:
    link = _LINK.search(typed[:_MOST])
    return _BETWEEN.sub("", link[1] if link else typed[:_MOST]).upper()
