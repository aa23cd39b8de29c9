"""Reading a text as values for the fields of a list's items: for all items, for the rest, or for some by number.

The words come from the form (labels, options, `Field.said`). A text with any other word is not read.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rules.forms.form import Field, OptionValue, QuestionKind
from rules.forms.kinds import Problem, accept
from rules.nouns.spoken import of_figures, plainly
from rules.nouns.text import clean, folded, without_diacritics

#: Values for an item's fields: field → value.
Parts = Mapping[str, OptionValue]

_LONGEST = 600
_NO = tuple(f"{words} " for words in of_figures("no"))


def _words(kind: str) -> str:
    """A pattern for any of these words, the longest first."""
    names = sorted(of_figures(kind), key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in names) + ")"


def _pattern(words: str) -> re.Pattern[str]:
    """The words without diacritics, for texts typed without them."""
    return re.compile(without_diacritics(words), re.IGNORECASE)


_THING = rf"(?:{_words('things')}\s*)*"
_ALIKE = rf"(?:\s*{_words('alike')}\b)?\s*[:,]?\s+"
_EXCEPT = _pattern(rf"(?:[;\n.,]\s*|\s+|^){_words('except')}(?:\s+{_words('except_tail')})?\s*:?\s*")
_CLAUSE = _pattern(rf"[;\n]+|[,.]\s+(?={_THING}\d{{1,2}}\s*[:)])")
_ALL = _pattern(rf"{_words('every')}(?:\s+(?:\d{{1,2}}|{_words('counts')}))?\s*{_THING}{_ALIKE}")
_REST = _pattern(rf"(?:{_words('several')}\s+)?{_THING}{_words('rest')}{_ALIKE}")
_NAMED = _pattern(
    rf"{_THING}(?P<numbers>\d{{1,2}}(?:\s*(?:,|{_words('and')}|&|\+)\s*{_THING}\d{{1,2}})*)\s*(?P<sign>[:)]|{_words('is')}\b)\s*",
)
_NAMED_AT_LENGTH = _pattern(rf"{_words('things')}\s*(?P<numbers>\d{{1,2}})\s+")
_AND = _pattern(rf",(?!\d)|\b{_words('and')}\b|(?<=%)\s+")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s*%")
_GOT = _pattern(rf"\s*(?:{_words('got')}\s+)?\d")

_WISHES = {wish: _pattern(rf"{_words(wish)}\s+{_THING}(?P<number>\d{{1,2}})\.?") for wish in ("drop", "change")}

#: Of whom a clause is, besides those it numbers.
_EVERY, _OTHERS, _UNSAID = "every", "rest", "bare"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text says about the items."""

    #: For all items.
    every: Parts = field(default_factory=dict)
    #: For the items that have no value yet.
    rest: Parts = field(default_factory=dict)
    #: The text does not say for which.
    bare: Parts = field(default_factory=dict)
    #: For single items, numbered from 1.
    by_number: Mapping[int, Parts] = field(default_factory=dict)


def figures_in(text: str, fields: Sequence[Field], today: dt.date) -> Figures | None:
    """The content of a text that consists of figures only ("tất cả 100%, đúng hạn; trừ 2: 80%, chậm"); None for any
    other.
    """
    if len(text) > _LONGEST:
        return None
    told: dict[str | int, dict[str, OptionValue]] = {}
    main, *exceptions = _split(_EXCEPT, clean(text))
    clauses = [(clause, False) for clause in _split(_CLAUSE, main)]
    clauses += [(clause, True) for one in exceptions for clause in _split(_CLAUSE, one)]
    for clause, excepted in clauses:
        bare = clause.strip(" ,.;")
        if not bare:
            continue
        whose, words = _subject(bare)
        values = _values(words, fields, today)
        if values is None or (excepted and not all(isinstance(one, int) for one in whose)):
            return None
        for one in whose:
            said = told.setdefault(one, {})
            if any(said.setdefault(key, value) != value for key, value in values.items()):
                return None
    every, rest, unsaid = (told.pop(name, {}) for name in (_EVERY, _OTHERS, _UNSAID))
    if exceptions:  # "100%, đúng hạn, trừ 2: 80%": for all except those
        every, unsaid = {**unsaid, **every}, {}
    named = {number: said for number, said in told.items() if isinstance(number, int)}
    return Figures(every, rest, unsaid, named) if every or rest or unsaid or named else None


def puzzling(text: str, fields: Sequence[Field], today: dt.date) -> str:
    """The part of a text that `figures_in` could not read, if the text does give figures by item number ("2: 90%, hình
    như chậm"). Such a text is not the name of an item. "" for any other text.
    """
    if len(text) > _LONGEST:
        return ""
    telling = ""
    for clause in (one.strip(" ,.;") for part in _split(_EXCEPT, clean(text)) for one in _split(_CLAUSE, part)):
        whose, words = _subject(clause)
        pieces = [piece.strip(" .:") for piece in _split(_AND, words)]
        told = [bool(_PERCENT.fullmatch(piece) or set(_readings(piece, fields, today))) for piece in pieces]
        if not isinstance(whose[0], int) or not any(told):
            continue
        telling = clause
        unread = next((one for one, is_told in zip(pieces, told, strict=True) if one and not is_told), "")
        if unread:
            return unread
    return telling


def wished(text: str) -> tuple[str, int] | None:
    """`drop` or `change` with the number of an item, if a text says just that ("bỏ việc 4"). Such a text is not the
    name of an item.
    """
    plain = without_diacritics(clean(text[:_LONGEST]))
    found = ((wish, pattern.fullmatch(plain)) for wish, pattern in _WISHES.items())
    return next(((wish, int(one["number"])) for wish, one in found if one), None)


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    """The text divided where the pattern occurs in its form without diacritics; both have equal length in NFC."""
    found = list(pattern.finditer(without_diacritics(text)))
    starts = [0, *(one.end() for one in found)]
    return [text[start:end] for start, end in zip(starts, [*(one.start() for one in found), len(text)], strict=True)]


def _subject(clause: str) -> tuple[tuple[str | int, ...], str]:
    """The items that a clause is about, and what it says of them."""
    plain = without_diacritics(clause)
    for name, pattern in ((_OTHERS, _REST), (_EVERY, _ALL)):
        if found := pattern.match(plain):
            return (name,), clause[found.end() :]
    found = _NAMED.match(plain) or _NAMED_AT_LENGTH.match(plain)
    if found:
        return tuple(int(one) for one in re.findall(r"\d{1,2}", found["numbers"])), clause[found.end() :]
    return (_UNSAID,), clause


def _values(words: str, fields: Sequence[Field], today: dt.date) -> dict[str, OptionValue] | None:
    """The values that the words give to the fields; None if a word gives none or is ambiguous."""
    found: dict[str, OptionValue] = {}
    for piece in _split(_AND, words):
        if not piece.strip(" .:"):
            continue
        said = set(_readings(piece.strip(" .:"), fields, today))
        if len(said) != 1:
            return None
        ((key, value),) = said
        if found.setdefault(key, value) != value:
            return None
    return found or None


def _readings(piece: str, fields: Sequence[Field], today: dt.date) -> Iterator[tuple[str, OptionValue]]:
    """The possible (field, value) pairs of a piece: exact matches first, then matches without diacritics."""
    known = [(folded(words), one.key, value) for one in fields for words, value in _names(one)]
    said = [folded(piece), plainly(piece)]
    exact = [(key, value) for words, key, value in known if words in said]
    plain = [without_diacritics(one) for one in said] if without_diacritics(piece) == piece else []
    yield from exact or [(key, value) for words, key, value in known if without_diacritics(words) in plain]
    numbers = [one for one in fields if one.kind is QuestionKind.NUMBER]
    if not exact and len(numbers) == 1:
        bare = re.sub(rf"^{re.escape(numbers[0].label)}\s*:?\s+", "", piece, flags=re.IGNORECASE)
        bare = bare.strip() if _GOT.match(without_diacritics(bare)) else ""
        value = accept(numbers[0], re.sub(r"^\D+", "", bare), today) if bare else Problem("empty")
        if not isinstance(value, Problem):
            yield numbers[0].key, value


def _names(one: Field) -> Iterator[tuple[str, OptionValue]]:
    """The words for a field's values: those in the file, the options (except plain yes and no), and the label of a
    yes/no field.
    """
    yield from one.said
    if one.kind is not QuestionKind.CHOICE:
        return
    bare = [words for words, value in one.said if value is True]
    for option in one.options:
        if not isinstance(option.value, bool):
            yield option.label, option.value
            continue
        yield f"{one.label} {option.label}", option.value
        said = (one.label, *bare) if option.value else (no + words for words in (one.label, *bare) for no in _NO)
        yield from ((words, option.value) for words in said)
