"""Plain JSON and text as both engines can keep it.

PostgreSQL refuses U+0000 in text, and neither engine can encode half a surrogate pair. Raw input
must not cost a transaction, so both become U+FFFD, on both engines alike.
"""

import json
import re
from typing import Any

from rules.nouns.reviews import Json

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def keepable(text: str) -> str:
    """The text with what no engine can keep replaced by U+FFFD."""
    return _UNKEEPABLE.sub("\ufffd", text) if "\x00" in text or _has_half_a_pair(text) else text


def dumps(value: Any) -> str:
    """Compact JSON, letters kept as they are. Raises ValueError for NaN and infinities."""
    text = _encode(value)
    return _encode(_cleaned(value)) if "\\u0000" in text or _has_half_a_pair(text) else text


def _has_half_a_pair(text: str) -> bool:
    try:
        text.encode()  # many times faster than looking for it
    except UnicodeEncodeError:
        return True
    return False


def _cleaned(value: Json) -> Json:
    match value:
        case str():
            return keepable(value)
        case dict():
            return {keepable(key): _cleaned(part) for key, part in value.items()}
        case list() | tuple():
            return [_cleaned(part) for part in value]
        case _:
            return value
