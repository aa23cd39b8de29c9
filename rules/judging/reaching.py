"""The smallest change to a case that would reach a higher rating, computed exactly over the values that matter.

What nobody can change stays: who is head, and what is on record (service, leave, a discipline). Unknown facts are taken
at their best, within what their known parts allow: what is missing is told elsewhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rules.book.compare import telling_values
from rules.book.facts import FACTS, condensed
from rules.book.profile import FAILS, GROUND, ConditionLine, Probe, Profile
from rules.book.scoring import derive, reach
from rules.judging.suggest import open_masks, outcome_of
from rules.nouns.conditions import Facts, FactValue, Operator, Test
from rules.nouns.values import Rating


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that would have to be different."""

    fact: str
    #: What is known of it; None: only parts of a computed value.
    now: FactValue | None
    #: The nearest value that suffices.
    to: FactValue
    #: What it would have to satisfy: conditions of the rating, or the opposite of what holds now.
    asked: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """A smallest set of changes that would reach `rating`; None: no possible change would."""

    rating: Rating
    changes: tuple[FactChange, ...] | None


def worsens(reach: Reach) -> bool:
    """Whether it asks for a fact to become worse than it is."""
    return any(_is_worse(one) for one in reach.changes or ())


def _is_worse(change: FactChange) -> bool:
    better, now, to = FACTS[change.fact].better, change.now, change.to
    return isinstance(now, int | float) and isinstance(to, int | float) and (to - now) * better < 0


def smallest_changes(profile: Profile, facts: Facts, rating: Rating) -> Reach:
    """A smallest set of facts whose change would bring the case to `rating` or above."""
    known, _ = derive(profile.formulas, facts)
    best: tuple[FactChange, ...] | None = None
    for aim in tuple(Rating)[: rating.rank + 1]:
        found = _fewest(_Search(profile, known, aim, rating))
        if found is not None and (best is None or len(found) <= len(best)):
            best = found
    return Reach(rating, best)


def _fewest(search: "_Search") -> tuple[FactChange, ...] | None:
    """First the facts that exclude the rating, all of which must change; then as few others as possible."""
    excluding = FAILS.get(search.aim, 0) | GROUND
    forced = tuple(fact for fact, masks in search.now.items() if all(mask & excluding for mask in masks))
    if any(fact not in search.options for fact in forced):
        return None
    others = [fact for fact in search.options if fact not in forced]
    if search.changes((*forced, *others)) is None:
        return None
    sizes = range(len(others) + 1)
    ways = (search.changes((*forced, *more)) for size in sizes for more in combinations(others, size))
    return next((way for way in ways if way is not None), None)


class _Search:
    """The search for one case. The goal is reached by the conditions of `aim`, a rating at or above `goal` (which a cap
    may lower).
    """

    def __init__(self, profile: Profile, facts: Facts, aim: Rating, goal: Rating) -> None:
        self._profile, self._facts, self.aim, self._goal = profile, facts, aim, goal
        self.now = {fact: self._masks_now(fact) for fact in profile.probes}
        self.options = {fact: values for fact in profile.probes if len(values := self._values(fact)) > 1}

    def _masks_now(self, fact: str) -> frozenset[int]:
        if fact in self._facts:
            return frozenset({self._bits_of(fact, self._facts[fact])})
        bits = 0  # of facts that must be known to count
        for probe in self._profile.probes[fact]:
            bits |= probe.unknown
        if fact not in self._profile.masks:
            return frozenset({bits})
        return frozenset(bits | mask for mask in open_masks(self._profile, self._facts, fact))

    def _values(self, fact: str) -> tuple[FactValue, ...]:
        """The possible values of a fact, nearest first; empty for a fact that is open anyway."""
        if not FACTS[fact].changeable:
            return ()
        if fact in self._facts:
            now = self._facts[fact]
        elif any(formula.gives == fact for formula in self._profile.formulas):
            *_, (_, now) = reach(self._profile.formulas, self._facts, fact)
        else:
            return ()
        values = telling_values(fact, (probe.test for probe in self._profile.probes[fact]))
        return tuple(sorted(values, key=lambda value: _distance(fact, now, value)))

    def changes(self, chosen: tuple[str, ...]) -> tuple[FactChange, ...] | None:
        """The nearest values of the chosen facts that together reach the rating; None if none do."""
        states = {0}
        for fact, masks in self.now.items():
            if fact not in chosen:
                states = {each | mask for each in states for mask in masks}
        if not self._reached(states, chosen):
            return None
        found = []
        for position, fact in enumerate(chosen):
            left = chosen[position + 1 :]
            value = next(v for v in self.options[fact] if self._reached(self._with(states, fact, v), left))
            states = self._with(states, fact, value)
            found.append(FactChange(fact, self._facts.get(fact), value, self._asked(fact, value)))
        return tuple(found)

    def _with(self, states: set[int], fact: str, value: FactValue) -> set[int]:
        return {each | self._bits_of(fact, value) for each in states}

    def _reached(self, states: set[int], open_: Iterable[str]) -> bool:
        for fact in open_:
            masks = {self._bits_of(fact, value) for value in self.options[fact]}
            states = {each | mask for each in states for mask in masks}
        return any(self._is_enough(each) for each in states)

    def _is_enough(self, state: int) -> bool:
        after = outcome_of(self._profile, state)
        return bool(after) and all(rating.rank <= self._goal.rank for rating in after)

    def _bits_of(self, fact: str, value: FactValue) -> int:
        return _bits(self._profile.probes[fact], value)

    def _asked(self, fact: str, to: FactValue) -> tuple[Test, ...]:
        """The conditions that `to` meets and the present value does not, and the opposite of what holds only now."""
        now, own = self._facts.get(fact), {line.probe.test for line in self._profile.lines if self._is_own(line)}
        asked = [
            probe.test if probe.test in own else contrary(probe.test)
            for probe in self._profile.probes[fact]
            if (probe.test in own if now is None else probe.holds(now) != probe.holds(to))
            and (probe.test in own) == probe.holds(to)
        ]
        return tuple(_strictest(asked))

    def _is_own(self, line: ConditionLine) -> bool:
        return line.unknown.rating is self.aim and self.aim is not Rating.NOT_COMPLETED


def contrary(test: Test) -> Test:
    """The test that holds when `test` does not, expressed with a better word of the scale if there is one."""
    fact = FACTS[test.fact]
    if isinstance(test.value, bool):
        return Test(test.fact, Operator.IS, not test.value)
    if isinstance(test.value, str):
        return _contrary_word(test, fact.words)
    return Test(test.fact, test.op.contrary, test.value)


def _contrary_word(test: Test, words: tuple[str, ...]) -> Test:
    """For a scale of words: from the next better word on, if the test asks for the lower ones."""
    place = words.index(str(test.value))
    if test.op is Operator.AT_MOST or (test.op is Operator.IS and place == len(words) - 1):
        return Test(test.fact, Operator.AT_LEAST, words[place - 1])
    return Test(test.fact, test.op.contrary, test.value)


def _strictest(tests: Iterable[Test]) -> Iterator[Test]:
    """Of several tests that limit a value from the same side, the narrowest."""
    by_side: dict[Operator, list[Test]] = {}
    for test in tests:
        by_side.setdefault(_SIDES.get(test.op, test.op), []).append(test)
    for side, alike in by_side.items():
        if side is Operator.AT_LEAST:
            yield max(alike, key=lambda test: (_height(test), test.op is Operator.ABOVE))
        else:
            yield min(alike, key=lambda test: (_height(test), test.op is not Operator.BELOW))


#: Comparisons that bound from the side of another.
_SIDES = {Operator.ABOVE: Operator.AT_LEAST, Operator.BELOW: Operator.AT_MOST}


def _height(test: Test) -> float:
    return -_place(FACTS[test.fact].words, test.value) if isinstance(test.value, str) else float(test.value)  # type: ignore[arg-type]  # a number or yes/no


def _bits(probes: Iterable[Probe], value: FactValue) -> int:
    bits = 0
    for probe in probes:
        bits |= probe.met if probe.holds(value) else probe.unmet
    return bits


def _distance(name: str, now: FactValue, value: FactValue) -> float:
    """The distance of two values of a fact: the difference of numbers, or of the places of words."""
    fact = FACTS[name]
    places = [_place(fact.words, condensed(fact, one)) for one in (now, value)]
    return abs(places[0] - places[1])


def _place(words: tuple[str, ...], value: FactValue) -> float:
    return words.index(value) if isinstance(value, str) else float(value)  # type: ignore[arg-type]  # a number or yes/no
