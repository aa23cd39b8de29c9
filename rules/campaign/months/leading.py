"""Kết quả hoạt động of what somebody leads (d of the formula): what the scores of those under their management come to.

Nghị định 335/2025/NĐ-CP, Điều 15 khoản 3 điểm a: all of them at the points of "hoàn thành nhiệm vụ" or more, 100%; one of them at the
points of "không hoàn thành nhiệm vụ", 50%. A deputy: of what they are in charge of (khoản 4).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.book.profile import Profile
from rules.campaign.tree import Tree
from rules.nouns.conditions import Operator
from rules.nouns.people import Person
from rules.nouns.tracking import PeriodScore, Standing
from rules.nouns.values import Rating

#: The fact of d, and what it comes to.
UNIT_RESULT = "unit_result_pct"
ALL_COMPLETED, SOME_FAILED = 100, 50

#: What is neither a score nor missing: they were not there.
_NOT_COUNTED = frozenset({Standing.NOT_OWED})


@dataclass(frozen=True, slots=True)
class LedScore:
    """The score of somebody under management, None while it is not known. `confirmed`: whoever confirms it has."""

    name: str
    score: float | None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What d comes to. `value`: 100 or 50; None as long as scores that are not known may still change it. `limit`: from how many points
    on a score counts as completed; `scores`: of everybody under their management who was there.
    """

    value: int | None
    limit: float
    scores: tuple[LedScore, ...]

    @property
    def below(self) -> tuple[LedScore, ...]:
        """Those at the points of "không hoàn thành nhiệm vụ"."""
        return tuple(one for one in self.scores if one.score is not None and one.score < self.limit)

    @property
    def unknown(self) -> tuple[LedScore, ...]:
        """Those whose score is not known yet."""
        return tuple(one for one in self.scores if one.score is None)


def completed_from(profile: Profile | None) -> float | None:
    """From how many points on a rulebook rates completed; None where it does not go by points."""
    lines = profile.lines if profile else ()
    asked = (line.unknown for line in lines if line.fact == "score" and line.unknown.rating is Rating.COMPLETED)
    found = next((one.asked for one in asked if one.op is Operator.AT_LEAST), None)
    return float(found) if isinstance(found, int | float) else None


def under_management(tree: Tree, leader: Person, people: Iterable[Person]) -> tuple[Person, ...]:
    """Those whom somebody manages: as a head everybody of the unit and of the units below, else those of the units they are in
    charge of. Who leads nothing that the roster names manages nobody here.
    """
    units = _with_below(tree, [leader.unit_id]) if leader.head else units_in_charge(tree, leader)
    return tuple(
        one for one in people if one.unit_id in units and one.id != leader.id and one.subject is leader.subject
    )


def units_in_charge(tree: Tree, leader: Person) -> frozenset[int]:
    """The units that the roster says somebody is in charge of, and those below (Nghị định 335/2025/NĐ-CP, Điều 15 khoản 4)."""
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
    """What d comes to by the scores of one period of those under management; None where nothing is known."""
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
