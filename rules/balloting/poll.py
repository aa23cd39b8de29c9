"""Polls: ballots that are held. Who takes part in which role, the stage of a poll, and what may be done at each stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rules.balloting.slips import OPTIONS, Tally
from rules.book.ballots import Choices

#: The least and greatest number of tellers of a secret poll; any `OPENING` of them can open the box.
FEWEST_TELLERS, MOST_TELLERS, OPENING = 3, 5, 2
#: A count of fewer ballots would name their voters.
FEWEST_BALLOTS = 2
#: How many tellers count paper slips, independently of each other.
COUNTING = 2
#: How often two counts may differ before whoever leads the poll decides whether to count again.
MOST_COUNTS = 3


class Mode(StrEnum):
    """How votes are given."""

    SECRET = "secret"  # noqa: S105 - a way to vote; on the page, nobody can tell whose is which
    OPEN = "open"  # by name
    PAPER = "paper"  # on printed slips; what two tellers count is kept


class Stage(StrEnum):
    """The stage of a poll.

    A secret poll goes through the first five, an open one from PREPARING to CASTING, one on paper from PREPARING to
    CLOSED.
    """

    PREPARING = "preparing"  # participants are chosen; the tellers' phones create their keys
    GATHERING = "gathering"  # everybody present is given a token
    CASTING = "casting"
    CLOSED = "closed"  # voting is over; the tellers count
    COUNTED = "counted"
    VOID = "void"  # more ballots than tokens, or a token used twice: nothing counts
    ENDED = "ended"  # abandoned without a result

    @property
    def over(self) -> bool:
        """Whether this is a final stage."""
        return self in {Stage.COUNTED, Stage.VOID, Stage.ENDED}


#: Mode → the stages that such a poll goes through.
WALK: dict[Mode, tuple[Stage, ...]] = {
    Mode.SECRET: (Stage.PREPARING, Stage.GATHERING, Stage.CASTING, Stage.CLOSED, Stage.COUNTED),
    Mode.OPEN: (Stage.PREPARING, Stage.CASTING, Stage.COUNTED),
    Mode.PAPER: (Stage.PREPARING, Stage.CLOSED, Stage.COUNTED),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A person or matter that is voted on: the text on the slip, and the person if they belong to the office."""

    text: str
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Taking:
    """A participant of a poll: a voter, a teller, or both."""

    person: int
    name: str
    voter: bool = True
    #: The teller's number, from 1.
    teller: int | None = None
    #: Whether they were given a token; in an open poll, whether they have voted (which is public there).
    received: bool = False
    #: For a teller: the public key that their phone created for this poll.
    public: bytes | None = None
    #: For a teller: whether they released their key for the count, or entered their count of paper slips.
    gave: bool = False


@dataclass(frozen=True, slots=True)
class GroupPlaces:
    """The room that the quota leaves for one group of lines. `places` is None when it is not known."""

    name: str
    places: int | None
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A pair of counts of paper slips that differed, and who entered each."""

    counts: tuple[tuple[str, Tally], ...]


@dataclass(frozen=True, slots=True)
class Poll:
    """A ballot that is held."""

    id: int
    office: int
    chair: int
    title: str
    mode: Mode
    choices: Choices
    lines: tuple[Line, ...]
    stage: Stage = Stage.PREPARING
    #: With `rule`: the rule that it follows, if there is one.
    rulebook: str = ""
    rule: str = ""
    #: The room that the quota leaves, as the chair states it.
    places: int | None = None
    campaign: int | None = None
    unit: int | None = None
    #: The meeting it belongs to, if any.
    meeting: int | None = None
    #: The key under which tokens are issued.
    public: bytes | None = None
    taking: tuple[Taking, ...] = ()
    #: The room for each group, where a quota divides the lines.
    shares: tuple[GroupPlaces, ...] = ()
    #: The address of its page, which nobody can guess.
    address: str = ""
    #: Counts of paper slips that differed. Each time that counting was allowed to go on, a new list begins.
    disagreed: tuple[tuple[Attempt, ...], ...] = ()

    @property
    def attempts(self) -> tuple[Attempt, ...]:
        """All counts of paper slips that differed, in the order in which they were entered."""
        return tuple(one for some in self.disagreed for one in some)

    @property
    def stuck(self) -> bool:
        """Whether counting stopped because counts differed too often: whoever leads the poll decides what happens next."""
        return bool(self.disagreed) and len(self.disagreed[-1]) >= MOST_COUNTS

    @property
    def options(self) -> tuple[str, ...]:
        """The options that may be marked for each line."""
        return OPTIONS[self.choices]

    @property
    def voters(self) -> tuple[Taking, ...]:
        """Everybody entitled to vote, present or not."""
        return tuple(one for one in self.taking if one.voter)

    @property
    def tellers(self) -> tuple[Taking, ...]:
        """The tellers, in the order of their numbers."""
        return tuple(sorted((one for one in self.taking if one.teller), key=lambda one: one.teller or 0))

    @property
    def received(self) -> int:
        """The number of tokens issued."""
        return sum(one.received for one in self.voters)

    def part_of(self, person: int) -> Taking | None:
        """A person's part in the poll, if they have one."""
        return next((one for one in self.taking if one.person == person), None)


def following(poll: Poll) -> Stage | None:
    """The next stage; None: the poll is over."""
    walk = WALK[poll.mode]
    return None if poll.stage.over else walk[walk.index(poll.stage) + 1]


def obstacles(poll: Poll, to: Stage, *, early: bool = False) -> Sequence[str]:
    """What prevents that stage now, as keys of the templates; empty: it may begin.

    `early`: the box holds so few ballots that counting would reveal them. Whether the count itself adds up is not
    checked here.
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
