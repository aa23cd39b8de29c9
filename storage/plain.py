"""Plain JSON and text as both engines can keep it.

PostgreSQL refuses U+0000 in text, and neither engine can encode half a surrogate pair. Raw input
must not cost a transaction, so both become U+FFFD, on both engines alike.
"""

import json
import re
from typing import Any

from rules.reviews import Json

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


def keepable(text: str) -> str:
    """The text with what no engine can keep replaced by U+FFFD."""
    return text if text.isascii() and "\x00" not in text else _UNKEEPABLE.sub("\ufffd", text)


def dumps(value: Any) -> str:
    """Compact JSON, letters kept as they are. Raises ValueError for NaN and infinities."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if "\\u0000" in text or (not text.isascii() and _UNKEEPABLE.search(text)):
        return json.dumps(_cleaned(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text


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
