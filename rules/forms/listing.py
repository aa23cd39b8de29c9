"""Texts that name several things at once: with numbers, bullets, dashes, semicolons, or one per line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.nouns.text import clean

#: What precedes a thing in a list: `1.`, `2)`, `b)`, a bullet, a dash.
_NUMBER = r"\(?\d{1,2}\s?[.)/](?!\d)\s*"
_MARK = re.compile(rf"(?:{_NUMBER}|[a-zđ]\)\s*|[-–—+*•●▪■◦‣✓✔➤→·o]\s+|[-–—+*•●▪■◦‣✓✔➤→]\s*(?=[^\W\d]))", re.IGNORECASE)
#: A number within a line, after the end of something or at the beginning.
_NUMBER_WITHIN = re.compile(r"(?:^|(?<=[\s;.,]))\(?(\d{1,2})[.)/](?!\d)\s*(?=\S)")
_DASH_WITHIN = re.compile(r"(?:^|\s)[-–—+•●]\s+")
#: Fewer such signs may as well be part of a sentence.
_SURE = 3


@dataclass(frozen=True, slots=True)
class Listing:
    """The things that a text names, in order. Unless it is `sure`, the text may also be a single thing, and its author
    is asked.
    """

    names: tuple[str, ...]
    sure: bool


def listing(text: str) -> Listing:
    """The things that a text names. A line without list signs is one thing."""
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
    """The text of one thing, without the bullet or the number (counted from 1) before it."""
    plain = clean(text)
    found = re.match(rf"(?:{number}\s?[.)]|[-–—+*•●▪])\s+(?=\S)", plain)
    return plain[found.end() :] if found else plain


def _of_lines(lines: Sequence[str]) -> Listing:
    """One thing per line. Among marked lines, an unmarked one continues the previous thing, and one ending in a colon
    is an introduction.
    """
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
    """The parts of a line such as `1. … 2. … 3. …`, numbered from one without gaps; otherwise empty."""
    found = list(_NUMBER_WITHIN.finditer(line))
    leads_in = bool(found) and line[: found[0].start()].rstrip()[-1:] in {"", ":"}
    if not leads_in or [int(one[1]) for one in found] != list(range(1, len(found) + 1)):
        return []
    ends = [*(one.start() for one in found[1:]), len(line)]
    return [name for one, end in zip(found, ends, strict=True) if (name := _ended(line[one.end() : end]))]


def _dashed(line: str) -> list[str]:
    """The parts of a line such as `- … - …` that begins with a dash; otherwise empty."""
    if not _DASH_WITHIN.match(line):
        return []
    return [name for piece in _DASH_WITHIN.split(line) if (name := _ended(piece))]


def _parted(line: str) -> list[str]:
    return [name for piece in line.split(";") if (name := _ended(_unmarked(piece.strip())))]


def _unmarked(line: str) -> str:
    found = _MARK.match(line)
    return line[found.end() :].strip() if found and line[found.end() :].strip() else line


def _ended(name: str) -> str:
    """A name without the separator from the next one."""
    return name.strip().rstrip(";,").strip()
