"""What follows of a count: by the clause alone. What the clause leaves to somebody is left to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from rules.balloting.poll import GroupPlaces
from rules.balloting.slips import AGREED, Tally
from rules.book.ballots import Ballot, Base

#: In a group of fewer a secret ballot tells nearly everything.
FEW = 5


@dataclass(frozen=True, slots=True)
class Bases:
    """How many there are of each whom a share may be counted of."""

    entitled: int
    present: int
    returned: int

    def of(self, base: Base) -> int:
        """The number that the clause means."""
        return {Base.ENTITLED: self.entitled, Base.PRESENT: self.present, Base.RETURNED: self.returned}[base]


@dataclass(frozen=True, slots=True)
class BallotOutcome:
    """What is settled of a ballot in which lines are agreed to. `needed`: votes, None where the text names no share: then nothing
    is settled but the `order`. `taken` are in; of `tied` some could be and the clause says who settles it; `beyond` had votes
    enough and found no place; `short` had too few; `left` have votes enough and stand under quotas across each other that have not room for
    all of them: no text says which of these goes first. All of them the highest first.
    """

    needed: int | None
    base: int
    order: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    places_for_tied: int = 0
    beyond: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    votes: Mapping[str, int] = field(default_factory=dict)


def needed(ballot: Ballot, bases: Bases) -> int | None:
    """So many votes are enough: more than 2/3 of 9 are 7, at least 2/3 of 9 are 6."""
    if ballot.share is None:
        return None
    part, whole = ballot.share
    of = bases.of(ballot.base)
    return of * part // whole + 1 if ballot.more_than else -(-of * part // whole)


def outcome(ballot: Ballot, tally: Tally, bases: Bases, places: int | None = None) -> BallotOutcome:
    """Who is in. `places`: what the quota leaves room for, None where it is not known: then all with votes enough are, and the quota is
    looked at elsewhere. A tie at the last place is nobody's until who the clause names has settled it.
    """
    votes = {line: counts.get(AGREED, 0) for line, counts in tally.lines.items()}
    order = tuple(sorted(votes, key=lambda line: -votes[line]))  # sorted keeps the order of the list among equals
    enough, base = needed(ballot, bases), bases.of(ballot.base)
    if enough is None:
        return BallotOutcome(None, base, order, votes=votes)
    passed = [line for line in order if votes[line] >= enough]
    short = tuple(line for line in order if votes[line] < enough)
    room = places if ballot.within_quota and places is not None else len(passed)
    taken: list[str] = []
    tied: tuple[str, ...] = ()
    for _, equal in groupby(passed, key=votes.__getitem__):
        together = tuple(equal)
        if len(taken) + len(together) <= room:
            taken += together
            continue
        tied = together if len(taken) < room else ()
        break
    beyond = tuple(line for line in passed if line not in taken and line not in tied)
    left = room - len(taken) if tied else 0
    return BallotOutcome(enough, base, order, tuple(taken), tied, left, beyond, short, votes=votes)


def by_group(
    ballot: Ballot, tally: Tally, bases: Bases, places: int | None, shares: Sequence[GroupPlaces]
) -> tuple[tuple[GroupPlaces, BallotOutcome], ...]:
    """Who is in, group by group where a quota divides those on the slip: each fills its own places, and each has a tie of its own. Who is of no
    group has no quota here. Groups of several quotas that have somebody in common stand together: all with enough votes are in where each
    has room for its own, else they are left to whoever chairs.
    """
    if not shares:
        whole = GroupPlaces("", places, tuple(map(int, tally.lines)))
        return ((whole, outcome(ballot, tally, bases, places)),)
    grouped = {line for one in shares for line in one.lines}
    rest = GroupPlaces("", None, tuple(line for line in map(int, tally.lines) if line not in grouped))
    return tuple(
        (_named(some), _of_some(ballot, tally, bases, some)) for some in (*_together(shares), (rest,)) if some[0].lines
    )


def crossing(shares: Sequence[GroupPlaces]) -> bool:
    """Whether somebody on the slip stands under several quotas."""
    lines = [line for one in shares for line in one.lines]
    return len(lines) != len(set(lines))


def _together(shares: Sequence[GroupPlaces]) -> list[tuple[GroupPlaces, ...]]:
    """Those that have somebody in common, directly or by others, stand together."""
    found: list[tuple[GroupPlaces, ...]] = []
    for one in shares:
        near = [some for some in found if any(set(one.lines) & set(other.lines) for other in some)]
        found = [some for some in found if some not in near]
        found.append((*(other for some in near for other in some), one))
    return found


def _named(some: Sequence[GroupPlaces]) -> GroupPlaces:
    if len(some) == 1:
        return some[0]
    lines = sorted({line for one in some for line in one.lines})
    return GroupPlaces(", ".join(dict.fromkeys(one.name for one in some if one.name)), None, tuple(lines))


def _of_some(ballot: Ballot, tally: Tally, bases: Bases, some: Sequence[GroupPlaces]) -> BallotOutcome:
    whole = _named(some)
    only = replace(tally, lines={str(line): tally.lines[str(line)] for line in whole.lines})
    came = outcome(ballot, only, bases, whole.places)
    if len(some) == 1 or came.needed is None:
        return came
    fits = all(one.places is None or sum(int(line) in one.lines for line in came.taken) <= one.places for one in some)
    return came if fits else replace(came, taken=(), left=came.taken)


def leading(counts: Mapping[str, int]) -> tuple[str, ...]:
    """What most slips marked for a line; several where they are equal: that is nobody's to settle here."""
    most = max(counts.values(), default=0)
    return tuple(option for option, votes in counts.items() if votes == most) if most else ()


def for_next_round(tally: Tally, option: str) -> tuple[str, ...]:
    """The lines that a second round may be about: for which most slips marked that option, the highest first. The texts do not say
    who comes into a second round: it is a proposal to whoever chairs.
    """
    found = [line for line, counts in tally.lines.items() if leading(counts) == (option,)]
    return tuple(sorted(found, key=lambda line: -tally.lines[line][option]))


def unanimous(tally: Tally) -> tuple[str, ...]:
    """The lines of which everybody's vote is known once the result is: all valid slips marked the same."""
    return tuple(line for line, counts in tally.lines.items() if tally.valid and max(counts.values()) == tally.valid)


def is_few(voters: int) -> bool:
    """Whether a secret ballot of so many keeps little secret, however it is held."""
    return voters < FEW


def is_early(cast: int, given: int) -> bool:
    """Whether a box that is closed now would tell what those few chose who have cast: fewer than `FEW` of many. Whoever leads could have one
    vote first, close, and read it in the count.
    """
    return is_few(cast) and 2 * cast < given


def same(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two lists of lines hold the same, in whatever order."""
    return sorted(first) == sorted(second)
