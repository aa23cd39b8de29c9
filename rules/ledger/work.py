"""The lines of a ledger, and the score they give.

Nghị định 335/2025/NĐ-CP, Điều 18 khoản 1 điểm d: work that a person hands over stays assigned to them and earns
nothing; work that they take over, or do beyond the plan, is not assigned and earns. Điều 14 khoản 2: each content fault
and each delay takes from its product unless the authority confirmed an objective cause. Whoever did the work may state
a cause; it counts once the head has confirmed it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from rules.book.ledger import Ledger, Score, score
from rules.book.ledger import Product as Entry
from rules.book.rulebook import Rulebook
from rules.book.scoring import plain
from rules.ledger.catalogue import Product
from rules.nouns.people import Person

#: The greatest number of products in one line.
MOST_OF_A_LINE = 1000
#: How often one product can be found faulty or late, so that each time can still be counted.
MOST_TIMES = 20
#: The greatest number of lines in a ledger.
MOST_LINES = 100


class Origin(StrEnum):
    """How a line came into a ledger."""

    ASSIGNED = "assigned"
    EXTRA = "extra"  # beyond the plan (đột xuất, phát sinh)
    TAKEN_OVER = "taken_over"  # from a colleague


class SlipKind(StrEnum):
    """What takes points off a product."""

    FAULT = "fault"  # a serious fault of content
    DELAY = "delay"


class Giver(StrEnum):
    """Who wrote a line into somebody's ledger."""

    SELF = "self"
    HEAD = "head"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Slip:
    """How many `times` one product of the line was found faulty or was late."""

    kind: SlipKind
    times: int
    #: The cause that is claimed to be objective.
    reason: str = ""
    #: The head's answer to that; None: none yet. `by`: the head's name at that time.
    objective: bool | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class HandedWork:
    """How many of a line were handed over, and to which colleague (id, and name at that time)."""

    count: int
    to: int
    name: str


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A line: a number of one product, as counted by the catalogue of its time."""

    product: Product
    #: The number of that catalogue.
    catalogue: int
    count: int
    origin: Origin = Origin.ASSIGNED
    #: The work in the words of whoever entered it.
    what: str = ""
    done: int = 0
    slips: tuple[Slip, ...] = ()
    handed: tuple[HandedWork, ...] = ()
    giver: Giver = Giver.SELF
    #: The colleague from whom it was taken over.
    taken_from: str = ""
    removed: bool = False
    #: Its place in the ledger, from 1; 0: not stored yet.
    line: int = 0
    #: How often it was written.
    version: int = 0

    @property
    def own(self) -> int:
        """How many are left for the person themself, i.e. not handed over."""
        return self.count - sum(one.count for one in self.handed)

    @property
    def touched(self) -> bool:
        """Whether any work on it was recorded."""
        return bool(self.done or self.slips or self.handed)

    def taking(self, kind: SlipKind) -> tuple[int, ...]:
        """For each product: the times that take points, without those whose cause is confirmed as objective."""
        return tuple(slip.times for slip in self.slips if slip.kind is kind and not slip.objective)


@dataclass(frozen=True, slots=True)
class WorkLedger:
    """The ledger of a person for a period (`rules.nouns.periods`). `closed`: the sheet of the period was sent with it."""

    person: Person
    year: int
    period: str
    lines: tuple[WorkLine, ...] = ()
    closed: bool = False

    @property
    def named(self) -> str:
        """The period as buttons carry it: 2026m09."""
        return f"{self.year}{self.period}"

    @property
    def shown(self) -> tuple[WorkLine, ...]:
        """The lines that were not removed."""
        return tuple(line for line in self.lines if not line.removed)

    def line(self, number: int) -> WorkLine | None:
        """The line of that number, unless it was removed."""
        return next((line for line in self.shown if line.line == number), None)

    def reasons(self) -> tuple[tuple[WorkLine, int], ...]:
        """The causes that the head has not answered: the line, and the index of the slip in it."""
        return tuple(
            (line, place)
            for line in self.shown
            for place, slip in enumerate(line.slips)
            if slip.reason and slip.objective is None
        )

    def with_lines(self, lines: Iterable[WorkLine]) -> "WorkLedger":
        """The ledger after storing these lines: new ones are added at the end, others replaced."""
        found = {line.line: line for line in self.lines}
        for line in placed(lines, self.lines):
            found[line.line] = replace(line, version=line.version + 1)
        return replace(self, lines=tuple(found[number] for number in sorted(found)))


def placed(lines: Iterable[WorkLine], kept: Sequence[WorkLine]) -> tuple[WorkLine, ...]:
    """The lines, new ones numbered after those that are stored."""
    last = max((line.line for line in kept), default=0)
    found: list[WorkLine] = []
    for line in lines:
        last += not line.line
        found.append(line if line.line else replace(line, line=last))
    return tuple(found)


def counted(book: Rulebook, ledger: WorkLedger) -> Score:
    """The score of the ledger by the rules of `book`: units, percentages, and as much of the arithmetic as is known."""
    person = ledger.person
    groups: Mapping[str, float] = {str(line.line): line.product.coefficient for line in ledger.shown}
    entries = tuple(entry(line) for line in ledger.shown)
    return score(
        book,
        book.scores.ledger,
        Ledger(person.subject, person.leader, ledger.named, groups, entries),
    )


def entry(line: WorkLine) -> Entry:
    """The line for the arithmetic. Its number serves as its group, so that each line counts by the catalogue of its
    time.
    """
    return Entry(
        name=line.product.name,
        group=str(line.line),
        assigned=line.count if line.origin is Origin.ASSIGNED else 0,
        done=line.done,
        faults=line.taking(SlipKind.FAULT),
        delays=line.taking(SlipKind.DELAY),
        extra=line.origin is not Origin.ASSIGNED,
    )


class Misfit(StrEnum):
    """Why a line is not possible as entered."""

    COUNT = "count"  # not from 1 to MOST_OF_A_LINE
    DONE = "done"  # more done than the person has to do
    SLIPS = "slips"  # more products faulty or late than are done
    HANDED = "handed"  # more handed over than are left


def misfit(line: WorkLine) -> Misfit | None:
    """What is wrong with the line by itself; None if nothing is."""
    if not 0 < line.count <= MOST_OF_A_LINE:
        return Misfit.COUNT
    if line.own < 0:
        return Misfit.HANDED
    if not 0 <= line.done <= line.own:
        return Misfit.DONE
    if any(sum(slip.kind is kind for slip in line.slips) > line.done for kind in SlipKind):
        return Misfit.SLIPS
    return None


def hand_over(line: WorkLine, count: int, giver: Person, taker: Person) -> tuple[WorkLine, WorkLine]:
    """The two lines after handing over `count`: the giver's stays assigned, the receiver's is extra."""
    left = replace(line, handed=(*line.handed, HandedWork(count, taker.id, taker.name)))
    taken = WorkLine(
        line.product, line.catalogue, count, Origin.TAKEN_OVER, line.what, giver=Giver.HEAD, taken_from=giver.name
    )
    return left, taken


def units(lines: Sequence[WorkLine]) -> tuple[float, float]:
    """The standard units that are assigned, and those beyond the plan or taken over."""
    worth = {line.line: Decimal(str(line.product.coefficient)) * line.count for line in lines}
    assigned = sum((worth[line.line] for line in lines if line.origin is Origin.ASSIGNED), Decimal())
    return plain(assigned), plain(sum(worth.values(), Decimal()) - assigned)
