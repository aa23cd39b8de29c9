"""The lines of a ledger, and what they come to.

Nghị định 335/2025/NĐ-CP, Điều 18 khoản 1 điểm d: what somebody hands over stays in what was assigned to them and earns nothing;
what they take over, or do beyond the plan, is not in what was assigned and earns. Điều 14 khoản 2: each content fault and each
lateness takes of its product, unless the authority confirmed that its cause was objective: who did the work may give a
reason, it counts when the head has said so.
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

#: Of one line, at most.
MOST_OF_A_LINE = 1000
#: Times that one product can be found faulty or late and still be counted one by one.
MOST_TIMES = 20
#: Lines of one ledger.
MOST_LINES = 100


class Origin(StrEnum):
    """How a line came to somebody."""

    ASSIGNED = "assigned"
    EXTRA = "extra"  # beyond the plan (đột xuất, phát sinh)
    TAKEN_OVER = "taken_over"  # from a colleague


class SlipKind(StrEnum):
    """What takes of a product."""

    FAULT = "fault"  # a great fault of content
    DELAY = "delay"


class Giver(StrEnum):
    """Who wrote that a line is somebody's."""

    SELF = "self"
    HEAD = "head"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Slip:
    """How many `times` one product of the line was found faulty, or was late. `reason`: the cause that is said to be objective;
    `objective`: what the head said to it (None: nothing yet), `by` whom (their name then).
    """

    kind: SlipKind
    times: int
    reason: str = ""
    objective: bool | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class HandedWork:
    """So many of a line were handed over to a colleague (their id, and name then)."""

    count: int
    to: int
    name: str


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A line: so many of a product, as the catalogue of that `number` counted it then. `line`: its place in the ledger, from 1
    (0: not kept yet); `version`: how often it was written. `what`: in the words of who wrote it. `taken_from`: whose it was.
    """

    product: Product
    catalogue: int
    count: int
    origin: Origin = Origin.ASSIGNED
    what: str = ""
    done: int = 0
    slips: tuple[Slip, ...] = ()
    handed: tuple[HandedWork, ...] = ()
    giver: Giver = Giver.SELF
    taken_from: str = ""
    removed: bool = False
    line: int = 0
    version: int = 0

    @property
    def own(self) -> int:
        """How many are left to do: what was not handed over."""
        return self.count - sum(one.count for one in self.handed)

    @property
    def touched(self) -> bool:
        """Whether something was written of how it is done."""
        return bool(self.done or self.slips or self.handed)

    def taking(self, kind: SlipKind) -> tuple[int, ...]:
        """The times that take of the products, product by product: without those whose cause is confirmed as objective."""
        return tuple(slip.times for slip in self.slips if slip.kind is kind and not slip.objective)


@dataclass(frozen=True, slots=True)
class WorkLedger:
    """The ledger of a person and period (`rules.nouns.periods`). `closed`: the sheet of the period was sent, as it stands."""

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
        """The lines that stand."""
        return tuple(line for line in self.lines if not line.removed)

    def line(self, number: int) -> WorkLine | None:
        """The line of that number, unless it was taken out."""
        return next((line for line in self.shown if line.line == number), None)

    def reasons(self) -> tuple[tuple[WorkLine, int], ...]:
        """The causes that the head has said nothing to yet: the line, and the place of the slip in it."""
        return tuple(
            (line, place)
            for line in self.shown
            for place, slip in enumerate(line.slips)
            if slip.reason and slip.objective is None
        )

    def with_lines(self, lines: Iterable[WorkLine]) -> "WorkLedger":
        """The ledger once these lines are kept: new ones at its end, the others in their place."""
        found = {line.line: line for line in self.lines}
        for line in placed(lines, self.lines):
            found[line.line] = replace(line, version=line.version + 1)
        return replace(self, lines=tuple(found[number] for number in sorted(found)))


def placed(lines: Iterable[WorkLine], kept: Sequence[WorkLine]) -> tuple[WorkLine, ...]:
    """The lines, new ones with their place after those that are kept."""
    last = max((line.line for line in kept), default=0)
    found: list[WorkLine] = []
    for line in lines:
        last += not line.line
        found.append(line if line.line else replace(line, line=last))
    return tuple(found)


def counted(book: Rulebook, ledger: WorkLedger) -> Score:
    """What the ledger comes to by the rules of `book`: units, percentages, and the arithmetic as far as it is known."""
    person = ledger.person
    groups: Mapping[str, float] = {str(line.line): line.product.coefficient for line in ledger.shown}
    entries = tuple(entry(line) for line in ledger.shown)
    return score(
        book,
        book.scores.ledger,
        Ledger(person.subject, person.leader, ledger.named, groups, entries),
    )


def entry(line: WorkLine) -> Entry:
    """The line as the arithmetic takes it; its own number is its group, so that each counts by the catalogue of its day."""
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
    """Why a line cannot be as somebody wrote it."""

    COUNT = "count"  # from 1 to MOST_OF_A_LINE
    DONE = "done"  # more done than are theirs to do
    SLIPS = "slips"  # more products faulty or late than are done
    HANDED = "handed"  # more handed over than are left


def misfit(line: WorkLine) -> Misfit | None:
    """What is wrong with the line by itself; None where nothing is."""
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
    """The line of who hands `count` of it over, and that of who takes it: the first stays assigned, the second is extra."""
    left = replace(line, handed=(*line.handed, HandedWork(count, taker.id, taker.name)))
    taken = WorkLine(
        line.product, line.catalogue, count, Origin.TAKEN_OVER, line.what, giver=Giver.HEAD, taken_from=giver.name
    )
    return left, taken


def units(lines: Sequence[WorkLine]) -> tuple[float, float]:
    """Standard units assigned, and beyond the plan or taken over."""
    worth = {line.line: Decimal(str(line.product.coefficient)) * line.count for line in lines}
    assigned = sum((worth[line.line] for line in lines if line.origin is Origin.ASSIGNED), Decimal())
    return plain(assigned), plain(sum(worth.values(), Decimal()) - assigned)
