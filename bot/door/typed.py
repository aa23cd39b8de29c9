"""Commands as people type them, whatever the channel: `/trogiup`, and what is meant by `／ Trợ giúp.`"""

import re
import unicodedata

from dialogs.core.events import Commanded
from dialogs.step import COMMANDS
from rules.nouns.text import without_diacritics

#: What other programs call a command of ours.
_ALSO = {"help": "trogiup"}
_EXACT = re.compile(r"/([a-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_MEANT = re.compile(r"/\s*(\w[\w ]{0,40}?)(?:@\w+)?\s*[.,!…]*")


def command_in(text: str) -> Commanded | None:
    """The command a text is; None: it is none. One with blanks, marks or diacritics in it only where we know it."""
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
