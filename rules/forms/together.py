"""Questions of one item that share a screen, and reading a text that answers several of them.

Consecutive questions share a screen if they are answered alike (choices with the same options, numbers with the same
unit) or if the form has one usual answer for them (`Item.usual`). Each answer is still stored separately.
"""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rules.forms.form import Item, Option, OptionValue, Question, QuestionKind
from rules.nouns.text import clean, folded, without_diacritics

#: Words of a text without a meaning of their own: "chọn mức tốt cho tiêu chí a".
_IDLE = frozenset(
    [
        "chọn",
        "mức",
        "ghi",
        "cho",
        "tiêu",
        "chí",
        "phần",
        "câu",
        "ý",
        "là",
        "thì",
        "đều",
        "và",
        "với",
        "nhé",
        "ạ",
        "à",
        "dạ",
        "vâng",
        "em",
        "tôi",
        "các",
    ]
)
_ALL = ("tat ca", "toan bo", "ca", "het")
_REST = ("con lai",)
_COUNTS = frozenset(["hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"])
#: With more questions than letters, numbers are used.
_LETTERS = 26
#: What people type to skip a place in a list.
LEFT_OUT = frozenset({"-", "–", "—", "bỏ", "bỏ qua", "không có", "chưa có"})
_LABELLED = re.compile(
    r"\s*(?P<name>[^\d\W][\w ]{0,20}?\s*\d{1,2}|\d{1,2}|[a-z])\s*[:=)]\s*(?P<value>.+)", re.IGNORECASE
)


def kind_of_screen(item: Item, question: Question) -> Hashable | None:
    """What questions that share a screen have in common; None: this question is asked alone."""
    if item.usual and question.key in item.usual.answers:
        return "usual"
    if question.instead_of:
        return None
    match question.kind:
        case QuestionKind.CHOICE:
            return question.kind, question.options, question.illustrated
        case QuestionKind.NUMBER:
            return question.kind, question.unit, question.options
        case _:
            return None


def marks(questions: Sequence[Question]) -> tuple[str, ...]:
    """The names of the questions on a screen: a, b, c … for choices, otherwise 1, 2, 3 …"""
    letters = len(questions) <= _LETTERS and all(question.kind is QuestionKind.CHOICE for question in questions)
    return tuple(chr(ord("a") + index) if letters else str(index + 1) for index in range(len(questions)))


@dataclass(frozen=True, slots=True)
class Levels:
    """What a text says about the choices of a screen."""

    #: Mark → value.
    by_mark: Mapping[str, OptionValue] = field(default_factory=dict)
    #: The value for all of them.
    every: OptionValue | None = None
    #: The value for those that are not named.
    rest: OptionValue | None = None
    #: A value without any indication for which of them.
    bare: OptionValue | None = None


def levels_in(text: str, marks: Sequence[str], options: Sequence[Option]) -> Levels | None:
    """The content of a text made only of levels and marks ("a, b tốt; c, d đáp ứng", "tốt cả"); None for any other."""
    said = list(_tokens(text, marks, options))
    if not said or any(kind == "other" for kind, _ in said) or not any(kind == "level" for kind, _ in said):
        return None
    groups = _grouped(said) or []
    if not groups or (len(groups) > 1 and not all(whose for whose, _ in groups)):
        return None
    by_name: dict[str, OptionValue] = {}
    for whose, level in groups:
        value = options[level].value
        if any(by_name.setdefault(name, value) != value for name in whose or ["bare"]):
            return None
    of_all = {name: by_name.pop(name, None) for name in ("all", "rest", "bare")}
    return Levels(by_name, of_all["all"], of_all["rest"], of_all["bare"])


def _tokens(text: str, marks: Sequence[str], options: Sequence[Option]) -> Iterator[tuple[str, str]]:
    """The text as tokens: `level` (with the index of the option), marks, `all`, `rest`, and `other` for anything else."""
    words = folded(text[:300]).split()
    plain = [without_diacritics(word) for word in words]
    at = 0
    while at < len(words):
        named = _level_at(words, plain, at, options)
        if named:
            yield "level", str(named[0])
            at += named[1]
            continue
        if words[at] in marks:
            yield "mark", words[at]
        elif length := _phrase_at(plain, at, _REST):
            yield "mark", "rest"
            at += length
            continue
        elif length := _phrase_at(plain, at, _ALL):
            yield "mark", "all"
            at += length
            while at < len(plain) and plain[at] in _COUNTS | {"ca"}:
                at += 1
            continue
        elif words[at] not in _IDLE:
            yield "other", words[at]
        at += 1


def _level_at(words: Sequence[str], plain: Sequence[str], at: int, options: Sequence[Option]) -> tuple[int, int] | None:
    """The option named at this position, and the number of words: the longest name that is one option's whole label or
    occurs in one only.
    """
    labels = [folded(option.label).split() for option in options]
    folded_labels = [[without_diacritics(word) for word in label] for label in labels]
    for said, known in ((words, labels), (plain, folded_labels)):
        for length in range(max((len(label) for label in known), default=0), 0, -1):
            phrase = list(said[at : at + length])
            if len(phrase) < length:
                continue
            whole = [index for index, label in enumerate(known) if label == phrase]
            part = [index for index, label in enumerate(known) if _within(phrase, label)]
            found = whole or (part if length > 1 or len(phrase[0]) > 1 else [])
            if len(found) == 1:
                return found[0], length
    return None


def _within(phrase: Sequence[str], label: Sequence[str]) -> bool:
    return any(label[at : at + len(phrase)] == phrase for at in range(len(label) - len(phrase) + 1))


def _phrase_at(plain: Sequence[str], at: int, phrases: Sequence[str]) -> int:
    """The number of words of a known phrase at this position; 0 for none."""
    return next((len(one.split()) for one in phrases if list(plain[at : at + len(one.split())]) == one.split()), 0)


def _grouped(said: Sequence[tuple[str, str]]) -> list[tuple[list[str], int]] | None:
    """Which marks belong to each level: they precede their level or follow it, consistently throughout; None otherwise."""
    groups: list[tuple[list[str], int]] = []
    waiting: list[str] = []
    marks_first = said[0][0] == "mark"
    for kind, what in said:
        if kind == "mark":
            (waiting if marks_first else groups[-1][0]).append(what)
        elif marks_first:
            if not waiting:
                return None
            groups.append((waiting, int(what)))
            waiting = []
        else:
            groups.append(([], int(what)))
    return None if waiting else groups


@dataclass(frozen=True, slots=True)
class ListedValues:
    """A text read as a list of values."""

    #: The values in order, if neither of the others is set.
    values: tuple[str, ...] = ()
    #: Place named in the text → value.
    named: Mapping[str, str] = field(default_factory=dict)
    #: One value for all places.
    every: str = ""


def listed(text: str) -> ListedValues:
    """The values of a text: one per line, or separated by semicolons, tabs, blanks or commas; "tất cả 100"; "tháng 3:
    85; tháng 4: 90".
    """
    plain = clean(text)
    words = plain.split()
    for phrase in ("tất cả", "toàn bộ", "tat ca", "cả", "đều", "all"):
        lead = phrase.split()
        if [word.casefold() for word in words[: len(lead)]] == lead and len(words) > len(lead):
            rest = words[len(lead) :]
            while len(rest) > 1 and without_diacritics(rest[0].casefold()) in _COUNTS | {"deu", "la", "cung", "thang"}:
                rest = rest[1:]
            return ListedValues(every=" ".join(rest).lstrip(": "))
    pieces = _pieces(plain)
    labelled = [_LABELLED.fullmatch(piece) for piece in pieces]
    if len(pieces) > 0 and all(labelled):
        return ListedValues(named={folded(one["name"]): one["value"].strip() for one in labelled if one})
    return ListedValues(values=tuple(pieces))


def _pieces(plain: str) -> list[str]:
    for parted in (r"[;\n\t]", r",\s+"):
        pieces = [piece.strip() for piece in re.split(parted, plain)]
        if len(pieces) > 1:
            while pieces and not pieces[-1]:
                pieces.pop()
            return pieces or [plain]
    blanks = plain.split()
    if len(blanks) > 1 and all(re.fullmatch(r"[\d.,%–-]+", piece) for piece in blanks):
        return blanks
    whole = plain.split(",")
    return whole if len(whole) > 2 and all(piece.strip().isdecimal() for piece in whole) else [plain]
