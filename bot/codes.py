"""Invitation codes: short enough to type from paper, long enough not to be guessed."""

import re
import secrets

from dialogs.core.events import Commanded, Event, Said

#: No 0/O, 1/I/L: read aloud or typed from a slip of paper they are mistaken for each other.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12  # 31^12 ≈ 2^59 codes; guessing is slowed down besides (bot.turn.loading)

_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


def fresh_code() -> str:
    """A new random code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def clean(typed: str) -> str:
    """The code in what was typed: case, blanks and hyphens do not matter. "" when it is none."""
    code = re.sub(r"[\s\-–]", "", typed[:64]).upper()
    return code if _CODE.fullmatch(code) else ""


def code_in(event: Event) -> str:
    """The code an event carries: after /start, or typed by itself."""
    match event:
        case Commanded("start", argument):
            # A malformed argument is looked up as it is: it is a wrong code, and counts as one.
            return clean(argument) or argument[:64]
        case Said(text):
            return clean(text)
        case _:
            return ""
