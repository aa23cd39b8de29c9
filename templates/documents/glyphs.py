"""Glyphs: which characters the bundled fonts can draw, and what is printed in place of the others."""

import io
import re
from functools import cache
from importlib.resources import files

from fontTools.ttLib import TTFont

from rules.nouns.text import clusters
from templates.documents.words import word

#: The text font, and the fallback for what it lacks (boxes, arrows, other scripts).
FONTS = ("LiberationSerif-Regular.ttf", "DejaVuSans.ttf")

#: Variation selectors: they only tell how to draw the preceding character.
_SELECTORS = re.compile("[\ufe00-\ufe0f]")
#: Zero-width joiner: it combines several characters into one sign.
_JOINER = "\u200d"
_RUNS = re.compile(r"[^\x00-\u024f\u1ea0-\u1ef9\u2010-\u2027]+")


def drawable(text: str) -> str:
    """The text with every run of characters that no bundled font can draw replaced by code points, e.g. [U+1F44D]."""
    return _RUNS.sub(_checked, text)


def _checked(run: re.Match[str]) -> str:
    known = _covered()
    if all(ord(letter) in known for letter in run[0]):
        return run[0]
    shown, missing = "", list[str]()
    for seen in [*clusters(_SELECTORS.sub("", run[0])), ""]:
        if any(ord(letter) not in known for letter in seen):  # a joined sign is replaced as a whole
            missing += [f"U+{ord(letter):04X}" for letter in seen if letter != _JOINER]
            continue
        if missing:
            shown += word("unprintable", codes=" ".join(missing))
            missing.clear()
        shown += seen
    return shown


@cache
def _covered() -> frozenset[int]:
    folder = files("templates") / "fonts"
    fonts = (TTFont(io.BytesIO((folder / name).read_bytes()), lazy=True) for name in FONTS)
    return frozenset(code for font in fonts for code in font.getBestCmap())
