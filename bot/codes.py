"""Invitation codes: short enough to type from paper, too many to guess (docs/front-door.md)."""

import re
import secrets
from itertools import pairwise

from dialogs.core.events import Commanded, Event, Said

#: Without 0/O and 1/I/L, which are confused when read aloud or typed from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12  # 31^12 ≈ 2^59 codes; guessing is slowed down besides (bot.turn.loading, bot.web.guesses)

_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
#: What people put between the characters of a code, and what phones insert.
_BETWEEN = re.compile("[\\s\u200b\u2060\\-\u2010-\u2015_.·]+")
_LINK = re.compile(r"(?:/i/|[?&]start=)([^/?#&\s]+)")
#: A text that may have been meant as a code.
_LIKE_ONE = re.compile(r"[A-Z0-9]{8,16}")
#: Maximum length of typed text that is examined.
_MOST = 300


def fresh_code() -> str:
    """A new random code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def clean(typed: str) -> str:
    """The code in typed or pasted text, possibly inside its complete link; case, blanks and hyphens are ignored. ""
    when there is none.
    """
    code = _signs(typed)
    return code if _CODE.fullmatch(code) else ""


def meant(typed: str) -> bool:
    """Whether the text was meant as a code though it cannot be one, for instance with a missing or surplus character,
    or a 0 for an O.
    """
    code = _signs(typed)
    turns = sum(one.isdigit() is not other.isdigit() for one, other in pairwise(code))
    return bool(_LIKE_ONE.fullmatch(code)) and turns > 1  # letters, figures, letters again: nobody greets like that


def code_in(event: Event) -> str:
    """The code of an event: after /start, or typed alone. Text that cannot be a code is returned as it is and counts as
    a wrong code.
    """
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
