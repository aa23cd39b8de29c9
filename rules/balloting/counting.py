"""What follows from a count, strictly by the clause. Whatever the clause leaves to a person is left to that person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from rules.balloting.poll import GroupPlaces
from rules.balloting.slips import AGREED, Tally
from rules.book.ballots import Ballot, Base

#: In a smaller group a secret ballot reveals nearly everything.
FEW = 5


@dataclass(frozen=True, slots=True)
class Bases:
    """The numbers of people or slips of which a share may be taken."""

    entitled: int
    present: int
    returned: int

    def of(self, base: Base) -> int:
        """The number of the base that the clause names."""
        return {Base.ENTITLED: self.entitled, Base.PRESENT: self.present, Base.RETURNED: self.returned}[base]


@dataclass(frozen=True, slots=True)
class BallotOutcome:
    """What a ballot settles about the lines that were agreed to. Every list has the line with most votes first."""

    #: The votes that suffice; None: the text names no share, and only the `order` is settled.
    needed: int | None
    base: int
    order: tuple[str, ...] = ()
    #: The lines that are accepted.
    taken: tuple[str, ...] = ()
    #: Lines with equal votes for fewer places than there are lines; the clause says who decides between them.
    tied: tuple[str, ...] = ()
    places_for_tied: int = 0
    #: Lines with enough votes for which no place is left.
    beyond: tuple[str, ...] = ()
    #: Lines with too few votes.
    short: tuple[str, ...] = ()
    #: Lines with enough votes under overlapping quotas without room for all of them. No text says which comes first.
    left: tuple[str, ...] = ()
    votes: Mapping[str, int] = field(default_factory=dict)


def needed(ballot: Ballot, bases: Bases) -> int | None:
    """The number of votes that suffice: more than 2/3 of 9 are 7, at least 2/3 of 9 are 6."""
    if ballot.share is None:
        return None
    part, whole = ballot.share
    of = bases.of(ballot.base)
    return of * part // whole + 1 if ballot.more_than else -(-of * part // whole)


def outcome(ballot: Ballot, tally: Tally, bases: Bases, places: int | None = None) -> BallotOutcome:
    """The outcome of a ballot. `places` is the room the quota leaves.

    None means that the room is not known: every line with enough votes is then accepted, and the quota is checked
    elsewhere. A tie for the last place stays open until whoever the clause names has settled it.
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
    """The outcome where quotas divide the lines into groups: each group fills its own places and has its own ties.

    A line in no group has no quota here. Overlapping groups are handled together: if each of them has room for all its
    lines with enough votes, these are accepted; otherwise the decision is left to the chair.
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
    """Whether somebody on the slip is counted under several quotas."""
    lines = [line for one in shares for line in one.lines]
    return len(lines) != len(set(lines))


def _together(shares: Sequence[GroupPlaces]) -> list[tuple[GroupPlaces, ...]]:
    """The groups joined wherever they share somebody, directly or through others."""
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
    """The option that most slips marked for a line. Several options are equal: nothing here decides between them."""
    most = max(counts.values(), default=0)
    return tuple(option for option, votes in counts.items() if votes == most) if most else ()


def for_next_round(tally: Tally, option: str) -> tuple[str, ...]:
    """The lines for which most slips marked that option, the highest first: a proposal to the chair for a second round.

    The texts do not say who takes part in a second round.
    """
    found = [line for line, counts in tally.lines.items() if leading(counts) == (option,)]
    return tuple(sorted(found, key=lambda line: -tally.lines[line][option]))


def unanimous(tally: Tally) -> tuple[str, ...]:
    """The lines whose result reveals everybody's vote, because all valid slips are marked alike."""
    return tuple(line for line, counts in tally.lines.items() if tally.valid and max(counts.values()) == tally.valid)


def is_few(voters: int) -> bool:
    """Whether so few people vote that no secret ballot can keep their votes secret."""
    return voters < FEW


def is_early(cast: int, given: int) -> bool:
    """Whether closing the box now would reveal votes: fewer than `FEW` of many people have voted.

    Otherwise the chair could let one person vote, close the box, and read that vote in the count.
    """
    return is_few(cast) and 2 * cast < given


def same(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two lists hold the same lines, in any order."""
    return sorted(first) == sorted(second)
