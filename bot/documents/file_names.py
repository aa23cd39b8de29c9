"""Names of files and folders that every file system of an office takes, made of what people wrote."""

import re
from collections.abc import Collection
from itertools import count

from rules.nouns.text import clean, folded

#: What no file system of an office takes in a name.
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(\..*)?", re.IGNORECASE)
#: Bytes of a name that every file system takes, with room for what is put behind it.
LONGEST = 150


def safe(name: str, longest: int = LONGEST) -> str:
    """The name as a file or folder may be called anywhere: nothing invisible in it, nor more than so many bytes."""
    plain = " ".join(_UNSAFE.sub("-", clean(name)).split()).strip(". ")
    short = plain.encode()[:longest].decode(errors="ignore").rstrip(". ") or "-"
    return f"_{short}" if _RESERVED.fullmatch(short) else short


def untaken(name: str, taken: Collection[str]) -> str:
    """The name, with a number where it is taken (folded: capitals tell files apart nowhere)."""
    numbered = (name if number == 1 else f"{name} ({number})" for number in count(1))
    return next(one for one in numbered if folded(one) not in taken)
