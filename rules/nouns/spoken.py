"""Answers as people say them in a chat: with words of courtesy, yes and no, numbers in words.

The words are data (`spoken.toml` beside this file). Only unambiguous texts are read; for any other the caller says what
was expected.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from rules.nouns.text import clean, folded, without_diacritics

#: No answer in words is longer.
_MOST_WORDS = 12
#: No navigation in words is longer.
_LONGEST_WAY = 80
_FIGURE = re.compile(r"[0-9]{1,15}([.,][0-9]{1,6})?")
#: Between two numbers, or between a number and what it is of.
_PARTING = re.compile(r"(?<=[0-9])\s*[-–—~/;]\s*(?=[0-9])")
_Words = tuple[str, ...]


def plainly(text: str) -> str:
    """The text folded, without words of courtesy at its ends: `dạ không ạ` → `không`. A text made only of them is
    unchanged.
    """
    return " ".join(_bare(tuple(folded(text).split())))


def yes_or_no(text: str) -> bool | None:
    """Whether a short answer says yes or no; None if it says neither, or something more."""
    for answer, names in ((True, ("yes",)), (False, ("none", "not_yet"))):
        if _says(text, names):
            return answer
    return None


def none(text: str) -> bool:
    """Whether a short answer says that there is none: `không`, `dạ không có ạ`, `ko`; not `chưa`."""
    return _says(text, ("none",))


def proves_nothing(text: str) -> bool:
    """Whether a text given as evidence says only yes or no, or consists of signs: `ok`, `có ạ`, `.`"""
    return not folded(text) or says_nothing(text)


def way_of(text: str) -> str:
    """Where a text leads that only navigates: `back` (`Quay lại.`), `later` (`Thôi ạ`), `help` (`?`); "" for any other."""
    marks = unicodedata.normalize("NFKC", text).split()
    if marks and not "".join(marks).strip("?"):
        return "help"
    said = [tuple(one.split()) for one in (folded(text[:_LONGEST_WAY]), plainly(text[:_LONGEST_WAY]))]
    ways = _known()["ways"].items()
    return next((way for way, names in ways if any(_alike(one, name.split()) for name in names for one in said)), "")


def says_nothing(text: str) -> bool:
    """Whether a text given as a remark says only yes, no, none, not yet, or as before."""
    return _says(text, ("yes", "none", "not_yet", "nothing"))


def _says(text: str, names: Iterable[str]) -> bool:
    readings = [tuple(said.split()) for said in (folded(text), plainly(text))]
    return any(_alike(said, one) for name in names for one in _known()[name] for said in readings)


def number(text: str, unit: str = "") -> float | None:
    """The number in words, or in figures with words around it: `tám rưỡi`, `8 tháng rưỡi`, `được 95 %`, `một trăm`.

    `unit`: what is counted, which may be named or left out. None if there is no number or an ambiguous one (`khoảng 8`,
    `7 hay 8`).
    """
    known = _known()
    words = _number_words(text)
    whole = next(
        (many for name, many in known["whole"].get(unit.casefold(), {}).items() if _alike(words, name.split())), 0
    )
    if whole:
        return float(whole)
    lead = _starting(words, ((one,) for one in known["before_number"]))
    words = words[len(lead) :]
    if len(words) == 1 and _one(words[0], (known["zero"],)):
        return None  # no, or nought: whoever asks knows which of them is an answer
    half = len(words) > 1 and _one(words[-1], (known["half"],))
    words = words[:-1] if half else words
    times = 1.0
    counted = (
        {unit.casefold(): 1, **known["units"].get(unit.casefold(), {})}
        if unit
        else dict.fromkeys(known["of_no_unit"], 1)
    )
    counted |= dict.fromkeys(known["percent"], 1) if unit in {"", "%"} else {}
    for name, many in counted.items():
        of = tuple(name.split())
        if of and len(of) < len(words) and _alike(words[-len(of) :], of):
            words, times = words[: -len(of)], float(many)
            break
    if not half and len(words) == 1 and _one(words[0], (known["half_a"],)):
        return times / 2
    value = _value(words)
    if value is None or (half and _one(words[-1], (*known["tens"], *known["hundred"], *known["thousand"]))):
        return None  # "trăm rưỡi" is 150, "hai chục rưỡi" 25, and "hai mươi rưỡi" 20,5
    return (value + (0.5 if half else 0)) * times


def why_no_number(text: str) -> str:
    """What makes a text no number: `two` of them (`7 hay 8`), `about` one (`khoảng 8`), a number of another `unit` (`8 ngày`), one that is
    understood in `many_ways` (`hai mươi rưỡi`); `words`: anything else.
    """
    known = _known()["no_number"]
    words = _number_words(_PARTING.sub(" - ", text))
    runs = _runs(words)
    if not runs:
        return "words"
    if len(runs) == 1 and _starting(words, (tuple(one.split()) for one in known["about"])):
        return "about"
    (start, end), spelled = runs[0], not any(_FIGURE.fullmatch(word) for word in words)
    if spelled and all(_is_of_number(word) for word in words):
        return "many_ways"
    if len(runs) > 1:
        return "two"
    other = any(_alike(words[end:], one.split()) for one in known["units"])
    return "unit" if start == 0 and other else "words"


def none_is_nought(unit: str) -> bool:
    """Whether "none" means zero for this unit."""
    return unit.casefold() in _known()["none_is_nought"]


def of_figures(kind: str) -> tuple[str, ...]:
    """The words of one kind by which a text says of which items of a list a figure is; the kinds stand in `spoken.toml`."""
    return tuple(_known()["figures"][kind])


def day_from_today(text: str) -> int | None:
    """The distance in days of a day named relative to today: `hôm qua` → -1; None for any other text."""
    said = tuple(plainly(text).split())
    return next((int(days) for name, days in _known()["days"].items() if _alike(said, name.split())), None)


def without_courtesy(text: str) -> str:
    """The text without words of courtesy at its ends, but with its signs: `dạ 5/3/1980 ạ` → `5/3/1980`."""
    return " ".join(_bare(tuple(clean(text).casefold().rstrip(" .!").split())))


def _number_words(text: str) -> _Words:
    """The words of a text that may be a number; empty if it is too long."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("%", f" {_known()['percent'][0]} ")
    words = tuple(plain.rstrip(" .!").split())
    return _bare(words) if len(words) <= _MOST_WORDS else ()


def _runs(words: _Words) -> list[tuple[int, int]]:
    """Where numbers stand in words, each as far as it goes. “Không” alone is none."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        end = next((end for end in range(len(words), at, -1) if _value(words[at:end]) is not None), 0)
        if end and not (end == at + 1 and _one(words[at], (_known()["zero"],))):
            found.append((at, end))
        at = max(end, at + 1)
    return found


def _is_of_number(word: str) -> bool:
    known = _known()
    named = (known["ten"], known["half"], known["half_a"])
    more = (*known["tens"], *known["hundred"], *known["thousand"], *known["odd"], *known["point"])
    return bool(_digits(word)) or _one(word, (*named, *more))


def _bare(words: _Words) -> _Words:
    """The words without those of courtesy around them; of nothing else one group stays."""
    known = _known()
    if len(words) > _MOST_WORDS:
        return words
    while (trail := _ending(words, known["after"])) and len(trail) < len(words):
        words = words[: -len(trail)]
    while (lead := _starting(words, known["before"])) and len(lead) < len(words):
        words = words[len(lead) :]
    return words


def _value(words: _Words) -> float | None:
    """The value of figures, or of a number in words."""
    if len(words) == 1 and _FIGURE.fullmatch(words[0]):
        return float(words[0].replace(",", "."))
    known = _known()
    for at, word in enumerate(words):
        if _one(word, known["point"]) and at:
            whole, rest = _whole(words[:at]), [_digit(one) for one in words[at + 1 :]]
            if whole is None or not rest or any(one is None for one in rest):
                return None
            return float(f"{whole}.{''.join(map(str, rest))}")
    return _whole(words)


def _whole(words: _Words) -> int | None:
    """A whole number below a million."""
    known = _known()
    at = next((place for place, word in enumerate(words) if _one(word, known["thousand"])), None)
    if at is None:
        return _below_thousand(words)
    many, rest = _below_thousand(words[:at]), words[at + 1 :]
    last = _below_thousand(rest) if rest else 0
    # "hai nghìn mốt" is 2.100 to some and 2.001 to others: behind a thousand hundreds are said, or "linh".
    clear = not rest or len(rest) > 1
    return many * 1000 + last if many and last is not None and clear else None


def _below_thousand(words: _Words) -> int | None:
    known = _known()
    at = next((place for place, word in enumerate(words) if _one(word, known["hundred"])), None)
    if at is None:
        return _below_hundred(words)
    many = _digit(words[0]) if at == 1 else None
    rest = words[at + 1 :]
    if many is None:
        return None
    if not rest:
        return many * 100
    if _one(rest[0], known["odd"]) and len(rest) == 2:
        last = _digit(rest[1])
        return many * 100 + last if last else None
    last = _below_hundred(rest) if len(rest) > 1 else None  # "trăm hai" is 120: said so by few, and only of money
    return many * 100 + last if last is not None and last >= 10 else None


def _below_hundred(words: _Words) -> int | None:
    known = _known()
    match words:
        case (one,):
            return 10 if _one(one, (known["ten"],)) else _digit(one)
        case (ten, one) if _one(ten, (known["ten"],)) and not _digits(ten):
            return 10 + last if (last := _digit(one)) else None
        case (many, ten) if _one(ten, known["tens"]):
            return first * 10 if (first := _digit(many)) else None
        case (many, five) if _one(five, known["short_five"]) and not _one(many, (known["zero"],)):
            return first * 10 + 5 if (first := _digit(many)) else None
        case (many, ten, one) if _one(ten, known["tens"]):
            first, last = _digit(many), _digit(one)
            return first * 10 + last if first and last else None
    return None


def _digit(word: str) -> int | None:
    found = _digits(word)
    return found[0] if len(found) == 1 else None


def _digits(word: str) -> list[int]:
    return [value for value, names in enumerate(_known()["digits"]) if _one(word, names)]


def _starting(words: _Words, leads: Iterable[_Words]) -> _Words:
    """The longest of the leads that the words begin with."""
    return max((lead for lead in leads if _alike(words[: len(lead)], lead)), key=len, default=())


def _ending(words: _Words, trails: Iterable[_Words]) -> _Words:
    return max((trail for trail in trails if _alike(words[-len(trail) :], trail)), key=len, default=())


def _alike(words: Sequence[str], known: Sequence[str]) -> bool:
    return len(words) == len(known) and all(_one(word, (name,)) for word, name in zip(words, known, strict=True))


def _one(word: str, names: Iterable[str]) -> bool:
    """Whether a word is one of these; typed without diacritics it is compared with them without theirs."""
    plain = without_diacritics(word) == word
    return any(word == name or (plain and word == without_diacritics(name)) for name in names)


@cache
def _known() -> Mapping[str, Any]:
    kept = tomllib.loads((files("rules.nouns") / "spoken.toml").read_text(encoding="utf-8"))
    split = {
        name: [tuple(one.split()) for one in kept[name]]
        for name in ("before", "after", "yes", "none", "nothing", "not_yet")
    }
    return {**kept, **split}
