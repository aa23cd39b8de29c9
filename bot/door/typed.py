"""Typed commands on any channel: `/trogiup`, and variants such as `／ Trợ giúp.`"""

import re
import unicodedata

from dialogs.core.events import Commanded
from dialogs.step import COMMANDS
from rules.nouns.text import without_diacritics

#: Other programs' names for our commands.
_ALSO = {"help": "trogiup"}
_EXACT = re.compile(r"/([a-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_MEANT = re.compile(r"/\s*(\w[\w ]{0,40}?)(?:@\w+)?\s*[.,!…]*")


def command_in(text: str) -> Commanded | None:
    """The command in a text; None when it is none. Texts with blanks, punctuation or diacritics count only if the
    command is known.
    """
    exact = _EXACT.fullmatch(text.strip())
    if exact:
        name = exact[1].lower()
        return Commanded(_ALSO.get(name, name), (exact[2] or "").strip())
    meant = _MEANT.fullmatch(unicodedata.normalize("NFKC", text[:80]).strip())
    if meant is None or len(text) > 80:
        return None
    name = "".join(without_diacritics(meant[1]).casefold().split())
    name = _ALSO.get(name, name)
    return Commanded(name) if name in COMMANDS else None
