"""Files that people hand in through a channel: which are not fetched at all, and the event for the others."""

import hashlib
from dataclasses import replace

from bot.door.channel import Incoming
from bot.roster.package import MAX_BYTES
from dialogs.core.events import Handed

#: Maximum length of a stored file name.
_NAME_CHARS = 100


def doubt(name: str, size: int | None, *, takes: str = "xlsx") -> str:
    """Why a file is not fetched (`dialogs.core.events.Handed.trouble`); "" when it may be. `size`: if it is known;
    `takes`: `xlsx`, `docx`, or `any` where the content is examined later.
    """
    if takes != "any" and not name.lower().endswith(f".{takes}"):
        return "not_xlsx"
    return "too_big" if (size or 0) > MAX_BYTES else ""


def handed(incoming: Incoming, name: str, content: bytes, trouble: str = "", *, takes: str = "xlsx") -> Incoming:
    """The event for a received file, with the type the channel assumed replaced."""
    shown, wrong = name[:_NAME_CHARS], trouble or doubt(name, len(content), takes=takes)
    if wrong:
        return replace(incoming, event=Handed(shown, trouble=wrong))
    return replace(incoming, event=Handed(shown, hashlib.sha256(content).hexdigest()), content=content)
