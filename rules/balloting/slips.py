"""Slips: what each may say, the bytes it is on its way (all of one ballot alike in length), and what a count must add up to.

A slip has lines (who or what is voted on) and the same options for each. A line that is not marked is blank and counts for no option;
a line of paper that is marked twice is counted as blank by the tellers. A slip is invalid as a whole when it was not given out
for this ballot or cannot be read: none of its lines count.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.book.ballots import Choices
from rules.nouns.values import Rating

AGREED, NOT_AGREED = "yes", "no"

#: The options of a line, as they are counted; the words are those of the templates.
OPTIONS: Mapping[Choices, tuple[str, ...]] = {
    Choices.RATINGS: tuple(Rating),
    Choices.AGREE: (AGREED, NOT_AGREED),
}

#: Not marked.
BLANK = ""

#: More lines no slip has.
MOST_LINES = 200
#: The first byte of a slip, so that what is no slip is not taken for one.
_KIND = 1
#: Slips are so long, or twice, three times…: the length tells nothing.
_STEP = 64

Slip = tuple[str, ...]


def length(lines: int) -> int:
    """Bytes of every slip with so many lines."""
    return -(-(1 + lines) // _STEP) * _STEP


def packed(slip: Slip, options: Sequence[str]) -> bytes:
    """A slip as bytes: its kind, a byte a line (0: blank), zeros. Raises ValueError for an option that is none."""
    marks = [0 if mark == BLANK else options.index(mark) + 1 for mark in slip]
    return bytes([_KIND, *marks]).ljust(length(len(slip)), b"\0")


def unpacked(given: bytes, lines: int, options: Sequence[str]) -> Slip | None:
    """The slip that these bytes are; None: they are none of this ballot."""
    if len(given) != length(lines) or given[0] != _KIND or any(given[1 + lines :]):
        return None
    marks = given[1 : 1 + lines]
    if any(mark > len(options) for mark in marks):
        return None
    return tuple(options[mark - 1] if mark else BLANK for mark in marks)


@dataclass(frozen=True, slots=True)
class Tally:
    """A count: slips given out, given back, of them invalid; line → option → slips."""

    given: int
    returned: int
    invalid: int
    lines: Mapping[str, Mapping[str, int]]

    @property
    def valid(self) -> int:
        """Slips that count."""
        return self.returned - self.invalid

    def blank(self, line: str) -> int:
        """Valid slips that say nothing of this line."""
        return self.valid - sum(self.lines[line].values())


def tally(slips: Sequence[Slip | None], given: int, lines: Sequence[str], options: Sequence[str]) -> Tally:
    """The count of slips; None: an invalid one."""
    valid = [slip for slip in slips if slip is not None]
    counts = [Counter(slip[place] for slip in valid) for place in range(len(lines))]
    counted = {line: {one: count[one] for one in options} for line, count in zip(lines, counts, strict=True)}
    return Tally(given, len(slips), len(slips) - len(valid), counted)


@dataclass(frozen=True, slots=True)
class Amiss:
    """What of a count does not add up: `what` (a key of the templates), at which line, what it is and what it can be at most, or is."""

    what: str
    line: str
    came: int
    expected: int


def amiss(count: Tally, entitled: int) -> Iterator[Amiss]:
    """Everything that does not add up; nothing: it may be kept."""
    if count.given > entitled:
        yield Amiss("given", "", count.given, entitled)
    if count.returned > count.given:
        yield Amiss("returned", "", count.returned, count.given)
    if count.invalid > count.returned:
        yield Amiss("invalid", "", count.invalid, count.returned)
        return
    for line, counts in count.lines.items():
        if sum(counts.values()) > count.valid:
            yield Amiss("line", line, sum(counts.values()), count.valid)


def differing(first: Tally, second: Tally) -> Iterator[Amiss]:
    """Where the counts of two tellers differ: what the first has (`came`), what the second (`expected`)."""
    for what in ("given", "returned", "invalid"):
        came, expected = getattr(first, what), getattr(second, what)
        if came != expected:
            yield Amiss(what, "", came, expected)
    for line, counts in first.lines.items():
        for option, votes in counts.items():
            if votes != second.lines[line][option]:
                yield Amiss(option, line, votes, second.lines[line][option])
