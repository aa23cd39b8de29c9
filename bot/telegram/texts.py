"""Texts as Telegram counts and accepts them: long ones are split, pieces split by a person's app are joined, and halves
of characters are replaced. It is pure.

Telegram counts UTF-16 units after parsing the markup: tags count nothing, `&lt;` counts one, most emoji two.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.nouns.text import ONE_SEEN

#: Telegram's limit for a message, in UTF-16 units.
MOST = 4096

#: The apps of people cut a longer text at the best border of the second half of what fits.
SHORTEST_PIECE = MOST // 2

#: Where to cut, best first: between paragraphs, lines, sentences, words.
BORDERS = ("\n\n", "\n", ". ", " ")

_TAG = re.compile(r"<[^<>]+>")
_MARKUP = r"<[^<>]+>|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);"
_ATOM = re.compile(rf"{_MARKUP}|{ONE_SEEN}", re.DOTALL)
_ENDS = (".", "!", "?", ":", ";", "…")
_ENTITY = re.compile(r"&[^;]+;")
_COUNTED = re.compile(_MARKUP)


@dataclass(frozen=True, slots=True)
class Atom:
    """What cannot be cut: a tag, an entity, what is seen as one character."""

    source: str

    @property
    def tag(self) -> bool:
        """It is markup."""
        return len(self.source) > 1 and self.source.startswith("<")

    @property
    def units(self) -> int:
        """What it counts."""
        if self.tag:
            return 0
        return 1 if _ENTITY.fullmatch(self.source) else _length(self.source)


def units(html: str) -> int:
    """The length of a message as Telegram counts it."""
    return _length(_COUNTED.sub(lambda found: "" if found[0][0] == "<" else "&", html))


def split(html: str, most: int = MOST) -> tuple[str, ...]:
    """The parts of a message, each of at most `most` units and with its tags closed. Empty for a blank one."""
    short = html.strip()
    balanced = short.count("<") == 2 * short.count("</")
    surely = balanced and len(short.encode("utf-16-le", "surrogatepass")) <= 2 * most  # markup counted along
    if surely and _TAG.sub("", short).strip():  # so it is with nearly all
        return (short,)
    rest, parts = _atoms(short), list[str]()
    while any(not atom.tag and not atom.source.isspace() for atom in rest):
        fitting = _fitting(rest, most)
        cut = len(rest) if fitting == len(rest) else _border(rest, fitting)
        opened = _open_tags(rest[:cut])
        parts.append(_text(rest[:cut]).rstrip() + "".join(f"</{_name(tag)}>" for tag in reversed(opened)))
        rest = [*opened, *_stripped(rest[cut:])]
    return tuple(parts)


def _atoms(html: str) -> list[Atom]:
    return [Atom(source) for source in _ATOM.findall(html)]


def _text(atoms: Sequence[Atom]) -> str:
    return "".join(atom.source for atom in atoms)


def _fitting(atoms: Sequence[Atom], most: int) -> int:
    """How many atoms fit."""
    room = most
    for index, atom in enumerate(atoms):
        room -= atom.units
        if room < 0:
            return index
    return len(atoms)


def _border(atoms: Sequence[Atom], fitting: int) -> int:
    """The index to cut at: the best border in the second half of what fits; without one, between characters."""
    sources = ["" if atom.tag else atom.source[0] for atom in atoms[: fitting + 1]]
    for border in BORDERS:
        for index in range(fitting, fitting // 2, -1):
            if "".join(sources[max(0, index - len(border)) : index]) == border:
                return index
    return fitting


def _open_tags(atoms: Sequence[Atom]) -> list[Atom]:
    """The tags still open after these."""
    opened = list[Atom]()
    for atom in atoms:
        if atom.tag and atom.source.startswith("</"):
            opened.pop()
        elif atom.tag:
            opened.append(atom)
    return opened


def _name(tag: Atom) -> str:
    return tag.source.strip("<>").split()[0]


def _stripped(atoms: Sequence[Atom]) -> Sequence[Atom]:
    """Without the white space a cut leaves in front."""
    start = next((index for index, atom in enumerate(atoms) if not atom.source.isspace()), len(atoms))
    return atoms[start:]


def whole(text: str) -> str:
    """The text with every half of a surrogate pair, which no database and no channel takes, replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def may_go_on(text: str) -> bool:
    """Another piece may follow this one: without it the next would answer the next question."""
    return _length(text) >= SHORTEST_PIECE


def joined(pieces: Sequence[str]) -> str:
    """The typed text, as far as it can be reconstructed: apps drop the white space where they split. If none was split,
    they are texts of one breath, one line each.
    """
    cut = may_go_on(pieces[0])
    return "".join(piece + (seam(piece) if cut else "\n") for piece in pieces[:-1]) + pieces[-1]


def seam(before: str) -> str:
    """What the cut swallowed: nothing in the middle of a word, a new line after a sentence, else a space."""
    if _length(before) == MOST:
        return ""
    return "\n" if before.endswith(_ENDS) else " "


def _length(text: str) -> int:
    """The length of plain text: most emoji count two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
