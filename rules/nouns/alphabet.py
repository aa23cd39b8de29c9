"""The Vietnamese alphabet: how names and titles are sorted, and how a search matches them despite missing diacritics."""

import re
import unicodedata
from functools import lru_cache

from rules.nouns.text import folded, without_diacritics

#: The 29 letters, and where the four of other alphabets stand among them.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: place for place, letter in enumerate(_LETTERS)}
#: The tones in the order in which Vietnamese schools list them: none, huyền, hỏi, ngã, sắc, nặng.
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_APOSTROPHES = re.compile(r"['\u2018\u2019\u201b\u02bc\u02bb\u02b9\u2032\u00b4`\uff07]")

#: The sort key of one word: its letters decide first, then its tone.
Word = tuple[tuple[int, ...], int]


@lru_cache(maxsize=10_000)  # the same unit titles are sorted again and again
def alphabetical(text: str) -> tuple[tuple[Word, ...], str]:
    """The sort key of a title, unit or group.

    Words are compared one by one, with a before ă before â and d before đ. Words with the same letters are ordered by
    tone (ngang, huyền, hỏi, ngã, sắc, nặng), wherever the tone mark is placed: hòa equals hoà. Remaining ties are
    broken by code point.
    """
    return tuple(_word(word) for word in _words(text)), text


def by_name(name: str) -> tuple[Word, tuple[tuple[Word, ...], str]]:
    """The sort key of a person's name as Vietnamese lists order it: by the given name, which stands last, then by the
    rest.
    """
    family, _, given = name.strip().rpartition(" ")
    words = _words(given)
    return (_word(words[-1]) if words else ((), 0)), alphabetical(family)


def order_of(name: str) -> str:
    """The key of `by_name` as text that every database sorts alike: hexadecimal digits only. Names that sort equal get
    equal text.
    """
    given, (family, _) = by_name(name)
    return _digits(given) + "".join(map(_digits, family))


def sought(name: str) -> str:
    """The words of a name in the form that a search compares, each between blanks, both with and without the apostrophe
    (H'Hen).
    """
    words = dict.fromkeys((*_plain(name).split(), *_plain(_APOSTROPHES.sub(" ", name)).split()))
    return f" {' '.join(words)} " if words else ""


def wanted_words(typed: str) -> tuple[str, ...]:
    """The words of a search in the form of `sought`; each of them has to begin a word of the name."""
    return tuple(_plain(typed).split())


def fits(wanted: str, name: str) -> bool:
    """Whether every searched word begins a word of the name.

    Case, diacritics and punctuation are ignored, đ equals d, and the apostrophe or blank of names such as H'Hen, Y Thi
    or Kon Tum may be left out. An empty search matches nothing.
    """
    asked, has = _plain(wanted), _plain(name)
    if not asked:
        return False
    words = has.split()
    if any("".join(words[start:]).startswith(asked.replace(" ", "")) for start in range(len(words))):
        return True
    known = {*words, *_plain(_APOSTROPHES.sub(" ", name)).split()}
    return any(
        all(any(word.startswith(part) for word in known) for part in _plain(typed).split())
        for typed in (wanted, _APOSTROPHES.sub(" ", wanted))
    )


def closeness(wanted: str, name: str) -> int:
    """How many searched words match the name only without their diacritics; 0 is the closest match."""
    words = [_word(word) for word in _words(name)]
    return sum(
        not any(letters[: len(asked)] == asked and tone == has for letters, has in words)
        for asked, tone in map(_word, _words(wanted))
    )


def _words(text: str) -> list[str]:
    """The words of a text in lower case; an apostrophe does not divide a word."""
    return folded(_APOSTROPHES.sub("", text)).split()


def _plain(text: str) -> str:
    return without_diacritics(folded(_APOSTROPHES.sub("", text)))


def _word(word: str) -> Word:
    """The letters and the tone of one word. Numbers sort before all letters, and characters of other alphabets after
    them.
    """
    if word.isdecimal() and len(word) < 16:
        return (int(word) - 10**16,), 0  # Phòng 9 before Phòng 10
    letters, tone = list[int](), 0
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES.index(char) + 1
        elif unicodedata.combining(char):
            whole = unicodedata.normalize("NFC", _LETTERS[letters[-1]] + char) if _is_letter(letters) else ""
            if whole in _PLACE:
                letters[-1] = _PLACE[whole]
        else:
            letters.append(_PLACE.get(char, ord(char) - 0x100 if char < "a" else ord(char)))
    return tuple(letters), tone


def _is_letter(letters: list[int]) -> bool:
    return bool(letters) and 0 <= letters[-1] < len(_LETTERS)


def _digits(word: Word) -> str:
    """A word as digits. The digits of each letter begin with its size, so that no word's text is a prefix of another's."""
    letters, tone = word
    return "".join(map(_letter_digits, letters)) + f"0{tone}"


def _letter_digits(place: int) -> str:
    if place < -0x100:
        return f"1{place + 10**16:014x}"
    if place < 0:
        return f"3{place + 0x100:02x}"
    return f"5{place:02x}" if place < 0x100 else f"8{place:06x}"
