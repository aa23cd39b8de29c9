"""The score of a ledger: work assigned and done in a month or quarter, in converted units (Nghị định 335/2025/NĐ-CP,
Điều 13, 14, 18).

Quantity, quality and progress have the same denominator: the units of all assigned products. A product that is done
counts in full for quantity. For quality and progress, each content fault that was not accepted and each delay takes its
share of that product's points, down to zero at most. Causes that an authority confirmed as objective take nothing. Work
handed over to somebody else stays assigned and earns nothing; work beyond the plan is not assigned and adds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from rules.book.rulebook import Rulebook
from rules.book.scores import LedgerRule
from rules.book.scoring import Derivation, derive, formulas_for, plain
from rules.nouns.conditions import Facts
from rules.nouns.values import Subject

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Product:
    """One entry of a ledger."""

    name: str
    group: str
    assigned: int
    done: int
    #: For each product done: how many faults take points; `delays` are the same for lateness. Excused ones are not
    #: counted.
    faults: tuple[int, ...] = ()
    delays: tuple[int, ...] = ()
    extra: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of one person and period."""

    subject: Subject
    leader: bool
    period: str
    #: Group → units of one product.
    groups: Mapping[str, float]
    products: tuple[Product, ...]
    facts: Facts = field(default_factory=dict)
    #: Score table → row → points.
    points: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountedProduct:
    """A product in units: assigned, done, and the units that count for quality and progress."""

    product: Product
    assigned: float
    done: float
    quality: float
    progress: float


@dataclass(frozen=True, slots=True)
class Score:
    """The result of a ledger."""

    ledger: Ledger
    products: tuple[CountedProduct, ...]
    assigned: float
    #: All known facts, computed or given.
    facts: Facts
    #: The percentages that cannot be computed because nothing was assigned.
    insufficient: tuple[str, ...]
    #: The arithmetic, for explanation.
    steps: tuple[Derivation, ...]


PERCENTAGES = ("quantity_pct", "quality_pct", "progress_pct")


def score(book: Rulebook, rule: LedgerRule | None, ledger: Ledger) -> Score:
    """The percentages of the ledger, and what the formulas of `book` make of them. `rule` is required if there are
    products.
    """
    counted = tuple(_count(rule, ledger.groups, product) for product in ledger.products) if rule else ()
    percentages = _percentages([exact for _, exact in counted])
    facts = {**_table_points(book, ledger), **percentages, **ledger.facts}
    known, steps = derive(formulas_for(book.scores, ledger.subject, leader=ledger.leader), facts)
    return Score(
        ledger=ledger,
        products=tuple(one for one, _ in counted),
        assigned=plain(sum((exact[0] for _, exact in counted), Decimal())),
        facts=known,
        insufficient=tuple(name for name in PERCENTAGES if counted and name not in known),
        steps=steps,
    )


Units = tuple[Decimal, Decimal, Decimal, Decimal]


def _count(rule: LedgerRule, groups: Mapping[str, float], product: Product) -> tuple[CountedProduct, Units]:
    unit = Decimal(str(groups[product.group]))
    done = unit * product.done
    exact = (
        Decimal() if product.extra else unit * product.assigned,
        done,
        done - _taken(unit, rule.fault_takes_pct, product.faults),
        done - _taken(unit, rule.lateness_takes_pct, product.delays),
    )
    return CountedProduct(product, *(plain(number) for number in exact)), exact


def _taken(unit: Decimal, each_pct: float, times: Iterable[int]) -> Decimal:
    """The units that faults or delays take away, from each product no more than it has."""
    share = Decimal(str(each_pct)) / _HUNDRED
    return sum((unit * min(Decimal(1), share * count) for count in times), Decimal())


def _percentages(products: Iterable[Units]) -> dict[str, float]:
    """The percentages a, b and c; empty when nothing was assigned."""
    assigned, *aspects = (
        (sum(column, Decimal()) for column in zip(*products, strict=True)) if products else (Decimal(),)
    )
    if not assigned:
        return {}
    return {name: plain(_HUNDRED * part / assigned) for name, part in zip(PERCENTAGES, aspects, strict=True)}


def _table_points(book: Rulebook, ledger: Ledger) -> dict[str, float]:
    """The facts given by the points of score tables. A fact is known only if all its rows have points."""
    facts: dict[str, float] = {}
    for id_, points in ledger.points.items():
        table = book.tables[id_]
        rows = [
            (fact, row.key) for group in table.groups for row in group.criteria for fact in {table.gives, group.gives}
        ]
        for fact in dict.fromkeys(fact for fact, _ in rows if fact):
            keys = [key for gives, key in rows if gives == fact]
            if all(key in points for key in keys):
                facts[fact] = plain(sum((Decimal(str(points[key])) for key in keys), Decimal()))
    return facts
