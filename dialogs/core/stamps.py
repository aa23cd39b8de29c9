"""Stamps: a few hexadecimal digits on a button that tell whether what it was drawn from is still there.

How many digits a use has, and from which bytes they are worked out, stays as it is for good: buttons stay in old messages.
"""

import hashlib
import json
from collections.abc import Iterable

from rules.nouns.reviews import Answer, Json

#: What is offered from elsewhere, and the items of a list.
OFFER = 4
#: The comment of an approver, and the text of an opinion.
COMMENT = 6
#: A decision in the making, a list of them, and the answer to a petition.
DECISION = 8
#: Whatever the desk's pages are drawn from.
PAGE = 10
#: What has a long stamp of its own already: a draft, a file.
FINGERPRINT = 12


def stamp(value: Json, digits: int = OFFER) -> str:
    """The stamp of a value, whatever the order of its keys."""
    return text_stamp(json.dumps(value, ensure_ascii=False, sort_keys=True), digits)


def text_stamp(text: str, digits: int) -> str:
    """The stamp of a text, of its own bytes."""
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


def lines_stamp(lines: Iterable[str], digits: int) -> str:
    """The stamp of several lines."""
    return text_stamp("\n".join(lines), digits)


def answer_stamp(answer: Answer) -> str:
    """The stamp of an answer as it stands, its note included."""
    return stamp([answer.value, answer.note, answer.skipped])


def comment_stamp(comment: str) -> str:
    """The stamp of a comment; `0` for none."""
    return text_stamp(comment, COMMENT) if comment else "0"


def seal(value: Json) -> str:
    """The stamp of what a page of the desk was drawn from: long enough to tell any two apart."""
    return stamp(value, PAGE)
