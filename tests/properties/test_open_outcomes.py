"""What is still possible of a case is what some values of the unknown facts come to: no more, and no less."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.book.compare import telling_values
from rules.book.facts import FACTS, FactKind
from rules.book.profile import Profile
from rules.judging.suggest import Case, suggest
from rules.nouns.conditions import Facts, FactValue
from rules.nouns.values import Rating, Subject
from rules.reading.load import load

BOOKS = tuple(load(name) for name in ("decree-335-2025", "decree-233-2026", "party-2025", "son-la-rehab-2021"))
PROFILES = [(book, profile) for book in BOOKS for profile in book.profiles.values()]
#: More than was planned, in percent: of six parts the one that is not 0 makes 100 of the mean.
MUCH = 700
STEPS = 400


def leaves(profile: Profile) -> list[str]:
    """The facts that a rating rests on and nothing works out, as far as they are asked."""
    given_ = {formula.gives for formula in profile.formulas}
    used = {one for formula in profile.formulas for one in formula.inputs}
    return sorted(name for name in {*profile.facts, *used} - given_ if not name.startswith("month_scores"))


def some(profile: Profile, name: str) -> st.SearchStrategy[FactValue]:
    fact = FACTS[name]
    if fact.values or fact.kind not in {FactKind.NUMBER, FactKind.SCORES}:
        return st.sampled_from(fact.values or telling_values(name, ()))
    tests = [probe.test for probe in profile.probes.get(name, ())]
    near = [value for value in telling_values(name, tests) if not isinstance(value, tuple)]
    top = int(fact.maximum or MUCH)
    return st.one_of(st.sampled_from(near), st.integers(int(fact.minimum), top)) if near else st.integers(0, top)


@st.composite
def partly_known(draw: st.DrawFn) -> tuple[int, dict[str, FactValue], list[str]]:
    """Which of PROFILES, what is known, and which facts are not."""
    place = draw(st.integers(0, len(PROFILES) - 1))
    _, profile = PROFILES[place]
    names = leaves(profile)
    facts = {name: draw(some(profile, name)) for name in names}
    unknown = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    return place, {name: value for name, value in facts.items() if name not in unknown}, unknown


def completed(profile: Profile, known: Facts, unknown: list[str]) -> Iterator[Facts]:
    """Values of the unknown facts that come to everything they can come to: of those that few values tell apart each,
    of those that formulas work on many between the least and the most, all at once (the points grow with each).
    """
    parts = {one for formula in profile.formulas for one in formula.inputs}
    sliding = [name for name in unknown if name in parts and not FACTS[name].values]
    listed = [name for name in unknown if name not in sliding]
    values = [
        FACTS[name].values or telling_values(name, [probe.test for probe in profile.probes.get(name, ())])
        for name in listed
    ]
    for chosen in product(*values):
        for step in range(STEPS + 1) if sliding else (0,):
            slid = {
                name: FACTS[name].minimum + (float(FACTS[name].maximum or MUCH) - FACTS[name].minimum) * step / STEPS
                for name in sliding
            }
            yield {**known, **dict(zip(listed, chosen, strict=True)), **slid}


@settings(deadline=None, max_examples=60)
@given(partly_known())
def test_possible_is_all_that_the_unknown_facts_can_come_to(drawn: tuple[int, dict[str, FactValue], list[str]]) -> None:
    place, known, unknown = drawn
    book, profile = PROFILES[place]
    open_ = suggest(book, Case(profile.subject, profile.leader, known))
    reached: set[Rating] = set()
    not_rated = False
    for facts in completed(profile, known, unknown):
        found = suggest(book, Case(profile.subject, profile.leader, facts))
        reached |= set(found.possible)
        not_rated = not_rated or found.not_rated is not None
    assert set(open_.possible) == reached
    if open_.rating is not None:
        assert not not_rated


# (a + b + c) / 3 of 70 points, and the general ones (Decree 335, Điều 16.1, 17.1)
@pytest.mark.parametrize(
    ("facts", "possible"),
    [
        # c from 0: (100 + 95) / 3 = 65 % of 70 = 45.5, with 28 is 73.5; c without limit: 28 + 70 = 98
        ({"general_points": 28, "quantity_pct": 100, "quality_pct": 95}, "excellent good"),
        # 45.5 + 4 = 49.5; 70 + 4 = 74
        ({"general_points": 4, "quantity_pct": 100, "quality_pct": 95}, "good completed not_completed"),
        # the general points from 0 to 30, and 100 % of 70: 70 to 100
        ({"quantity_pct": 100, "quality_pct": 100, "progress_pct": 100}, "excellent good"),
        # 19 general points: no more than 89, whatever is done
        ({"general_points": 19}, "good completed not_completed"),
        # nothing is known: each
        ({}, "excellent good completed not_completed"),
    ],
)
def test_points_lie_between_what_the_known_parts_make_of_the_least_and_the_most(facts: Facts, possible: str) -> None:
    clean: Facts = {"degradation_concluded": False, "disciplined": False, "months_worked": 12}
    found = suggest(BOOKS[0], Case(Subject.OFFICIAL, facts={**clean, **facts}))
    assert [rating.value for rating in found.possible] == possible.split()


def test_a_part_that_is_whole_or_half_leaves_nothing_between() -> None:
    # a = b = c = d = 100, đ = 100, e whole or half: 100 % or 91.67 % of 70, with 26: 96 or 90.2 (Điều 15.3, 16.2)
    facts: Facts = {
        **dict.fromkeys(("quantity_pct", "quality_pct", "progress_pct", "unit_result_pct", "organising_pct"), 100),
        "general_points": 26,
        **dict.fromkeys(("degradation_concluded", "disciplined", "subunit_corruption", "head"), False),
        "months_worked": 12,
    }
    assert suggest(BOOKS[0], Case(Subject.OFFICIAL, leader=True, facts=facts)).rating is Rating.EXCELLENT
