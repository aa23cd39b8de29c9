"""Computing scores: the formulas of a rulebook applied to the known facts. Results are exact, never estimated.

Sums and means are decimal, as on paper: 2,4 + 2,5 is 4,9, and a mean of exactly 90 reaches 90. A value that was given
directly is used, and what the formulas make of its parts is reported beside it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from itertools import product

from rules.book.facts import FACTS
from rules.book.owed import owed
from rules.book.scores import Formula, Operation, Scores
from rules.nouns.conditions import Facts, FactValue
from rules.nouns.values import Subject

#: Enough digits that no rounding of a third shows in a float.
_DECIMAL = Context(prec=40)
_HUNDRED = Decimal(100)
_NINE, _NEAR = Decimal("1e-9"), Decimal("1e-12")
_ENDLESS = Decimal("Infinity")
Numbers = tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """One step of the arithmetic."""

    formula: Formula
    #: What `formula` makes of `inputs` (a list stands for its elements).
    value: float
    inputs: tuple[tuple[str, tuple[float, ...]], ...]
    #: The formula's own limit determined the value.
    limited: bool = False
    #: The value that was given directly and is used instead.
    given: float | None = None


def formulas_for(scores: Scores, subject: Subject, *, leader: bool) -> tuple[Formula, ...]:
    """The formulas for such a subject, in order."""
    kind: Mapping[str, object] = {"subject": subject.value, "leader": leader}

    def about(formula: Formula) -> bool:
        asked = ((kind[test.fact], test.value) for test in formula.when.tests)
        return all(is_ in value if isinstance(value, tuple) else is_ == value for is_, value in asked)

    return tuple(formula for formula in scores.formulas if about(formula))


def derive(formulas: Iterable[Formula], facts: Facts) -> tuple[Facts, tuple[Derivation, ...]]:
    """The facts together with those that the formulas add, and every step. If several formulas give one value, the
    first applies.
    """
    exact: dict[str, FactValue | Decimal] = dict(facts)
    steps: dict[str, Derivation] = {}
    for formula in formulas:
        if formula.gives in steps:
            continue
        if formula.operation is Operation.COUNT:
            counted = _counted(formula, exact)
            if counted and counted.low == counted.high:
                steps[formula.gives] = _step(
                    formula, counted.told, Decimal(counted.low), Decimal(counted.low), facts.get(formula.gives)
                )
                exact.setdefault(formula.gives, Decimal(counted.low))
            continue
        names = _counting(formula, exact)
        inputs = [numbers for name in names if (numbers := _numbers(exact.get(name)))]
        worked_out = _calculated(formula, inputs) if inputs and len(inputs) == len(names) else None
        if worked_out is not None:
            value = _limited(formula, worked_out)
            told = dict(zip(names, inputs, strict=True))
            steps[formula.gives] = _step(formula, told, value, worked_out, facts.get(formula.gives))
            exact.setdefault(formula.gives, value)
    added = {name: plain(value) for name, value in exact.items() if isinstance(value, Decimal) and name in FACTS}
    return {**facts, **added}, tuple(steps.values())


def _counting(formula: Formula, facts: Mapping[str, object]) -> tuple[str, ...]:
    """The inputs that make up the value: all of them, or of months those that are owed; none while one of these is
    open.
    """
    if formula.operation is not Operation.MEAN_OWED:
        return formula.inputs
    found = owed(formula.inputs, facts)
    return () if found.open else found.known


@dataclass(frozen=True, slots=True)
class _Counted:
    """The least and greatest number of periods that satisfy a COUNT, and for each known period whether it does."""

    low: int
    high: int
    told: Mapping[str, Numbers]


def _counted(formula: Formula, facts: Mapping[str, object]) -> _Counted | None:
    """None if nothing is known of any period. A period that is not owed (`months_without`, `quarters_without`) does not
    count.
    """
    without = {*_names(facts.get("months_without")), *_names(facts.get("quarters_without"))}
    able = [name for name in formula.inputs if name.rpartition(".")[2] not in without]
    told = {name: (Decimal(int(_matches(formula, facts[name]))),) for name in able if name in facts}
    low = sum(int(one) for (one,) in told.values())
    return _Counted(low, low + len(able) - len(told), told) if told or not able else None


def _names(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _matches(formula: Formula, value: object) -> bool:
    if formula.rated:
        return value in formula.rated
    low, high = formula.scored
    return isinstance(value, int | float | Decimal) and low <= value < high


def _joining(formula: Formula, facts: Facts) -> tuple[str, ...]:
    """The months that may become part of the mean."""
    found = owed(formula.inputs, facts)
    return (*found.known, *found.may) or formula.inputs


def derivable(formulas: Iterable[Formula], told: Iterable[str]) -> set[str]:
    """`told`, and every name that the formulas give once these are known."""
    known = set(told)
    for formula in formulas:
        if known.issuperset(formula.inputs):
            known.add(formula.gives)
    return known


def open_inputs(formulas: tuple[Formula, ...], facts: Facts, name: str) -> tuple[str, ...]:
    """The facts still needed for `name`: those of the formula of which most is known, or `name` itself if it has no
    formula.
    """
    ways = _live(formulas, facts, name)
    if name in facts or not ways:
        return () if name in facts else (name,)
    best = max(ways, key=lambda way: sum(not open_inputs(formulas, facts, one) for one in way.inputs))
    if best.operation is Operation.MEAN_OWED:
        return owed(best.inputs, facts).open
    if best.operation is Operation.COUNT:
        without = {*_names(facts.get("months_without")), *_names(facts.get("quarters_without"))}
        return tuple(one for one in best.inputs if one not in facts and one.rpartition(".")[2] not in without)
    return tuple(dict.fromkeys(one for input_ in best.inputs for one in open_inputs(formulas, facts, input_)))


def reach(formulas: tuple[Formula, ...], facts: Facts, name: str) -> tuple[tuple[float, float], ...]:
    """The ranges in which `name` may still lie, whatever the unknown facts are: lowest first, not overlapping.

    If something of a formula is known, the unknown facts will complete that one. Formulas of which nothing is known
    matter only if this is so of all of them.
    """
    spans = sorted((float(min(low)), float(max(high))) for low, high in _spans(formulas, facts, name))
    joined = [spans[0]]
    for low, high in spans[1:]:
        if low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)


def _live(formulas: tuple[Formula, ...], facts: Facts, name: str) -> tuple[Formula, ...]:
    """The formulas for `name` that may still apply."""
    ways = tuple(formula for formula in formulas if formula.gives == name)
    begun = tuple(way for way in ways if any(_begun(formulas, facts, one) for one in way.inputs))
    return begun or ways


def _begun(formulas: tuple[Formula, ...], facts: Facts, name: str) -> bool:
    """Whether anything is known from which `name` is computed."""
    ways = (formula for formula in formulas if formula.gives == name)
    return name in facts or any(_begun(formulas, facts, one) for way in ways for one in way.inputs)


_Span = tuple[Numbers, Numbers]


def _spans(formulas: tuple[Formula, ...], facts: Facts, name: str) -> set[_Span]:
    """The range of `name` with every unknown as low and as high as possible, for every value of a fact that has few."""
    known = _numbers(facts.get(name))
    if known is not None:
        return {(known, known)}
    if ways := _live(formulas, facts, name):
        return {span for formula in ways for span in _spans_of(formula, formulas, facts)}
    fact = FACTS.get(name)
    if fact is not None and fact.values:
        return {(one, one) for value in fact.values for one in [(Decimal(str(value)),)]}
    top = None if fact is None else fact.maximum
    return {((Decimal(str(fact.minimum if fact else 0)),), (_ENDLESS if top is None else Decimal(str(top)),))}


def _spans_of(formula: Formula, formulas: tuple[Formula, ...], facts: Facts) -> Iterator[_Span]:
    """The range of one formula. Every operation except RATIO and COUNT grows with each of its inputs."""
    if formula.operation is Operation.COUNT:
        counted = _counted(formula, facts)
        found = (counted.low, counted.high) if counted else (0, len(formula.inputs))
        yield from ({((Decimal(one),), (Decimal(one),)) for one in range(found[0], found[1] + 1)})
        return
    if formula.operation is Operation.RATIO:
        yield (_limited(formula, Decimal(0)),), (_limited(formula, _ENDLESS),)
        return
    if formula.operation is Operation.MEAN_OWED:
        formula = replace(formula, inputs=_joining(formula, facts))
    for chosen in product(*(_spans(formulas, facts, name) for name in formula.inputs)):
        low = _calculated(formula, [low for low, _ in chosen])
        high = _calculated(formula, [high for _, high in chosen])
        assert low is not None, "only a RATIO may have no value"
        assert high is not None, "only a RATIO may have no value"
        yield (_limited(formula, low),), (_limited(formula, high),)


def _calculated(formula: Formula, inputs: Sequence[Numbers]) -> Decimal | None:
    """The formula's result before its limits; None for a division by zero."""
    numbers = [number for input_ in inputs for number in input_]
    match formula.operation:
        case Operation.SUM:
            return _total(numbers)
        case Operation.MEAN:
            return _DECIMAL.divide(_total(numbers), Decimal(len(numbers)))
        case Operation.MEAN_OWED:
            return _settled(_DECIMAL.divide(_total(numbers), Decimal(len(numbers))))
        case Operation.PERCENT:
            return _DECIMAL.divide(_DECIMAL.multiply(_total(numbers), Decimal(str(formula.of))), _HUNDRED)
        case Operation.COUNT:
            raise AssertionError("counted, not calculated")
        case Operation.RATIO:
            part, whole = numbers
            return _DECIMAL.divide(_DECIMAL.multiply(part, _HUNDRED), whole) if whole else None


def _settled(mean: Decimal) -> Decimal:
    """The mean rounded so that thirds held as floats add up to whole numbers again: a year of exactly 90 reaches 90.

    No mean of points with two decimals comes as close to a number with nine decimals without being equal to it.
    """
    short = mean.quantize(_NINE)
    return short if abs(mean - short) < _NEAR else mean


def _total(numbers: Iterable[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = _DECIMAL.add(total, number)
    return total


def _limited(formula: Formula, value: Decimal) -> Decimal:
    if formula.at_most is not None:
        value = min(value, Decimal(str(formula.at_most)))
    return value if formula.at_least is None else max(value, Decimal(str(formula.at_least)))


def _step(
    formula: Formula, inputs: Mapping[str, Numbers], value: Decimal, worked_out: Decimal, given: object
) -> Derivation:
    return Derivation(
        formula=formula,
        value=plain(value),
        inputs=tuple((name, tuple(plain(number) for number in numbers)) for name, numbers in inputs.items()),
        limited=value != worked_out,
        given=float(given) if isinstance(given, int | float) else None,
    )


def _numbers(value: FactValue | Decimal | None) -> Numbers | None:
    """A value as numbers: the elements of a list; None for an unknown value or a word."""
    if isinstance(value, Decimal):
        return (value,)
    if isinstance(value, tuple):
        return tuple(Decimal(str(one)) for one in value)
    if value is None or isinstance(value, str):
        return None
    return (Decimal(str(value)),)


def plain(value: Decimal) -> float:
    """The number as people write it: 84 rather than 84.0, thirds to the last digit that a float has."""
    return int(value) if value == value.to_integral_value() else float(value)
