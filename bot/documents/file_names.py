"""Safe names for files and folders, made from people's texts and valid on all file systems that offices use."""

import re
from collections.abc import Collection
from itertools import count

from rules.nouns.text import clean, folded

#: Characters that some file system forbids in names.
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(\..*)?", re.IGNORECASE)
#: Maximum number of bytes of a name, leaving room for a suffix.
LONGEST = 150


def safe(name: str, longest: int = LONGEST) -> str:
    """The name made safe for any file system: without invisible characters, and within the maximum number of bytes."""
    plain = " ".join(_UNSAFE.sub("-", clean(name)).split()).strip(". ")
    short = plain.encode()[:longest].decode(errors="ignore").rstrip(". ") or "-"
    return f"_{short}" if _RESERVED.fullmatch(short) else short


def untaken(name: str, taken: Collection[str]) -> str:
    """The name, with a number if it is taken; compared without case, because some file systems ignore case."""
    numbered = (name if number == 1 else f"{name} ({number})" for number in count(1))
    return next(one for one in numbered if folded(one) not in taken)
