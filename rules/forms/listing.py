"""A text that names several things at once: numbers, bullets, dashes, semicolons, or one a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.nouns.text import clean

#: What stands before a thing of a list: `1.`, `2)`, `b)`, a bullet, a dash.
_NUMBER = r"\(?\d{1,2}\s?[.)/](?!\d)\s*"
_MARK = re.compile(rf"(?:{_NUMBER}|[a-zđ]\)\s*|[-–—+*•●▪■◦‣✓✔➤→·o]\s+|[-–—+*•●▪■◦‣✓✔➤→]\s*(?=[^\W\d]))", re.IGNORECASE)
#: A number within a line, behind the end of something or at its beginning.
_NUMBER_WITHIN = re.compile(r"(?:^|(?<=[\s;.,]))\(?(\d{1,2})[.)/](?!\d)\s*(?=\S)")
_DASH_WITHIN = re.compile(r"(?:^|\s)[-–—+•●]\s+")
#: One such sign alone may as well be part of a sentence.
_SURE = 3


@dataclass(frozen=True, slots=True)
class Listing:
    """What a text names, in its order. `sure`: it can hardly be one thing; else whoever wrote it says whether it is."""

    names: tuple[str, ...]
    sure: bool


def listing(text: str) -> Listing:
    """The things that a text names. A line without signs is one thing."""
    plain = clean(text)
    lines = [line.strip() for line in plain.split("\n") if line.strip()]
    if len(lines) > 1:
        return _of_lines(lines)
    for names in (_numbered(plain), _dashed(plain)):
        if len(names) > 1:
            return Listing(tuple(names), sure=True)
    names = _parted(_unmarked(plain))
    return Listing(tuple(names), sure=len(names) >= _SURE)


def single(text: str, number: int) -> str:
    """A text that names one thing, without the bullet or the very number (from 1) that stands before it."""
    plain = clean(text)
    found = re.match(rf"(?:{number}\s?[.)]|[-–—+*•●▪])\s+(?=\S)", plain)
    return plain[found.end() :] if found else plain


def _of_lines(lines: Sequence[str]) -> Listing:
    """A thing a line; where lines are marked, one that is not goes on the one before, and what ends in a colon leads in."""
    marked = [bool(_MARK.match(line)) for line in lines]
    if sum(marked) < 2:
        named = lines[1:] if lines[0].endswith(":") else lines
        names = [name for line in named for name in _parted(_unmarked(line))]
        return Listing(tuple(names), sure=len(names) >= _SURE or len(named) < len(lines))
    names = []
    for line, starts in zip(lines, marked, strict=True):
        if starts:
            names.append(_unmarked(line))
        elif names:
            names[-1] = f"{names[-1]} {line}"
        elif not line.endswith(":"):
            names.append(line)
    return Listing(tuple(filter(None, (_ended(name) for name in names))), sure=True)


def _numbered(line: str) -> list[str]:
    """`1. … 2. … 3. …` within a line, counted from one without a gap; else nothing."""
    found = list(_NUMBER_WITHIN.finditer(line))
    leads_in = bool(found) and line[: found[0].start()].rstrip()[-1:] in {"", ":"}
    if not leads_in or [int(one[1]) for one in found] != list(range(1, len(found) + 1)):
        return []
    ends = [*(one.start() for one in found[1:]), len(line)]
    return [name for one, end in zip(found, ends, strict=True) if (name := _ended(line[one.end() : end]))]


def _dashed(line: str) -> list[str]:
    """`- … - …` within a line that begins so; else nothing."""
    if not _DASH_WITHIN.match(line):
        return []
    return [name for piece in _DASH_WITHIN.split(line) if (name := _ended(piece))]


def _parted(line: str) -> list[str]:
    return [name for piece in line.split(";") if (name := _ended(_unmarked(piece.strip())))]


def _unmarked(line: str) -> str:
    found = _MARK.match(line)
    return line[found.end() :].strip() if found and line[found.end() :].strip() else line


def _ended(name: str) -> str:
    """A name without what parted it from the next."""
    return name.strip().rstrip(";,").strip()
