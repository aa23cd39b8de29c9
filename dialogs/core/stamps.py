"""Stamps: a few hexadecimal digits on a button that tell whether the thing it was drawn from is still unchanged.

The number of digits and the hashed bytes of each use must never change, because old messages keep their buttons.
"""

import hashlib
import json
from collections.abc import Iterable

from rules.nouns.reviews import Answer, Json

#: Offers from earlier forms, and the items of a list.
OFFER = 4
#: An approver's comment, and the text of an opinion.
COMMENT = 6
#: A decision being prepared, a list of them, and the answer to a petition.
DECISION = 8
#: The state that a page of the desk shows.
PAGE = 10
#: Things that already have a long stamp: a draft, a file.
FINGERPRINT = 12


def stamp(value: Json, digits: int = OFFER) -> str:
    """The stamp of a value, independent of the order of its keys."""
    return text_stamp(json.dumps(value, ensure_ascii=False, sort_keys=True), digits)


def text_stamp(text: str, digits: int) -> str:
    """The stamp of a text, taken from its bytes."""
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


def lines_stamp(lines: Iterable[str], digits: int) -> str:
    """The stamp of several lines."""
    return text_stamp("\n".join(lines), digits)


def answer_stamp(answer: Answer) -> str:
    """The stamp of an answer with its note."""
    return stamp([answer.value, answer.note, answer.skipped])


def comment_stamp(comment: str) -> str:
    """The stamp of a comment; `0` for none."""
    return text_stamp(comment, COMMENT) if comment else "0"


def seal(value: Json) -> str:
    """The stamp of what a page of the desk shows, long enough to tell any two pages apart."""
    return stamp(value, PAGE)
