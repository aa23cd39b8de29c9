"""Profiles: the rules for one kind of subject, compiled once and evaluated many times.

The result of a case is a set of bits, its *state*: which ratings have an unmet condition, whether a ground of
`not_completed` is met, which caps and exclusions are off. Each value of a fact adds its bits independently of the other
facts. So all outcomes still possible follow from the few states that the unknown facts can add up to. This is exact,
without trying every combination of values.
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

#: The ratings whose conditions must all hold, highest first, each with the bit that says one of them does not.
ASKED = (Rating.EXCELLENT, Rating.GOOD, Rating.COMPLETED)
FAILS = {rating: 1 << position for position, rating in enumerate(ASKED)}
GROUND = 1 << len(ASKED)
_FIRST_FREE = len(ASKED) + 1

#: How many findings are cached for each condition.
_KEPT = 512


@dataclass(frozen=True, slots=True)
class Probe:
    """A test, with the bits it adds to the state when met, unmet, or unknown (because its fact is)."""

    test: Test
    holds: Holds
    met: int = 0
    unmet: int = 0
    unknown: int = 0
    #: Whether the outcome stays open while the fact is unknown.
    waited: bool = True


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition of a rating.

    `judge` gives the finding for a value and the bits it adds; `unknown` is the finding without a value. Findings are
    cached, so that rating many cases makes each only once.
    """

    probe: Probe
    fact: str
    judge: Callable[[FactValue], tuple[Finding, int]]
    unknown: Finding


@dataclass(frozen=True, slots=True)
class CapLine:
    """A cap."""

    cap: Cap
    when: tuple[Probe, ...]
    unless: tuple[Probe, ...]
    #: The bit that says that `when` does not hold, or that `unless` does.
    off: int
    #: For a limit that a fact holds: its bits, highest rating first; `steps` are the probes that add them.
    limits: tuple[tuple[Rating, int], ...]
    steps: tuple[Probe, ...]
    #: `when` as text.
    condition: str


@dataclass(frozen=True, slots=True)
class ExclusionLine:
    """A rule by which there is no rating. The bit `off` says that it does not hold."""

    rule: NotRatedRule
    when: tuple[Probe, ...]
    off: int


@dataclass(frozen=True, slots=True)
class GapLine:
    """What the text says about a gap between the ratings. The bit `off` says that it speaks of another case."""

    rule: GapRule
    when: tuple[Probe, ...]
    off: int


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Everything that is needed to suggest a rating for one (subject, leader). Outcomes of its states are cached by the
    object's identity.
    """

    subject: Subject
    leader: bool
    lines: tuple[ConditionLine, ...]
    caps: tuple[CapLine, ...]
    exclusions: tuple[ExclusionLine, ...]
    #: The probes of caps, exclusions and gaps.
    others: tuple[Probe, ...]
    #: Every fact that is tested, in the order of the rulebook.
    facts: tuple[str, ...]
    #: Fact → the different sets of bits that its values can add while it is unknown.
    masks: Mapping[str, frozenset[int]]
    notes: tuple[str, ...]
    #: Ratings that need one condition of a group, with the bit that says one is met.
    one_of: tuple[tuple[Rating, int], ...] = ()
    #: The bits that say that a ground needing several conditions is off.
    together: tuple[int, ...] = ()
    #: The formulas for such a subject.
    formulas: tuple[Formula, ...] = ()
    #: What is said about gaps, in order.
    gaps: tuple[GapLine, ...] = ()
    #: Fact → all its probes.
    probes: Mapping[str, tuple[Probe, ...]] = field(default_factory=dict)


def make_ready(
    rules: RatingRules, caps: tuple[Cap, ...], not_rated: tuple[NotRatedRule, ...], scores: Scores | None = None
) -> Profile:
    """The profile of `rules`. Caps, exclusions and formulas for other subjects are left out."""
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
    """As `profile.masks`, for a value known to lie between `low` and `high`, both included."""
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

    @lru_cache(maxsize=_KEPT, typed=True)  # typed, because 100 and 100.0 are displayed as given
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
    """The result of a test of the subject or of `leader`; None for a test of a fact."""
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
