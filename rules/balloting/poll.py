"""Polls: ballots that are held. Who takes part as what, how far it is, and what may be done now."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.balloting.slips import OPTIONS, Tally
from rules.book.ballots import Choices

#: A secret poll has so many tellers at least, and at most; any `OPENING` of them open the box.
FEWEST_TELLERS, MOST_TELLERS, OPENING = 3, 5, 2
#: The count of one ballot names who cast it.
FEWEST_BALLOTS = 2
#: Paper is counted by two, apart from each other.
COUNTING = 2
#: So often two may enter counts that are not alike; then whoever leads decides whether they count on.
MOST_COUNTS = 3


class Mode(StrEnum):
    """How votes are given."""

    SECRET = "secret"  # noqa: S105 - a way to vote; on the page, nobody can tell whose is which
    OPEN = "open"  # by name
    PAPER = "paper"  # on printed slips; what two tellers count is kept


class Stage(StrEnum):
    """How far a poll is. A secret one walks through all of the first five, an open one from PREPARING to CASTING, one of paper
    from PREPARING to CLOSED.
    """

    PREPARING = "preparing"  # who takes part is set; the tellers' phones make their keys
    GATHERING = "gathering"  # who is present is given a token
    CASTING = "casting"
    CLOSED = "closed"  # nobody casts any more; the tellers count
    COUNTED = "counted"
    VOID = "void"  # more ballots than tokens, or a token spent twice: nothing of it counts
    ENDED = "ended"  # given up without a result

    @property
    def over(self) -> bool:
        """Whether nothing more happens to it."""
        return self in {Stage.COUNTED, Stage.VOID, Stage.ENDED}


#: Mode → the stages it walks through.
WALK: dict[Mode, tuple[Stage, ...]] = {
    Mode.SECRET: (Stage.PREPARING, Stage.GATHERING, Stage.CASTING, Stage.CLOSED, Stage.COUNTED),
    Mode.OPEN: (Stage.PREPARING, Stage.CASTING, Stage.COUNTED),
    Mode.PAPER: (Stage.PREPARING, Stage.CLOSED, Stage.COUNTED),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Who or what is voted on: what stands on the slip; the person, where it is one of the office."""

    text: str
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Taking:
    """Somebody who takes part: as a voter, as a teller (by number, from 1), or both.

    `received`: whether a token was given to them (of an open poll: whether they have voted, which is known by name anyway).
    `public`: of a teller the key that this phone made for this poll; `gave`: whether they gave theirs up for the count, or entered
    their count of paper.
    """

    person: int
    name: str
    voter: bool = True
    teller: int | None = None
    received: bool = False
    public: bytes | None = None
    gave: bool = False


@dataclass(frozen=True, slots=True)
class GroupPlaces:
    """What the quota leaves one group of those on the slip: its name, its places (None: not known), which lines are of it."""

    name: str
    places: int | None
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """Two counts of paper that were not alike: who entered what."""

    counts: tuple[tuple[str, Tally], ...]


@dataclass(frozen=True, slots=True)
class Poll:
    """A ballot that is held: `rule` of `rulebook` is what it follows, where one does. `places`: what the quota leaves room for, as
    whoever chairs says; `shares`: that for each group, where it divides those on the slip. `meeting`: of which it is a part, where it is one. `public`: the key under which tokens are given. `address`: where
    its page stands, which nobody can guess. `disagreed`: counts of paper that were not alike; each time whoever leads had them counted on, a
    list of its own.
    """

    id: int
    office: int
    chair: int
    title: str
    mode: Mode
    choices: Choices
    lines: tuple[Line, ...]
    stage: Stage = Stage.PREPARING
    rulebook: str = ""
    rule: str = ""
    places: int | None = None
    campaign: int | None = None
    unit: int | None = None
    meeting: int | None = None
    public: bytes | None = None
    taking: tuple[Taking, ...] = ()
    shares: tuple[GroupPlaces, ...] = ()
    address: str = ""
    disagreed: tuple[tuple[Attempt, ...], ...] = ()

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """All counts of paper that were not alike, in the order in which they were entered."""
        return tuple(one for some in self.disagreed for one in some)

    @property
    def stuck(self) -> bool:
        """Whether tellers enter no count any more, since theirs were not alike too often: whoever leads decides what comes of it."""
        return bool(self.disagreed) and len(self.disagreed[-1]) >= MOST_COUNTS

    @property
    def options(self) -> tuple[str, ...]:
        """What may be marked for each line."""
        return OPTIONS[self.choices]

    @property
    def voters(self) -> tuple[Taking, ...]:
        """Everybody with a vote, present or not."""
        return tuple(one for one in self.taking if one.voter)

    @property
    def tellers(self) -> tuple[Taking, ...]:
        """By their numbers."""
        return tuple(sorted((one for one in self.taking if one.teller), key=lambda one: one.teller or 0))

    @property
    def received(self) -> int:
        """Tokens given."""
        return sum(one.received for one in self.voters)

    def part_of(self, person: int) -> Taking | None:
        """What somebody is in it."""
        return next((one for one in self.taking if one.person == person), None)


def following(poll: Poll) -> Stage | None:
    """The next stage; None: it is over."""
    walk = WALK[poll.mode]
    return None if poll.stage.over else walk[walk.index(poll.stage) + 1]


def obstacles(poll: Poll, to: Stage, *, early: bool = False) -> Sequence[str]:
    """What stands against that stage now (keys of the templates); none: it may begin. `early`: the box holds so few ballots that its count
    would tell them.

    Counted by the count itself: that is not asked here.
    """
    if poll.stage.over:
        return ("over",)
    if to is Stage.ENDED:
        return ()
    if to is not following(poll):
        return ("order",)
    found = []
    if poll.stage is Stage.PREPARING:
        found += [] if poll.lines else ["lines"]
        found += [] if poll.voters else ["voters"]
        found += _of_tellers(poll)
    if poll.stage is Stage.GATHERING and poll.received < FEWEST_BALLOTS:
        found.append("alone" if poll.received else "nobody")
    if to is Stage.CLOSED and early:
        found.append("early")
    return found


def _of_tellers(poll: Poll) -> Sequence[str]:
    match poll.mode:
        case Mode.SECRET if not FEWEST_TELLERS <= len(poll.tellers) <= MOST_TELLERS:
            return ("tellers",)
        case Mode.SECRET if any(one.public is None for one in poll.tellers):
            return ("keys",)
        case Mode.PAPER if len(poll.tellers) < COUNTING:
            return ("two_tellers",)
    return ()
