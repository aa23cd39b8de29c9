"""Files people hand in, as a channel takes them: what is not even fetched, and the event that comes of the rest."""

import hashlib
from dataclasses import replace

from bot.door.channel import Incoming
from bot.roster.package import MAX_BYTES
from dialogs.core.events import Handed

#: What is kept of a file's name.
_NAME_CHARS = 100


def doubt(name: str, size: int | None, *, takes: str = "xlsx") -> str:
    """Why a file is not even fetched (`dialogs.core.events.Handed.trouble`); "" when it may be. `size`: where it is known;
    `takes`: `xlsx`, `docx`, or `any` where it is looked at for what it holds.
    """
    if takes != "any" and not name.lower().endswith(f".{takes}"):
        return "not_xlsx"
    return "too_big" if (size or 0) > MAX_BYTES else ""


def handed(incoming: Incoming, name: str, content: bytes, trouble: str = "", *, takes: str = "xlsx") -> Incoming:
    """The event of a file that came, in place of what the channel took it for."""
    shown, wrong = name[:_NAME_CHARS], trouble or doubt(name, len(content), takes=takes)
    if wrong:
        return replace(incoming, event=Handed(shown, trouble=wrong))
    return replace(incoming, event=Handed(shown, hashlib.sha256(content).hexdigest()), content=content)
