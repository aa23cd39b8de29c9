"""People's text made safe to keep: without invisible characters, and with one spelling for what looks the same."""

import re
import unicodedata

#: Control characters (tab and line break excepted), zero-width and bidirectional controls, soft hyphens,
#: surrogates, tags and noncharacters: nothing one can see, much that breaks a document or hides in a name.
_INVISIBLE = (
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
#: Signs that are drawn as one: people and things joined by a zero-width joiner, a flag spelled in tags. What joins them is
#: seen in what comes of it.
_SIGN = "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_DRESSED = f"{_SIGN}[\U0001f3fb-\U0001f3ff]?\ufe0f?"
_JOINED = f"{_DRESSED}(?:[\U000e0020-\U000e007e]{{1,16}}\U000e007f)?(?:\u200d{_DRESSED}){{0,16}}"
_SEEN = re.compile(f"({_JOINED})|{_INVISIBLE}")
#: What readers see as one character and what is never cut: a letter with its marks, a flag, joined signs. Its length is
#: bounded.
ONE_SEEN = f"[\U0001f1e6-\U0001f1ff]{{2}}|{_JOINED}|.[\u0300-\u036f\ufe0e\ufe0f\u20e3]{{0,16}}"
_ONE_SEEN = re.compile(ONE_SEEN, re.DOTALL)
_LONGEST_SEEN = 96
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS_BEFORE_BREAK = re.compile(r"[^\S\n]+(?=\n)")
_MANY_BREAKS = re.compile(r"\n{3,}")
_DIACRITICS = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")

#: How many characters of a long text a confirmation or summary repeats.
SHOWN_CHARS = 120


def clean(text: str) -> str:
    """`text` in NFC without invisible characters and outer blanks, with at most one empty line in a row."""
    text, _ = visible(text)
    text = _MANY_BREAKS.sub("\n\n", _BLANKS_BEFORE_BREAK.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def visible(text: str) -> tuple[str, int]:
    """`text` without invisible characters and with LF line breaks, and how many characters were removed. Joined emoji
    are kept.
    """
    dropped = 0

    def seen(found: re.Match[str]) -> str:
        nonlocal dropped
        dropped += found[1] is None
        return found[1] or ""

    return _SEEN.sub(seen, _LINE_BREAK.sub("\n", text)), dropped


def clusters(text: str) -> list[str]:
    """The text divided into what readers see as single characters."""
    return _ONE_SEEN.findall(text)


def folded(text: str) -> str:
    """The text in lower case, without punctuation, with single blanks: for comparing what was typed with a label."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", clean(text)).casefold()).strip()


def without_diacritics(text: str) -> str:
    """The text without diacritics, as people type in a hurry: `đồng ý` → `dong y`."""
    plain = _DIACRITICS.sub("", unicodedata.normalize("NFD", text))
    return plain.replace("đ", "d").replace("Đ", "D")


def shorten(text: str, limit: int = SHOWN_CHARS) -> str:
    """The text on one line; if it is long, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    seen = clusters(line[: limit + _LONGEST_SEEN])
    while sum(map(len, seen)) > limit:
        seen.pop()
    cut = "".join(seen)
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,.;:") + "…"
