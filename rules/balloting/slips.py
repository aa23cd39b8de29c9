"""Slips: what each may say, its bytes in transit (all slips of a ballot have one length), and how a count is checked.

A slip has lines (who or what is voted on) with the same options for each. An unmarked line is blank and counts for no
option; tellers count a line of a paper slip that is marked twice as blank. A slip that was not issued for this ballot
or cannot be read is invalid as a whole.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.book.ballots import Choices
from rules.nouns.values import Rating

AGREED, NOT_AGREED = "yes", "no"

#: The options of a line, as they are counted; templates have the words.
OPTIONS: Mapping[Choices, tuple[str, ...]] = {
    Choices.RATINGS: tuple(Rating),
    Choices.AGREE: (AGREED, NOT_AGREED),
}

#: The line was not marked.
BLANK = ""

#: The greatest number of lines of a slip.
MOST_LINES = 200
#: The first byte of every slip, by which other data are recognised as no slip.
_KIND = 1
#: The length of a slip is a multiple of this, so that it reveals nothing.
_STEP = 64

Slip = tuple[str, ...]


def length(lines: int) -> int:
    """The length in bytes of every slip with so many lines."""
    return -(-(1 + lines) // _STEP) * _STEP


def packed(slip: Slip, options: Sequence[str]) -> bytes:
    """A slip as bytes: its kind, one byte for each line (0: blank), then zeros. Raises ValueError for an unknown
    option.
    """
    marks = [0 if mark == BLANK else options.index(mark) + 1 for mark in slip]
    return bytes([_KIND, *marks]).ljust(length(len(slip)), b"\0")


def unpacked(given: bytes, lines: int, options: Sequence[str]) -> Slip | None:
    """The slip in these bytes; None: they are no slip of this ballot."""
    if len(given) != length(lines) or given[0] != _KIND or any(given[1 + lines :]):
        return None
    marks = given[1 : 1 + lines]
    if any(mark > len(options) for mark in marks):
        return None
    return tuple(options[mark - 1] if mark else BLANK for mark in marks)


@dataclass(frozen=True, slots=True)
class Tally:
    """The result of a count: slips issued, returned, and invalid among these; line → option → slips."""

    given: int
    returned: int
    invalid: int
    lines: Mapping[str, Mapping[str, int]]

    @property
    def valid(self) -> int:
        """The number of slips that count."""
        return self.returned - self.invalid

    def blank(self, line: str) -> int:
        """The number of valid slips that leave this line blank."""
        return self.valid - sum(self.lines[line].values())


def tally(slips: Sequence[Slip | None], given: int, lines: Sequence[str], options: Sequence[str]) -> Tally:
    """The tally of these slips, of which None is an invalid one."""
    valid = [slip for slip in slips if slip is not None]
    counts = [Counter(slip[place] for slip in valid) for place in range(len(lines))]
    counted = {line: {one: count[one] for one in options} for line, count in zip(lines, counts, strict=True)}
    return Tally(given, len(slips), len(slips) - len(valid), counted)


@dataclass(frozen=True, slots=True)
class Amiss:
    """A figure of a count that cannot be right."""

    #: The kind of mistake, a key of the templates.
    what: str
    line: str
    came: int
    #: What the figure `came` should be, or can be at most.
    expected: int


def amiss(count: Tally, entitled: int) -> Iterator[Amiss]:
    """Everything in a count that does not add up; empty: it may be stored."""
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
    """The differences between the counts of two tellers: `came` is the first one's figure, `expected` the second one's."""
    for what in ("given", "returned", "invalid"):
        came, expected = getattr(first, what), getattr(second, what)
        if came != expected:
            yield Amiss(what, "", came, expected)
    for line, counts in first.lines.items():
        for option, votes in counts.items():
            if votes != second.lines[line][option]:
                yield Amiss(option, line, votes, second.lines[line][option])
