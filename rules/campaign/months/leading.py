"""Kết quả hoạt động của đơn vị (d of the formula): a leader's unit result, from the scores of the people they manage.

Nghị định 335/2025/NĐ-CP, Điều 15 khoản 3 điểm a: 100% if all of them have the points of "hoàn thành nhiệm vụ" or more;
50% if one of them has the points of "không hoàn thành nhiệm vụ". For a deputy, the units they are in charge of count
(khoản 4).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.book.profile import Profile
from rules.campaign.tree import Tree
from rules.nouns.conditions import Operator
from rules.nouns.people import Person
from rules.nouns.tracking import PeriodScore, Standing
from rules.nouns.values import Rating

#: The fact of d.
UNIT_RESULT = "unit_result_pct"
ALL_COMPLETED, SOME_FAILED = 100, 50

#: The person was not there, so their score is neither known nor missing.
_NOT_COUNTED = frozenset({Standing.NOT_OWED})


@dataclass(frozen=True, slots=True)
class LedScore:
    """The score of a person under management; None while unknown."""

    name: str
    score: float | None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class UnitResult:
    """The result d of a leader's unit."""

    #: 100 or 50; None while unknown scores may still change it.
    value: int | None
    #: The least number of points that counts as completed.
    limit: float
    #: Of everybody under management who was there.
    scores: tuple[LedScore, ...]

    @property
    def below(self) -> tuple[LedScore, ...]:
        """Those with the points of "không hoàn thành nhiệm vụ"."""
        return tuple(one for one in self.scores if one.score is not None and one.score < self.limit)

    @property
    def unknown(self) -> tuple[LedScore, ...]:
        """Those whose score is not known yet."""
        return tuple(one for one in self.scores if one.score is None)


def completed_from(profile: Profile | None) -> float | None:
    """The least number of points that the rulebook rates as completed; None if it does not use points."""
    lines = profile.lines if profile else ()
    asked = (line.unknown for line in lines if line.fact == "score" and line.unknown.rating is Rating.COMPLETED)
    found = next((one.asked for one in asked if one.op is Operator.AT_LEAST), None)
    return float(found) if isinstance(found, int | float) else None


def under_management(tree: Tree, leader: Person, people: Iterable[Person]) -> tuple[Person, ...]:
    """The people whom somebody manages: for a head everybody in the unit and the units below, otherwise in the units
    they are in charge of.

    It is empty for somebody who leads nothing on the roster.
    """
    units = _with_below(tree, [leader.unit_id]) if leader.head else units_in_charge(tree, leader)
    return tuple(
        one for one in people if one.unit_id in units and one.id != leader.id and one.subject is leader.subject
    )


def units_in_charge(tree: Tree, leader: Person) -> frozenset[int]:
    """The units that the roster puts a person in charge of, and those below them (Nghị định 335/2025/NĐ-CP, Điều 15
    khoản 4).
    """
    return _with_below(tree, [seat.id for seat in tree.seats.values() if seat.in_charge == leader.id])


def _with_below(tree: Tree, roots: list[int]) -> frozenset[int]:
    units: set[int] = set()
    while roots:
        unit = roots.pop()
        if unit not in units:
            units.add(unit)
            roots += tree.below(unit)
    return frozenset(units)


def unit_result(limit: float, scores: Iterable[tuple[Person, PeriodScore]]) -> UnitResult | None:
    """The result d from the scores of one period; None if nothing is known."""
    led = tuple(
        LedScore(person.name, one.score, one.standing in {Standing.CONFIRMED, Standing.OUTSIDE})
        for person, one in scores
        if one.standing not in _NOT_COUNTED
    )
    if all(one.score is None for one in led):
        return None
    if any(one.score is not None and one.score < limit for one in led):
        return UnitResult(SOME_FAILED, limit, led)
    return UnitResult(None if any(one.score is None for one in led) else ALL_COMPLETED, limit, led)


def of_period(scores: Iterable[PeriodScore], year: int, period: str) -> PeriodScore | None:
    """The score of that period among those of a year."""
    return next((one for one in scores if (one.year, one.period) == (year, period)), None)
