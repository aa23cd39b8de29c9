"""The rules for one kind of subject, made ready once and asked many times.

What a case amounts to is a set of bits, a *state*: which rating has an unmet condition, whether a ground
of `not_completed` is met, which caps and exclusions are off. Every value of a fact adds its bits, whatever
the other facts are, so all outcomes that are still open come from the few states that the unknown facts
can add up to: exact, without trying all combinations of values.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import count
from math import inf

from rules.book.clauses import Cap, Condition, GapRule, NotRatedRule, RatingRules
from rules.book.compare import Holds, compiled, telling_values
from rules.book.scores import Formula, Scores
from rules.book.scoring import formulas_for
from rules.book.suggestion import Finding
from rules.nouns.conditions import FactValue, Operator, Test, describe
from rules.nouns.values import Rating, Subject, Verdict

#: The ratings whose conditions must all hold, highest first, and the bit that says one does not.
ASKED = (Rating.EXCELLENT, Rating.GOOD, Rating.COMPLETED)
FAILS = {rating: 1 << position for position, rating in enumerate(ASKED)}
GROUND = 1 << len(ASKED)
_FIRST_FREE = len(ASKED) + 1

#: Findings kept of a condition.
_KEPT = 512


@dataclass(frozen=True, slots=True)
class Probe:
    """A test and the bits it adds to the state when it is met or unmet; `unknown` those when its fact is not known.
    `waited`: whether that leaves open what comes of it.
    """

    test: Test
    holds: Holds
    met: int = 0
    unmet: int = 0
    unknown: int = 0
    waited: bool = True


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition of a rating. `judge` gives the finding of a value and the bits it adds, `unknown` that of no value.

    The same value gives the same finding: they are kept, so that rating many cases makes each only once.
    """

    probe: Probe
    fact: str
    judge: Callable[[FactValue], tuple[Finding, int]]
    unknown: Finding


@dataclass(frozen=True, slots=True)
class CapLine:
    """A cap. `off` is the bit that says that `when` does not hold or `unless` does; `limits` are the bits of a limit that a fact holds,
    highest first, and `steps` the probes that add them.
    """

    cap: Cap
    when: tuple[Probe, ...]
    unless: tuple[Probe, ...]
    off: int
    limits: tuple[tuple[Rating, int], ...]
    steps: tuple[Probe, ...]
    condition: str  # `when` as text


@dataclass(frozen=True, slots=True)
class ExclusionLine:
    """A rule by which there is no rating. `off` says it does not hold."""

    rule: NotRatedRule
    when: tuple[Probe, ...]
    off: int


@dataclass(frozen=True, slots=True)
class GapLine:
    """What the text says of a gap. `off` says it speaks of another case."""

    rule: GapRule
    when: tuple[Probe, ...]
    off: int


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Everything a suggestion needs for one (subject, leader). Made once, it is one thing: what comes of its states is kept by it.

    `one_of`: the ratings that need one condition of a group, with the bit that says one is met; `together`: the
    bits that say a ground is off that needs several conditions. `formulas`: those about such a subject.
    `gaps`: what is said of a gap, in order. `others`: the probes of caps, exclusions and gaps; `probes`: all, by fact; `facts`: every fact that is asked about, in the order of the
    rulebook; `masks`: the different bits that the values of such a fact can add while it is open.
    """

    subject: Subject
    leader: bool
    lines: tuple[ConditionLine, ...]
    caps: tuple[CapLine, ...]
    exclusions: tuple[ExclusionLine, ...]
    others: tuple[Probe, ...]
    facts: tuple[str, ...]
    masks: Mapping[str, frozenset[int]]
    notes: tuple[str, ...]
    one_of: tuple[tuple[Rating, int], ...] = ()
    together: tuple[int, ...] = ()
    formulas: tuple[Formula, ...] = ()
    gaps: tuple[GapLine, ...] = ()
    probes: Mapping[str, tuple[Probe, ...]] = field(default_factory=dict)


def make_ready(
    rules: RatingRules, caps: tuple[Cap, ...], not_rated: tuple[NotRatedRule, ...], scores: Scores | None = None
) -> Profile:
    """The profile of `rules`. Caps, exclusions and formulas that are about others are left out."""
    bits = _bits()
    groups = {
        (rating, condition.group): next(bits)
        for rating in Rating
        for condition in _first_of_groups(rules.conditions.get(rating, ()))
    }
    lines = tuple(
        _line(rating, condition, groups.get((rating, condition.group), 0))
        for rating in Rating
        for condition in rules.conditions.get(rating, ())
    )
    exclusions = tuple(_exclusion(rule, rules, next(bits)) for rule in not_rated if _about(rule.when.tests, rules))
    cap_lines = tuple(
        _cap(
            cap, rules, next(bits), tuple((rating, next(bits)) for rating in Rating if rating.rank and cap.at_most_fact)
        )
        for cap in caps
        if _about(cap.when.tests, rules)
    )
    gaps = tuple(_gap(rule, rules, next(bits)) for rule in rules.otherwise)
    others = (
        *(probe for line in gaps for probe in line.when),
        *(probe for line in exclusions for probe in line.when),
        *(probe for line in cap_lines for probe in (*line.when, *line.unless, *line.steps)),
    )
    probes = _by_fact((*(line.probe for line in lines), *others))
    open_probes = {fact: asked for fact, every in probes.items() if (asked := _waited_for(every))}
    return Profile(
        subject=rules.subject,
        leader=rules.leader,
        lines=lines,
        caps=cap_lines,
        exclusions=exclusions,
        others=others,
        facts=tuple(open_probes),
        masks={fact: _masks(fact, asked) for fact, asked in open_probes.items()},
        notes=rules.notes,
        one_of=tuple((rating, bit) for (rating, _), bit in groups.items() if rating in FAILS),
        together=tuple(bit for (rating, _), bit in groups.items() if rating not in FAILS),
        formulas=formulas_for(scores, rules.subject, leader=rules.leader) if scores else (),
        gaps=gaps,
        probes=probes,
    )


def _bits() -> Iterator[int]:
    """Bits that no rating uses."""
    return (1 << position for position in count(_FIRST_FREE))


def masks_within(profile: Profile, fact: str, low: float, high: float) -> frozenset[int]:
    """As `profile.masks`, where the value can only lie between `low` and `high` (both inside)."""
    probes = _waited_for(profile.probes[fact])
    values = {value for value in telling_values(fact, (probe.test for probe in probes)) if low <= _plain(value) <= high}
    ends = (end for end in (low, high) if end < inf)
    return frozenset(_mask(probes, value) for value in (*values, *ends))


def _waited_for(probes: tuple[Probe, ...]) -> tuple[Probe, ...]:
    """Those whose fact is waited for: what must be known to count adds the same bits as long as it is not."""
    return tuple(probe for probe in probes if probe.waited)


def _plain(value: FactValue) -> float:
    assert isinstance(value, int | float)
    return value


def _first_of_groups(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    seen: set[int] = set()
    for condition in conditions:
        if condition.group and condition.group not in seen:
            seen.add(condition.group)
            yield condition


def _masks(fact: str, probes: tuple[Probe, ...]) -> frozenset[int]:
    values = telling_values(fact, (probe.test for probe in probes))
    return frozenset(_mask(probes, value) for value in values)


def _mask(probes: tuple[Probe, ...], value: FactValue) -> int:
    """The bits that `value` adds through the probes of its fact."""
    bits = 0
    for probe in probes:
        bits |= probe.met if probe.holds(value) else probe.unmet
    return bits


def _line(rating: Rating, condition: Condition, group: int) -> ConditionLine:
    test = condition.test
    holds = compiled(test)
    unknown = Verdict.MET if condition.only_known else Verdict.UNKNOWN
    if rating in FAILS:
        probe = Probe(test, holds, met=group) if group else Probe(test, holds, unmet=FAILS[rating])
    else:
        probe = Probe(test, holds, unmet=group) if group else Probe(test, holds, met=GROUND)
    probe = replace(probe, waited=not condition.only_known)

    def finding(value: FactValue | None, verdict: Verdict) -> Finding:
        return Finding(
            rating=rating,
            fact=test.fact,
            op=test.op,
            asked=test.value,
            value=value,
            verdict=verdict,
            cite=condition.cite,
            note=condition.note,
            unverified=condition.unverified,
            group=condition.group,
        )

    @lru_cache(maxsize=_KEPT, typed=True)  # typed: 100 and 100.0 are shown as they were given
    def judge(value: FactValue) -> tuple[Finding, int]:
        if holds(value):
            return finding(value, Verdict.MET), probe.met
        return finding(value, Verdict.UNMET), probe.unmet

    return ConditionLine(probe, test.fact, judge, finding(None, unknown))


def _gap(rule: GapRule, rules: RatingRules, off: int) -> GapLine:
    return GapLine(rule, _when(rule.when.tests if rule.when else (), rules, off), off)


def _exclusion(rule: NotRatedRule, rules: RatingRules, off: int) -> ExclusionLine:
    probes = _when(rule.when.tests, rules, off)
    if rule.only_known:
        probes = tuple(replace(probe, unknown=off, waited=False) for probe in probes)
    return ExclusionLine(rule, probes, off)


def _cap(cap: Cap, rules: RatingRules, off: int, limits: tuple[tuple[Rating, int], ...]) -> CapLine:
    held = (Test(cap.at_most_fact, Operator.AT_MOST, rating.value) for rating, _ in limits)
    steps = tuple(Probe(test, compiled(test), met=bit) for test, (_, bit) in zip(held, limits, strict=True))
    exceptions = cap.unless.tests if cap.unless else ()
    unless = tuple(Probe(test, compiled(test), met=off, waited=False) for test in exceptions)
    when = _when(cap.when.tests, rules, off)
    return CapLine(cap, when, unless, off, limits, steps, describe(*cap.when.tests))


def _when(tests: tuple[Test, ...], rules: RatingRules, off: int) -> tuple[Probe, ...]:
    return tuple(Probe(test, compiled(test), unmet=off) for test in tests if _trait(test, rules) is None)


def _about(tests: tuple[Test, ...], rules: RatingRules) -> bool:
    return all(_trait(test, rules) is not False for test in tests)


def _trait(test: Test, rules: RatingRules) -> bool | None:
    """Whether a test of the subject or of `leader` holds; None for a test of a fact."""
    match test.fact:
        case "subject":
            return rules.subject in test.value if isinstance(test.value, tuple) else test.value == rules.subject
        case "leader":
            return test.value is rules.leader
    return None


def _by_fact(probes: tuple[Probe, ...]) -> dict[str, tuple[Probe, ...]]:
    found: dict[str, tuple[Probe, ...]] = {}
    for probe in probes:
        found[probe.test.fact] = (*found.get(probe.test.fact, ()), probe)
    return found
