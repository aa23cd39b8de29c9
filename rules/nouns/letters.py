"""Letters as people type and paste them: which are read as plain ones, which are invisible, which nobody can read.

What people see is what is stored. So decorative letters become the plain ones they stand for and invisible characters
are removed, and the person is told of both. A text that cannot be read, or reads differently from how it looks, is not
stored.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rules.nouns.text import clusters, visible


@dataclass(frozen=True, slots=True)
class Letters:
    """A text as it can be stored."""

    text: str
    #: Each word with decorative letters: as typed, and as it reads.
    folded: tuple[tuple[str, str], ...] = ()
    #: How many invisible characters were removed.
    dropped: int = 0
    #: The words that nobody can read.
    unreadable: tuple[str, ...] = ()
    #: The old code table (`TCVN3`, `VNI`) in which the whole text was written; `text` is then its conversion.
    coding: str = ""

    @property
    def plain(self) -> bool:
        """Whether there is nothing to tell the person."""
        return not (self.folded or self.dropped or self.unreadable or self.coding)


def letters(typed: str) -> Letters:
    """The typed text as it can be stored, with what the person has to be told."""
    if _ORDINARY.fullmatch(typed):
        return Letters(typed)
    coding = _coding(typed)
    if coding:
        return Letters(_decoded(typed, coding), coding=coding)
    unreadable = tuple(dict.fromkeys(word for word in typed.split() if _is_unreadable(word)))
    seen, dropped = visible(typed)
    words = {word: _folded(word) for word in seen.split()}
    changed = {word: read for word, read in words.items() if read != _composed(word)}
    text = re.sub(r"\S+", lambda word: changed.get(word[0], word[0]), seen) if changed else seen
    return Letters(text, tuple((_composed(word), read) for word, read in changed.items()), dropped, unreadable)


# ── decorative letters ─────────────────────────────────────────────────────────────────────────

#: Letters in squares and discs for which Unicode gives no plain letter.
_DISCS = {first + place: chr(ord("A") + place) for first in (0x1F130, 0x1F150, 0x1F170) for place in range(26)}
#: The ways in which a letter may differ from a plain one and still be exactly that letter.
_EXACT = ("<font>", "<wide>", "<narrow>")


def _folded(word: str) -> str:
    """The word in plain letters. A single letter in a circle is a mark (phương án Ⓐ); several are decoration."""
    circled = sum(_is_circled(char) for char in word) > 1
    fancy = sum(_is_exact(char) for char in word) > 1
    plain = "".join(
        unicodedata.normalize("NFKC", _DISCS.get(ord(char), char))
        if (circled and _is_circled(char)) or (_is_exact(char) and (fancy or ord(char) > 0x2FFF)) or char in _LIGATURES
        else char
        for char in word
    )
    return _composed(plain)


_LIGATURES = frozenset("ﬀﬁﬂﬃﬄﬅﬆ")


def _is_exact(char: str) -> bool:
    return char > "\x7f" and unicodedata.decomposition(char).startswith(_EXACT)


def _is_circled(char: str) -> bool:
    return "Ⓐ" <= char <= "ⓩ" or ord(char) in _DISCS


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


# ── what nobody can read ───────────────────────────────────────────────────────────────────────

#: Plain Vietnamese text, as nearly all of it is, which needs no further look.
_ORDINARY = re.compile(r"[\t\n\r -~À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ–—‘’“”…•°²³€×±§]*")

#: Private use, what stands for a character that was lost, what turns the direction of reading round, marks heaped on a
#: letter. Halves of pairs and noncharacters, too: they were characters once, and nobody can say which.
_UNREADABLE = re.compile(
    "[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202d\u202e]|[\u0300-\u036f]{3}"
)
#: A range to which signs are added every year: one that our tables do not know yet is visible to whoever typed it.
_SIGNS = range(0x1F000, 0x1FB00)


def _is_unreadable(word: str) -> bool:
    return bool(_UNREADABLE.search(_composed(word))) or any(
        unicodedata.category(char) == "Cn" and ord(char) not in _SIGNS for char in word
    )


# ── what is not printed ────────────────────────────────────────────────────────────────────────


def unprinted(text: str) -> tuple[str, ...]:
    """The characters, each once, that the fonts of our documents cannot draw."""
    if _ORDINARY.fullmatch(text):
        return ()
    return tuple(
        dict.fromkeys(one for one in clusters(text) if any(ord(char) not in _printed() for char in one.strip()))
    )


@cache
def _printed() -> frozenset[int]:
    """The characters that the shipped fonts can draw, by code (`printed.txt`, ranges in hexadecimal; a test compares it
    with the fonts).
    """
    ranges = (one.partition("-") for one in (files("rules.nouns") / "printed.txt").read_text(encoding="utf-8").split())
    return frozenset(code for first, _, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1))


# ── old code tables ────────────────────────────────────────────────────────────────────────────

#: TCVN 5712:1993, third table ("ABC", the fonts .Vn…), as its bytes look when they are read as Latin-1.
_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
#: VNI for Windows: a vowel, then a letter that stands for its marks.
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_HATS = {
    "â": "\u0302",
    **{mark: "\u0302" + tone for mark, tone in zip("áàåãä", _VNI_TONES.values(), strict=True)},
    "ê": "\u0306",
    **{mark: "\u0306" + tone for mark, tone in zip("éèúüë", _VNI_TONES.values(), strict=True)},
}
_VNI_ALONE = dict(zip("ñôöîæóò", "đơưỵỉĩị", strict=True))
_VNI = re.compile("([aeouyôö])([ùøûõïâáàåãäêéèúüë])|([ñôöîæóò])", re.IGNORECASE)

#: One syllable as it can be in Vietnamese, without its tone.
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    "(?:oai|oao|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|iêu|yêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oo|ua|uâ|uê"
    "|ui|uô|uơ|uy|ưa|ươ|ưi|ưu|yê|[aăâeêioôơuưy])"
    "(?:ch|ng|nh|[cmnpt])?"
)
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_EDGES = " \t\"'()[]{}.,;:!?…-–—/“”‘’"


def _coding(text: str) -> str:
    """The old code table that turns a text into Vietnamese, if it is none as it stands.

    Two in three of the words that cannot be Vietnamese must become so. Letters that exist only in Unicode exclude every
    old table.
    """
    if any(char > "\xff" and char not in _EDGES for char in text):
        return ""
    odd = [word for word in re.split(r"[\s/–-]+", text) if not word.isascii() and not _is_syllable(word)]
    odd = [word for word in odd if any(char.isascii() and char.isalpha() for char in word)]
    made = {
        coding: sum(_is_syllable(_decoded(word, coding)) and _decoded(word, coding) != word for word in odd)
        for coding in ("TCVN3", "VNI")
    }
    best = max(made, key=lambda coding: made[coding])
    return best if made[best] and 3 * made[best] >= 2 * len(odd) else ""


def _decoded(text: str, coding: str) -> str:
    """The text in Unicode. In TCVN3, capitals with marks have a font of their own, so a text of capitals is entirely in
    it.
    """
    if coding == "VNI":
        return _VNI.sub(_vni, text)
    read = "".join(_TCVN3.get(char, char) for char in text)
    plain = [char for char in text if char.isascii() and char.isalpha()]
    return read.upper() if len(plain) > 1 and all(map(str.isupper, plain)) else read


def _vni(found: re.Match[str]) -> str:
    vowel, mark, alone = found.groups()
    if alone:
        read = _VNI_ALONE[alone.lower()]
        return read.upper() if alone.isupper() else read
    base = _VNI_ALONE.get(vowel.lower(), vowel.lower())
    marks = _VNI_TONES.get(mark.lower()) or (_VNI_HATS.get(mark.lower()) if base in "aeo" else None)
    if marks is None:
        return found[0]
    read = _composed(base + marks)
    return read.upper() if vowel.isupper() else read


def _is_syllable(word: str) -> bool:
    marked = unicodedata.normalize("NFD", word.strip(_EDGES).lower())
    return len(_TONE.findall(marked)) < 2 and bool(_SYLLABLE.fullmatch(_composed(_TONE.sub("", marked))))
