"""What the shipped fonts can draw, and what is printed in place of what they cannot."""

import re
import struct
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from templates.documents.words import word

#: The font of the text and the one that stands in for what it lacks (boxes, arrows, other alphabets).
FONTS = ("LiberationSerif-Regular.ttf", "DejaVuSans.ttf")

#: Say nothing by themselves: how the character before them is to be drawn.
_SELECTORS = re.compile("[\ufe00-\ufe0f]")
_RUNS = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2010-\u2027]+")


def drawable(text: str) -> str:
    """The text with every run of characters that no shipped font draws replaced by their codes, e.g. [U+1F44D]."""
    return _RUNS.sub(_checked, text)


def _checked(run: re.Match[str]) -> str:
    known = _covered()
    if all(ord(letter) in known for letter in run[0]):
        return run[0]
    shown, missing = "", list[str]()
    for letter in [*_SELECTORS.sub("", run[0]), ""]:
        if letter and ord(letter) not in known:
            missing.append(f"U+{ord(letter):04X}")
            continue
        if missing:
            shown += word("unprintable", codes=" ".join(missing))
            missing.clear()
        shown += letter
    return shown


@cache
def _covered() -> frozenset[int]:
    folder = files("templates") / "fonts"
    return frozenset(code for font in FONTS for code in _codes((folder / font).read_bytes()))


def _codes(font: bytes) -> Iterator[int]:
    """The characters of a TrueType font: its `cmap` table, in the two forms Unicode fonts have (4 and 12)."""
    tables = struct.iter_unpack(">4sIII", font[12 : 12 + 16 * struct.unpack_from(">H", font, 4)[0]])
    start = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    count = struct.unpack_from(">H", font, start + 2)[0]
    for _, _, offset in struct.iter_unpack(">HHI", font[start + 4 : start + 4 + 8 * count]):
        form = struct.unpack_from(">H", font, start + offset)[0]
        if form == 4:
            yield from _segments(font, start + offset)
        if form == 12:
            yield from _groups(font, start + offset)


def _segments(font: bytes, start: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    begins = struct.unpack_from(f">{count}H", font, start + 16 + 2 * count)
    for first, last in zip(begins, ends, strict=True):
        yield from range(first, last + 1)


def _groups(font: bytes, start: int) -> Iterator[int]:
    count = struct.unpack_from(">I", font, start + 12)[0]
    for first, last, _ in struct.iter_unpack(">III", font[start + 16 : start + 16 + 12 * count]):
        yield from range(first, last + 1)
