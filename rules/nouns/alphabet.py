"""The Vietnamese alphabet: the order of names and titles in lists, and what a search for them forgives."""

import re
import unicodedata
from functools import lru_cache

from rules.nouns.text import folded, without_diacritics

#: The 29 letters, and where the four of other alphabets stand among them.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: place for place, letter in enumerate(_LETTERS)}
#: The tones in the order of the schools: none, huyền, hỏi, ngã, sắc, nặng.
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_APOSTROPHES = re.compile(r"['\u2018\u2019\u201b\u02bc\u02bb\u02b9\u2032\u00b4`\uff07]")

#: A word as it is compared: its letters first, its tone where those are the same.
Word = tuple[tuple[int, ...], int]


@lru_cache(maxsize=10_000)  # the units of an office are put in order again and again
def alphabetical(text: str) -> tuple[tuple[Word, ...], str]:
    """The order of titles, units, groups: word by word, a before ă before â, d before đ; words of the same letters by
    tone (ngang, huyền, hỏi, ngã, sắc, nặng), wherever the tone is written: hòa is hoà. What is the same so far stands
    by its characters.
    """
    return tuple(_word(word) for word in _words(text)), text


def by_name(name: str) -> tuple[Word, tuple[tuple[Word, ...], str]]:
    """The order of people in Vietnamese lists: by the given name, which stands last; then by family and middle name."""
    family, _, given = name.strip().rpartition(" ")
    words = _words(given)
    return (_word(words[-1]) if words else ((), 0)), alphabetical(family)


def order_of(name: str) -> str:
    """`by_name` as text that any database sorts alike: digits of hexadecimal numbers alone. Names of the same order are equal."""
    given, (family, _) = by_name(name)
    return _digits(given) + "".join(map(_digits, family))


def sought(name: str) -> str:
    """The words of a name as a search compares them, with blanks around each: with and without the apostrophes of H'Hen."""
    words = dict.fromkeys((*_plain(name).split(), *_plain(_APOSTROPHES.sub(" ", name)).split()))
    return f" {' '.join(words)} " if words else ""


def wanted_words(typed: str) -> tuple[str, ...]:
    """What is typed into a search as `sought` has it: each of the words begins one of the name."""
    return tuple(_plain(typed).split())


def fits(wanted: str, name: str) -> bool:
    """Whether every word that is wanted begins one of the name: without case, marks and punctuation, đ as d, with or
    without the apostrophe or the blank of H'Hen, Y Thi, Kon Tum. What says nothing fits nothing.
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
    """How much a fitting name is written otherwise than what is wanted: how many words have no other with their marks."""
    words = [_word(word) for word in _words(name)]
    return sum(
        not any(letters[: len(asked)] == asked and tone == has for letters, has in words)
        for asked, tone in map(_word, _words(wanted))
    )


def _words(text: str) -> list[str]:
    """In lower case; an apostrophe is no border of a word."""
    return folded(_APOSTROPHES.sub("", text)).split()


def _plain(text: str) -> str:
    return without_diacritics(folded(_APOSTROPHES.sub("", text)))


def _word(word: str) -> Word:
    """Letters and tone; numbers stand before all letters, characters of other alphabets after them."""
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
    """A word as digits: those of each letter begin by how great it is, so that no text of one is the beginning of another's."""
    letters, tone = word
    return "".join(map(_letter_digits, letters)) + f"0{tone}"


def _letter_digits(place: int) -> str:
    if place < -0x100:
        return f"1{place + 10**16:014x}"
    if place < 0:
        return f"3{place + 0x100:02x}"
    return f"5{place:02x}" if place < 0x100 else f"8{place:06x}"
