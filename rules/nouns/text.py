"""Text of people, made safe to keep: nothing invisible, one spelling for what looks the same."""

import re
import unicodedata

#: Control characters (tab and line break excepted), zero-width and bidirectional controls, soft hyphens,
#: surrogates, tags and noncharacters: nothing one can see, much that breaks a document or hides in a name.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS_BEFORE_BREAK = re.compile(r"[^\S\n]+(?=\n)")
_MANY_BREAKS = re.compile(r"\n{3,}")
_DIACRITICS = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")

#: Characters of a long text that a confirmation or summary repeats.
SHOWN_CHARS = 120


def clean(text: str) -> str:
    """`text` in NFC without invisible characters and outer blanks; at most one empty line in a row."""
    text = _INVISIBLE.sub("", _LINE_BREAK.sub("\n", text))
    text = _MANY_BREAKS.sub("\n\n", _BLANKS_BEFORE_BREAK.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def folded(text: str) -> str:
    """Lower case, words parted by one blank, no punctuation: for comparing what was typed with a label."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", clean(text)).casefold()).strip()


def without_diacritics(text: str) -> str:
    """`đồng ý` → `dong y`, as people type in a hurry."""
    plain = _DIACRITICS.sub("", unicodedata.normalize("NFD", text))
    return plain.replace("đ", "d").replace("Đ", "D")


def shorten(text: str, limit: int = SHOWN_CHARS) -> str:
    """The text on one line, cut at a word when it is long."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[:limit]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,.;:") + "…"
