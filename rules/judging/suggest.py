"""The suggestion: the rating that the rules give for a case, with every step. It never guesses.

The order is: a rule by which there is no rating; a ground of `not_completed` that is met; the highest rating all of
whose conditions are met, lowered by caps. If none of these applies there is a gap, and the authority chooses.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rules.book.clauses import GapRule
from rules.book.profile import ASKED, FAILS, GROUND, CapLine, Probe, Profile, masks_within
from rules.book.rulebook import Rulebook
from rules.book.scoring import derive, open_inputs, reach
from rules.book.suggestion import AppliedCap, Finding, NotRated, Suggestion
from rules.nouns.conditions import Facts, FactValue, every
from rules.nouns.errors import TusoiError
from rules.nouns.periods import Period
from rules.nouns.values import Rating, Subject, Verdict


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be rated, and what is known. Unknown facts are absent; values fit their facts (`rules.reading.case`)."""

    subject: Subject
    leader: bool = False
    facts: Facts = field(default_factory=dict)
    #: With `period`: the time that is judged, which selects the rulebook's edition; None: not given.
    year: int | None = None
    period: Period | None = None

    @property
    def when(self) -> dt.date | int | None:
        """What selects the edition: the day of reference of the period, otherwise the year."""
        return self.period.as_of if self.period else self.year


class NotCoveredError(TusoiError):
    """The rulebook has no rating rules for such a subject."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The outcome of a complete case, `before` and `after` caps: several ratings in a gap, none if not rated."""

    not_rated: bool
    before: tuple[Rating, ...] = ()
    after: tuple[Rating, ...] = ()


def suggest(book: Rulebook, case: Case) -> Suggestion:
    """The suggestion for `case`. Raises NotCoveredError."""
    try:
        profile = book.profiles[case.subject, case.leader]
    except KeyError:
        raise NotCoveredError(f"{book.id}: {case.subject} (leader: {case.leader})") from None
    facts, derived = derive(profile.formulas, case.facts) if profile.formulas else (case.facts, ())
    state, findings = _read(profile, facts)
    open_facts = {fact: open_masks(profile, facts, fact) for fact in profile.facts if fact not in facts}
    states = _states({state}, open_facts.values())
    outcomes = {_outcome(profile, each) for each in states}
    before = {outcome.before for outcome in outcomes}
    possible = sorted({rating for outcome in outcomes for rating in outcome.after}, key=_rank)
    excluded = all(outcome.not_rated for outcome in outcomes)
    decided = len({outcome.after for outcome in outcomes}) == 1
    score = facts.get("score")
    gap = len(possible) > 1 and all(len(outcome.before) > 1 for outcome in outcomes)
    return Suggestion(
        rulebook=book.id,
        rating=possible[0] if decided and len(possible) == 1 else None,
        before_caps=_only(before),
        possible=tuple(possible),
        gap=gap,
        score=None if score is None else float(score),  # type: ignore[arg-type]  # a number, checked at the border
        not_rated=_not_rated(profile, facts) if excluded else None,
        missing=() if decided else _missing(profile, facts, state, open_facts),
        findings=tuple(findings),
        caps=tuple(_applied(cap, facts, before) for cap in profile.caps),
        notes=profile.notes,
        derived=derived,
        otherwise=_only_gap(profile, states) if gap else None,
    )


def _read(profile: Profile, facts: Facts) -> tuple[int, list[Finding]]:
    """The state given by the known facts, and the finding of every condition."""
    state, findings = 0, []
    for line in profile.lines:
        value = facts.get(line.fact)
        if value is None:
            findings.append(line.unknown)
        else:
            finding, bits = line.judge(value)
            findings.append(finding)
            state |= bits
    for probe in profile.others:
        value = facts.get(probe.test.fact)
        if value is None:
            state |= probe.unknown
        else:
            state |= probe.met if probe.holds(value) else probe.unmet
    return state, findings


def open_masks(profile: Profile, facts: Facts, fact: str) -> frozenset[int]:
    """The bits that an unknown fact can still add. A computed value is limited by its known parts."""
    if any(formula.gives == fact for formula in profile.formulas):
        spans = reach(profile.formulas, facts, fact)
        return frozenset(mask for low, high in spans for mask in masks_within(profile, fact, low, high))
    return profile.masks[fact]


def _states(start: set[int], open_masks: Iterable[frozenset[int]]) -> set[int]:
    """Every state that the unknown facts can lead to."""
    states = start
    for masks in open_masks:
        states = {state | mask for state in states for mask in masks}
    return states


def _missing(profile: Profile, facts: Facts, state: int, open_facts: Mapping[str, frozenset[int]]) -> tuple[str, ...]:
    """The unknown facts that matter: two of their values give different outcomes with the others unchanged."""
    found: dict[str, None] = {}
    for fact, own in open_facts.items():
        others = _states({state}, (masks for other, masks in open_facts.items() if other != fact))
        if any(len({_outcome(profile, each | mask).after for mask in own}) > 1 for each in others):
            found |= dict.fromkeys(open_inputs(profile.formulas, facts, fact))
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def _outcome(profile: Profile, state: int) -> _Outcome:
    """The outcome of a state, cached: the same few states of the same few profiles occur hundreds of times."""
    if any(not state & exclusion.off for exclusion in profile.exclusions):
        return _Outcome(not_rated=True)
    before = _before(profile, state)
    limit = max((_limit(cap, state) for cap in profile.caps), key=_rank, default=Rating.EXCELLENT)
    after = tuple(dict.fromkeys(max(rating, limit, key=_rank) for rating in before))
    return _Outcome(not_rated=False, before=before, after=after)


def outcome_of(profile: Profile, state: int) -> tuple[Rating, ...]:
    """The rating of a complete case in this state, after caps; several in a gap, none if not rated."""
    return _outcome(profile, state).after


def _before(profile: Profile, state: int) -> tuple[Rating, ...]:
    if state & GROUND or any(not state & off for off in profile.together):
        return (Rating.NOT_COMPLETED,)
    lacking = {rating for rating, one_met in profile.one_of if not state & one_met}
    reached = next((rating for rating in ASKED if rating not in lacking and not state & FAILS[rating]), None)
    if reached:
        return (reached,)
    said = _gap(profile, state)
    return said.possible if said else (ASKED[-1], Rating.NOT_COMPLETED)


def _gap(profile: Profile, state: int) -> GapRule | None:
    """The first rule about a gap that speaks of this case."""
    return next((line.rule for line in profile.gaps if not state & line.off), None)


def _only_gap(profile: Profile, states: Iterable[int]) -> GapRule | None:
    """The rule by which the authority chooses, if it is the same whatever is still unknown."""
    found = {_gap(profile, each) for each in states}
    return found.pop() if len(found) == 1 else None


def _limit(cap: CapLine, state: int) -> Rating:
    if state & cap.off:
        return Rating.EXCELLENT
    if cap.cap.at_most:
        return cap.cap.at_most
    return next((rating for rating, bit in reversed(cap.limits) if state & bit), Rating.EXCELLENT)


def _not_rated(profile: Profile, facts: Facts) -> NotRated | None:
    """The first exclusion that holds or, while that is open, the first that may hold."""
    verdicts = [(_when(exclusion.when, facts), exclusion.rule) for exclusion in profile.exclusions]
    met = (rule for found, rule in verdicts if found is Verdict.MET)
    may = (rule for found, rule in verdicts if found is Verdict.UNKNOWN and not rule.only_known)
    rule = next(met, None) or next(may, None)
    return NotRated(rule.because, rule.cite, rule.note, rule.unverified) if rule else None


def _applied(line: CapLine, facts: Facts, before: Iterable[tuple[Rating, ...]]) -> AppliedCap:
    excepted = bool(line.unless) and _when(line.unless, facts) is Verdict.MET
    cap, verdict = line.cap, Verdict.UNMET if excepted else _when(line.when, facts)
    held = facts.get(cap.at_most_fact)
    limit = Rating(str(held)) if held is not None else cap.at_most
    higher = limit is not None and any(rating.rank < limit.rank for ratings in before for rating in ratings)
    return AppliedCap(
        at_most=limit,
        condition=line.condition,
        because=cap.because,
        verdict=Verdict.UNKNOWN if verdict is Verdict.MET and limit is None else verdict,
        lowered=higher and verdict is Verdict.MET,
        cite=cap.cite,
        note=cap.note,
        unverified=cap.unverified,
    )


def _when(probes: Iterable[Probe], facts: Facts) -> Verdict:
    return every([_verdict(probe, facts.get(probe.test.fact)) for probe in probes])


def _verdict(probe: Probe, value: FactValue | None) -> Verdict:
    if value is None:
        return Verdict.UNKNOWN
    return Verdict.MET if probe.holds(value) else Verdict.UNMET


def _rank(rating: Rating) -> int:
    return rating.rank


def _only(ratings: set[tuple[Rating, ...]]) -> Rating | None:
    """The rating that all outcomes share, if any."""
    if len(ratings) != 1:
        return None
    found = next(iter(ratings))
    return found[0] if len(found) == 1 else None
