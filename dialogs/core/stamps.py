"""Stamps: a few digits on a button that tell whether what it was drawn from is still there."""

import hashlib
import json

from rules.nouns.reviews import Json


def text_mark(comment: str) -> str:
    """A few digits that tell one comment from another; `0` for none."""
    return hashlib.sha256(comment.encode()).hexdigest()[:6] if comment else "0"


_STAMP_DIGITS = 4


def stamp(value: Json, digits: int = _STAMP_DIGITS) -> str:
    """A few hexadecimal digits that tell whether what a button was drawn from is still there."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:digits]
